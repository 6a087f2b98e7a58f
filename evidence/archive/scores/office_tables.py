"""The rows of a table that an office sent, whatever program saved it.

CSV is text and cut into cells here, as manifests and figures are; every other format is read by the pipeline, in
contained children, and its numbers come unrounded.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from evidence.config import Settings
from evidence.errors import CriteriaError, UnreadableError
from evidence.ingest.sources.csv_text import decode_csv, split_separator
from evidence.ingest.sources.paths import display
from evidence.model.document import Table
from evidence.model.scoring import OfficeRow
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files
from evidence.pipeline.sheet_reading import is_sheet, read_sheet_tables
from evidence.vietnamese.text import nfc

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")
MOST_BYTES = 100_000_000
MOST_SHEET_ROWS, MOST_SHEET_COLUMNS = 20_000, 200  # what the readers of workbooks take of a sheet


def read_office_rows(file: Path, settings: Settings) -> tuple[OfficeRow, ...]:
    """All rows of all tables, in order. UnreadableError: the file cannot be read; CriteriaError: it holds no table, or
    more than would be read of it."""
    if file.suffix.lower() in TEXT_SUFFIXES:
        return tuple(_read_text(file))
    rows: list[OfficeRow] = []
    for table in _read_tables(file, settings):
        if len(table.rows) >= MOST_SHEET_ROWS or max(map(len, table.rows), default=0) >= MOST_SHEET_COLUMNS:
            raise CriteriaError("table-too-large", path=display(file), rows=MOST_SHEET_ROWS, columns=MOST_SHEET_COLUMNS)
        for at, cells in enumerate(table.rows, start=1):
            rows.append(OfficeRow(at, tuple(cell or "" for cell in cells), table.name or None))
    if not rows:
        raise CriteriaError("table-none", path=display(file))
    return tuple(rows)


def _read_tables(file: Path, settings: Settings) -> tuple[Table, ...]:
    request = request_file(file, settings.limits)
    if is_sheet(request.source):
        return read_sheet_tables(request, settings)
    document = next(iter(read_files([request], settings, tables=True))).document
    if not document.pages:
        problem = document.problems[0]
        raise UnreadableError(problem.code.value, problem.message.code, **problem.message.params)
    return tuple(table for page in document.pages for table in page.tables)


def _read_text(file: Path) -> Iterator[OfficeRow]:
    """The rows of a CSV with the numbers of the lines on which they begin."""
    try:
        with file.open("rb") as source:
            data = source.read(MOST_BYTES + 1)
    except OSError as error:
        raise CriteriaError("table-unopened", path=display(file), detail=error.strerror or error) from error
    text = decode_csv(data) if len(data) <= MOST_BYTES else None
    if text is None:
        detail = "CSV" if len(data) <= MOST_BYTES else f"> {MOST_BYTES // 1_000_000} MB"
        raise CriteriaError("table-unopened", path=display(file), detail=detail)
    delimiter, text = split_separator(text)
    reader = csv.reader(io.StringIO(nfc(text), newline=""), delimiter=delimiter)
    first = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield OfficeRow(first, tuple(cells))
            first = reader.line_num + 1
    except csv.Error as error:
        raise CriteriaError("table-unopened", path=display(file), detail=error) from error

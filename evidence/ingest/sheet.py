"""Spreadsheets: XLSX and CSV -> one page a sheet, with its cells as one table.

Numbers come as a person sees them in the sheet as far as that is certain: ``0.00`` shows 9.5 as ``9.50``, and a code
typed as a number keeps its last nought (1.10). A formula whose value was never computed keeps its own text: it will
not pass for a number. Hidden sheets are left out, hidden rows are not.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata
import zipfile
import zlib
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from evidence.errors import UnreadableError
from evidence.ingest import office
from evidence.ingest.plain import Lines
from evidence.ingest.reading import Order, Reading
from evidence.model import Cell, Page, Table

ROWS, COLUMNS = 20_000, 200
DELIMITERS = (",", ";", "\t")
DECIMALS = re.compile(r"#?,?#*0(?:\.(0+))?")
BROKEN = (
    InvalidFileException, KeyError, ValueError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile, zlib.error,
    OSError,
)  # fmt: skip
ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
Rows = list[list[str | None]]


def read(order: Order) -> Reading:
    """The visible sheets of a workbook. UnreadableError for a bomb and for what is no workbook."""
    office.weigh(order)
    try:
        shown = openpyxl.load_workbook(order.file, data_only=True)
        typed = openpyxl.load_workbook(order.file)
        sheets = [one for one in shown.worksheets if one.sheet_state == "visible"]
        pages = tuple(_page(count, _rows(one, typed[one.title]), one.title) for count, one in enumerate(sheets, 1))
    except BROKEN as error:
        raise UnreadableError("damaged", "damaged-sheet") from error
    return Reading(pages, total=len(pages))


def read_csv(order: Order) -> Reading:
    """A CSV as spreadsheets write it: UTF-8 or UTF-16, commas, semicolons or tabs."""
    data = order.file.read_bytes()
    encoding = next((name for mark, name in ENCODINGS if data.startswith(mark)), "utf-8-sig")
    try:
        text = data.decode(encoding)
        found = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableError("damaged", "damaged-csv") from error
    width = max((len(row) for row in found), default=0)
    rows: Rows = [[*map(_composed, row), *[""] * (width - len(row))] for row in found[:ROWS]]
    return Reading((_page(1, rows, None),))


def _delimiter(text: str) -> str:
    """The one that cuts most lines into the most pieces."""
    head = text.splitlines()[:50]
    return max(DELIMITERS, key=lambda sign: sum(min(line.count(sign), 20) for line in head))


def _page(number: int, rows: Rows, name: str | None) -> Page:
    lines = Lines()
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            for part in (text or "").split("\n"):
                lines.add(part, Cell(0, at, column))
    while rows and not any(rows[-1]):
        rows.pop()
    lines.tables.append(Table(tuple(map(tuple, rows)), name=name))
    page = lines.page()
    return Page(number, page.width, page.height, page.origin, page.lines, None, page.tables)


def _rows(shown: Any, typed: Any) -> Rows:
    height, width = min(shown.max_row or 0, ROWS), min(shown.max_column or 0, COLUMNS)
    rows: Rows = [
        [_text(shown.cell(row, column), typed.cell(row, column)) for column in range(1, width + 1)]
        for row in range(1, height + 1)
    ]
    for area in shown.merged_cells.ranges:
        for row in range(area.min_row, min(area.max_row, height) + 1):
            for column in range(area.min_col, min(area.max_col, width) + 1):
                first = (row, column) == (area.min_row, area.min_col)
                if not first:
                    rows[row - 1][column - 1] = None if column == area.min_col else ""
    return rows


def _text(shown: Any, typed: Any) -> str:
    value = shown.value
    if value is None:
        return _composed(typed.value) if isinstance(typed.value, str) else ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, str(shown.number_format or ""))
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value:%Y-%m-%d}"
    return _composed(str(value))


def _number(value: float, form: str) -> str:
    """As the sheet shows it; ten significant digits drop the dust that binary sums leave.

    >>> _number(9.5, "0.00"), _number(1.1, "General"), _number(0.1 + 0.2, "General"), _number(15, "0")
    ('9.50', '1.1', '0.3', '15')
    """
    plain = f"{value:.10g}"
    match = DECIMALS.fullmatch(form)
    if match and match[1] and "e" not in plain:
        exact = f"{value:.{len(match[1])}f}"
        return exact if float(exact) == float(plain) else plain
    return plain


def _composed(text: str) -> str:
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(line for line in lines if line)

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
from collections.abc import Iterable, Iterator
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets as legacy
from evidence.ingest.encoding.fonts import OldFonts, Piece
from evidence.ingest.formats import docx as office
from evidence.ingest.layout.line_builder import Lines
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.document import Cell, Page, Table

ROWS, COLUMNS = 20_000, 200
DELIMITERS = (",", ";", "\t")
DECIMALS = re.compile(r"#?,?#*0(?:\.(0+))?(%)?")
BROKEN = (InvalidFileException, ArithmeticError, *office.BROKEN)
ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
Rows = list[list[str | None]]


def read(order: ReadRequest) -> ReadResult:
    """The visible sheets of a workbook. UnreadableError for a bomb and for what is no workbook."""
    office.weigh(order)
    try:
        shown = openpyxl.load_workbook(order.file, data_only=True)
        typed = openpyxl.load_workbook(order.file)
        sheets = [one for one in shown.worksheets if one.sheet_state == "visible"]
        named = [one.name or "" for one in getattr(shown, "_fonts", ())]  # looking at each cell's font costs time
        fonts = OldFonts(_pieces(sheets)) if any(map(legacy.of_font, named)) else None
        found = [(one.title, _rows(one, typed[one.title], fonts)) for one in sheets]
    except BROKEN as error:
        raise UnreadableError("damaged", "damaged-sheet") from error
    met = set(fonts.met) if fonts else set()
    if not met:
        found, met = _by_letters(found)
    pages = tuple(_page(count, rows, name) for count, (name, rows) in enumerate(found, 1))
    problems = tuple(one for name in sorted(met) for one in legacy.told(name))
    return ReadResult(pages, (), problems, total=len(pages))


def _pieces(sheets: Iterable[Any]) -> Iterator[Piece]:
    """What the cells say, with their fonts."""
    for sheet in sheets:
        for cell in sheet._cells.values():
            if isinstance(cell.value, str):
                yield Piece(cell.value, cell.font.name or "")


def _by_letters(found: list[tuple[str, Rows]]) -> tuple[list[tuple[str, Rows]], set[str]]:
    """The same where fonts tell nothing, but the letters do."""
    encoding = legacy.detect_mixed("\n".join(text for _, rows in found for row in rows for text in row if text))
    if encoding is None:
        return found, set()
    return [(name, [[_mended(text, encoding) for text in row] for row in rows]) for name, rows in found], {encoding}


def _mended(text: str | None, encoding: str) -> str | None:
    return text and "\n".join(legacy.mend(part, encoding) for part in text.split("\n"))


def read_csv(order: ReadRequest) -> ReadResult:
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
    return ReadResult((_page(1, rows, None),))


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


def _rows(shown: Any, typed: Any, fonts: OldFonts | None) -> Rows:
    """The cells up to the last one that says something: formats alone may reach to the edge of the sheet."""
    said = [place for place, cell in typed._cells.items() if cell.value is not None]
    height = min(max((row for row, _ in said), default=0), ROWS)
    width = min(max((column for _, column in said), default=0), COLUMNS)
    rows: Rows = [[""] * width for _ in range(height)]
    for row, column in said:
        if row <= height and column <= width and (row, column) in shown._cells:
            cell = shown._cells[row, column]
            text = _text(cell, typed._cells[row, column])
            rows[row - 1][column - 1] = fonts.text([Piece(text, cell.font.name or "")]) if fonts else text
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
    >>> _number(0.955, "0.0%"), _number(0.95, "0%")
    ('95.5%', '95%')
    """
    match = DECIMALS.fullmatch(form)
    if match and match[2]:
        return f"{_number(value * 100, form[:-1])}%"
    plain = f"{value:.10g}"
    if match and match[1] and "e" not in plain:
        exact = f"{value:.{len(match[1])}f}"
        return exact if float(exact) == float(plain) else plain
    return plain


def _composed(text: str) -> str:
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(line for line in lines if line)

"""The rows of a spreadsheet as all its readers make them: what a cell shows, merged cells, one page a sheet."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from evidence.ingest.encoding import charsets
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.model.document import Cell, Page, Table

ROWS, COLUMNS = 20_000, 200  # of a sheet that are read
DECIMALS = re.compile(r"#?,?#*0(?:\.(0+))?(%)?")

Rows = list[list[str | None]]  # ``None``: the cell above goes on here


class Area(NamedTuple):
    """A merged cell, counted from 0; the last row and column belong to it."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


def show_value(value: object, number_format: str) -> str:
    """A cell's value as a person sees it in the sheet, as far as that is certain; days as ISO."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return show_number(value, number_format)
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value:%Y-%m-%d}"
    return compose_text(str(value))


def show_number(value: float, number_format: str) -> str:
    """As the sheet shows it; ten significant digits drop the dust that binary sums leave.

    >>> show_number(9.5, "0.00"), show_number(1.1, "General"), show_number(0.1 + 0.2, "General"), show_number(15, "0")
    ('9.50', '1.1', '0.3', '15')
    >>> show_number(0.955, "0.0%"), show_number(0.95, "0%")
    ('95.5%', '95%')
    """
    match = DECIMALS.fullmatch(number_format)
    if match and match[2]:
        return f"{show_number(value * 100, number_format[:-1])}%"
    plain = f"{value:.10g}"
    if match and match[1] and "e" not in plain:
        exact = f"{value:.{len(match[1])}f}"
        return exact if float(exact) == float(plain) else plain
    return plain


def compose_text(text: str) -> str:
    """Composed (NFC), without white space beyond one blank between words and empty lines."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(line for line in lines if line)


def mark_merged(rows: Rows, areas: Iterable[Area]) -> None:
    """Only the first cell of a merged area says something: those below it go on, those beside them are empty."""
    height, width = len(rows), max(map(len, rows), default=0)
    for area in areas:
        for row in range(area.first_row, min(area.last_row + 1, height)):
            for column in range(area.first_column, min(area.last_column + 1, width)):
                if (row, column) != (area.first_row, area.first_column):
                    rows[row][column] = None if column == area.first_column else ""


def mend_letters(sheets: list[tuple[str, Rows]]) -> tuple[list[tuple[str, Rows]], set[str]]:
    """The sheets in Unicode where fonts tell nothing but the letters do, and the encoding that they were in."""
    texts = (text for _, rows in sheets for row in rows for text in row if text)
    encoding = charsets.detect_encoding_by_lines("\n".join(texts))
    if encoding is None:
        return sheets, set()
    return [(name, [[_mended(text, encoding) for text in row] for row in rows]) for name, rows in sheets], {encoding}


def _mended(text: str | None, encoding: str) -> str | None:
    return text and "\n".join(charsets.mend_line(part, encoding) for part in text.split("\n"))


def make_page(number: int, rows: Rows, name: str | None) -> Page:
    """A sheet as a page: each line of each cell, and the rows as a table."""
    lines = LineBuilder()
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            for part in (text or "").split("\n"):
                lines.add(part, Cell(0, at, column))
    while rows and not any(rows[-1]):
        rows.pop()
    lines.tables.append(Table(tuple(map(tuple, rows)), name=name))
    page = lines.page()
    return Page(number, page.width, page.height, page.origin, page.lines, None, page.tables)

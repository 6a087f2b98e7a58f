"""The rows of a spreadsheet as all its readers make them: what a cell shows, merged cells, one page a sheet."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from evidence.ingest.encoding import charsets
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.workbook.number_format import format_value
from evidence.model.document import Cell, Page, Table

ROWS, COLUMNS = 20_000, 200  # of a sheet that are read

Rows = list[list[str | None]]  # ``None``: the cell above goes on here


class Area(NamedTuple):
    """A merged cell, counted from 0; the last row and column belong to it."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class ShownCells:
    """How a sheet looks beside what its table says: ``texts`` of cells that are shown otherwise than they are read,
    ``hidden`` cells, and text ``boxes`` with the row at which each begins."""

    texts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: frozenset[tuple[int, int]] = frozenset()
    boxes: Sequence[tuple[int, str]] = ()


def show_value(value: object, number_format: str) -> str:
    """A cell's value as who reads its table wants it: numbers in their format without parting of thousands.

    >>> show_value(9.5, "0.00"), show_value(1.1, "General"), show_value(0.1 + 0.2, "General"), show_value(15, "0")
    ('9.50', '1.1', '0.3', '15')
    >>> show_value(True, ""), show_value(datetime.date(2019, 3, 15), "")
    ('TRUE', '15/03/2019')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return format_value(value, number_format or "General").plain
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value:%d/%m/%Y}"
    return compose_text(str(value))


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


def make_page(number: int, rows: Rows, name: str | None, shown: ShownCells | None = None) -> Page:
    """A sheet as a page: each line of each cell that is shown, and the rows as a table."""
    shown = shown or ShownCells()
    boxes = list(shown.boxes)
    lines = LineBuilder()
    for at, row in enumerate(rows):
        boxes = _add_boxes(lines, boxes, at)
        for column, text in enumerate(row):
            if (at, column) not in shown.hidden:
                for part in (shown.texts.get((at, column), text) or "").split("\n"):
                    lines.add(part, Cell(0, at, column))
    _add_boxes(lines, boxes, None)
    while rows and not any(rows[-1]):
        rows.pop()
    lines.tables.append(Table(tuple(map(tuple, rows)), name=name))
    page = lines.page()
    return Page(number, page.width, page.height, page.origin, page.lines, None, page.tables)


def _add_boxes(lines: LineBuilder, boxes: list[tuple[int, str]], row: int | None) -> list[tuple[int, str]]:
    """Adds the text boxes that begin at the row or above; the others. ``None``: adds all."""
    for _, text in (box for box in boxes if row is None or box[0] <= row):
        for part in text.split("\n"):
            lines.add(part)
    return [] if row is None else [box for box in boxes if box[0] > row]

"""XLS in the fonts of before Unicode -> rows of its sheets, by ``xlrd``: it names the font of each cell and of each
stretch of text in it, and only they tell the capitals of TCVN3 (``.VnTimeH``).

It reads in the child that was given the file, and starts nothing: 400,000 cells take 0.6 s and 66 MB.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.sheet import Sheet

from evidence.ingest.encoding.fonts import OldFonts, Piece
from evidence.ingest.formats.sheet_rows import COLUMNS, ROWS, Area, Rows, compose_text, mark_merged, show_value
from evidence.ingest.formats.time_cap import SlowError, at_most

VISIBLE = 0
# what xlrd raises at workbooks that are damaged or other than it expects; XLDateError is a ValueError
DAMAGED = (
    XLRDError, CompDocError, struct.error, LookupError, ArithmeticError, AssertionError, ValueError, TypeError,
    AttributeError, NotImplementedError, OSError, MemoryError, RecursionError,
)  # fmt: skip


def read_sheets(file: Path, seconds: float) -> tuple[list[tuple[str, Rows]], set[str]] | None:
    """Names and rows of the visible sheets in Unicode, and the encodings that their fonts were in; ``None`` where xlrd
    cannot read the workbook in that time of the processor: it follows a ring of sectors for ever."""
    try:
        with at_most(seconds), _opened(file) as book:
            sheets = [sheet for sheet in map(book.sheet_by_index, range(book.nsheets)) if sheet.visibility == VISIBLE]
            fonts = OldFonts(
                piece for sheet in sheets for place in _texts(sheet) for piece in _pieces(book, sheet, *place)
            )
            return [(sheet.name, _rows(book, sheet, fonts)) for sheet in sheets], fonts.encodings
    except (SlowError, *DAMAGED):
        return None


def _opened(file: Path) -> Book:
    """The workbook; what xlrd remarks on it is not listened to."""
    return xlrd.open_workbook(str(file), io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True)


def _places(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Row and column of each cell that says something."""
    for row in range(min(sheet.nrows, ROWS)):
        for column, kind in enumerate(sheet.row_types(row, 0, COLUMNS)):
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                yield row, column


def _texts(sheet: Sheet) -> Iterator[tuple[int, int]]:
    return ((row, column) for row, column in _places(sheet) if sheet.cell_type(row, column) == xlrd.XL_CELL_TEXT)


def _pieces(book: Book, sheet: Sheet, row: int, column: int) -> list[Piece]:
    """The stretches of a cell's text, each with its font; the first has that of the cell."""
    text = str(sheet.cell_value(row, column))
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    runs = [(0, style.font_index), *sheet.rich_text_runlist_map.get((row, column), ())]
    ends = [*runs, (len(text), 0)]
    return [Piece(text[start:end], book.font_list[font].name or "") for (start, font), (end, _) in pairwise(ends)]


def _rows(book: Book, sheet: Sheet, fonts: OldFonts) -> Rows:
    """The cells up to the last one that says something."""
    places = list(_places(sheet))
    height = max((row for row, _ in places), default=-1) + 1
    width = max((column for _, column in places), default=-1) + 1
    rows: Rows = [[""] * width for _ in range(height)]
    for row, column in places:
        if sheet.cell_type(row, column) == xlrd.XL_CELL_TEXT:
            rows[row][column] = compose_text(fonts.text(_pieces(book, sheet, row, column)))
        else:
            rows[row][column] = _value(book, sheet, row, column)
    mark_merged(rows, (Area(top, bottom - 1, left, right - 1) for top, bottom, left, right in sheet.merged_cells))
    return rows


def _value(book: Book, sheet: Sheet, row: int, column: int) -> str:
    """What a cell shows that is no text: a number in its format, a day, a truth, an error."""
    kind, value = sheet.cell_type(row, column), float(sheet.cell_value(row, column))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return str(bool(value))
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(int(value), "")
    if kind == xlrd.XL_CELL_DATE:
        return show_value(xlrd.xldate_as_datetime(value, book.datemode), "")
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    return show_value(value, str(book.format_map[style.format_key].format_str))

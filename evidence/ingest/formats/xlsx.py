"""XLSX -> one page a sheet, with its cells as one table.

Numbers come as a person sees them in the sheet as far as that is certain: ``0.00`` shows 9.5 as ``9.50``, and a code
typed as a number keeps its last nought (1.10). A formula whose value was never computed keeps its own text: it will
not pass for a number. Hidden sheets are left out, hidden rows are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.encoding.fonts import OldFonts, Piece
from evidence.ingest.formats import docx
from evidence.ingest.formats.sheet_rows import (
    COLUMNS,
    ROWS,
    Area,
    Rows,
    compose_text,
    make_page,
    mark_merged,
    mend_letters,
    show_value,
)
from evidence.ingest.formats.zip_limits import check_office_file
from evidence.ingest.reader_protocol import ReadRequest, ReadResult

BROKEN = (InvalidFileException, ArithmeticError, *docx.BROKEN)


def read(request: ReadRequest) -> ReadResult:
    """The visible sheets of a workbook. UnreadableError for a bomb and for what is no workbook."""
    check_office_file(request)
    try:
        with request.file.open("rb") as file:  # of a path openpyxl asks for a suffix, which our copies have not
            shown = openpyxl.load_workbook(file, data_only=True)
            typed = openpyxl.load_workbook(file)
        visible = [sheet for sheet in shown.worksheets if sheet.sheet_state == "visible"]
        named = [font.name or "" for font in getattr(shown, "_fonts", ())]  # looking at each cell's font costs time
        fonts = OldFonts(_pieces(visible)) if any(map(charsets.encoding_of_font, named)) else None
        sheets = [(sheet.title, _rows(sheet, typed[sheet.title], fonts)) for sheet in visible]
    except BROKEN as error:
        raise UnreadableError("damaged", "damaged-sheet") from error
    encodings = set(fonts.encodings) if fonts else set()
    if not encodings:
        sheets, encodings = mend_letters(sheets)
    pages = tuple(make_page(number, rows, name) for number, (name, rows) in enumerate(sheets, 1))
    problems = tuple(problem for name in sorted(encodings) for problem in charsets.encoding_problems(name))
    return ReadResult(pages, (), problems, total=len(pages))


def _pieces(sheets: Iterable[Worksheet]) -> Iterator[Piece]:
    """What the cells say, with their fonts."""
    for sheet in sheets:
        for cell in _cells(sheet).values():
            if isinstance(cell.value, str):
                yield Piece(cell.value, cell.font.name or "")


def _cells(sheet: Worksheet) -> dict[tuple[int, int], Cell | MergedCell]:
    """The cells that the file names, by row and column counted from 1; asking for others would make them."""
    return sheet._cells


def _rows(shown: Worksheet, typed: Worksheet, fonts: OldFonts | None) -> Rows:
    """The cells up to the last one that says something: formats alone may reach to the edge of the sheet."""
    values, formulas = _cells(shown), _cells(typed)
    said = [place for place, cell in formulas.items() if cell.value is not None]
    height = min(max((row for row, _ in said), default=0), ROWS)
    width = min(max((column for _, column in said), default=0), COLUMNS)
    rows: Rows = [[""] * width for _ in range(height)]
    for row, column in said:
        if row <= height and column <= width and (row, column) in values:
            cell = values[row, column]
            text = _text(cell, formulas[row, column])
            rows[row - 1][column - 1] = fonts.text([Piece(text, cell.font.name or "")]) if fonts else text
    merged = shown.merged_cells.ranges
    mark_merged(rows, (Area(a.min_row - 1, a.max_row - 1, a.min_col - 1, a.max_col - 1) for a in merged))
    return rows


def _text(shown: Cell | MergedCell, typed: Cell | MergedCell) -> str:
    if shown.value is None:
        return compose_text(typed.value) if isinstance(typed.value, str) else ""
    return show_value(shown.value, str(shown.number_format or ""))

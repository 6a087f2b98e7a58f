"""XLS (Excel 97-2003) and XLSB -> one page a sheet, by ``python-calamine``.

It knows neither number formats nor fonts, and only a font tells the capitals of TCVN3 (``.VnTimeH``). So an XLS is read
a second time as it looks (``xls_fonts``), and the numbers of an XLSB in their formats (``workbook.binary``); where that
fails values come as they are, days as ISO.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import python_calamine

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.formats import xls_fonts
from evidence.ingest.formats.sheet_rows import COLUMNS, ROWS, Rows, ShownCells, make_page, mend_letters
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.ingest.workbook import told
from evidence.ingest.workbook.binary import read_numbers
from evidence.ingest.workbook.sheet import RawCell

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
Place = tuple[int, int]
VISIBLE = python_calamine.SheetVisibleEnum.Visible
PANIC = "PanicException"  # of Rust; no subclass of Exception, and no class that could be imported


def read(request: ReadRequest) -> ReadResult:
    """The visible sheets. UnreadableError for what is no workbook or shut by a password."""
    named, hidden, starts = _sheets(request)
    sheets, encodings = _mend_each(named)
    if zipfile.is_zipfile(request.file):
        return _read_binary(request, sheets, hidden, starts, encodings)
    looks = xls_fonts.read_sheets(request.file, request.limits.cpu_seconds / 4)
    problems = told.of_hidden_sheets(hidden)
    if looks is not None and [sheet.name for sheet in looks[0]] == [name for name, _ in sheets] and (
        looks[1] or not encodings
    ):  # fmt: skip
        encodings = looks[1]
        pages = [make_page(at, sheet.rows, sheet.name, sheet.shown) for at, sheet in enumerate(looks[0], 1)]
        for at, sheet in enumerate(looks[0], 1):
            problems += told.of_sheet(sheet.raw, sheet.name, at, has_notes=False)
    else:
        pages = [make_page(number, rows, name) for number, (name, rows) in enumerate(sheets, 1)]
    problems += [problem for encoding in sorted(encodings) for problem in charsets.encoding_problems(encoding)]
    return ReadResult(tuple(pages), (), tuple(problems), total=len(pages) or 1)


def _read_binary(
    request: ReadRequest, sheets: list[tuple[str, Rows]], hidden: list[str], starts: list[Place], encodings: set[str]
) -> ReadResult:
    """The sheets of an XLSB with their numbers as they are shown; what is lost of them is told."""
    looks = read_numbers(request)
    problems = told.of_hidden_sheets(hidden)
    pages = []
    for number, ((name, rows), (top, left)) in enumerate(zip(sheets, starts, strict=True), 1):
        look = looks.get(name) if looks is not None else None
        if look is None:
            count = sum(bool(NUMBER.fullmatch(text or "")) for row in rows for text in row)
            problems += told.of_lost_numbers(count, name, number)
            pages.append(make_page(number, rows, name))
            continue
        texts: dict[Place, str] = {}
        for (row, column), shown in look.numbers.items():
            at, beside = row - top, column - left
            if 0 <= at < len(rows) and 0 <= beside < len(rows[at]):
                rows[at][beside] = shown.plain
                texts[at, beside] = shown.text
        said = {(at + top, beside + left) for at, row in enumerate(rows) for beside, text in enumerate(row) if text}
        look.hidden.cells.update((place, RawCell("str", 0, "-", (), None)) for place in said)
        unseen = frozenset((row - top, column - left) for row, column in said if look.hidden.is_hidden(row, column))
        pages.append(make_page(number, rows, name, ShownCells(texts, unseen)))
        problems += told.of_sheet(look.hidden, name, number, has_notes=False)
        problems += told.of_lost_numbers(look.lost, name, number)
    problems += [problem for encoding in sorted(encodings) for problem in charsets.encoding_problems(encoding)]
    return ReadResult(tuple(pages), (), tuple(problems), total=len(pages) or 1)


def _mend_each(sheets: list[tuple[str, Rows]]) -> tuple[list[tuple[str, Rows]], set[str]]:
    """Each sheet in Unicode, told by its own letters, and the encodings met."""
    mended = [mend_letters([sheet]) for sheet in sheets]
    return [sheet for (sheet,), _ in mended], {encoding for _, encodings in mended for encoding in encodings}


def _sheets(request: ReadRequest) -> tuple[list[tuple[str, Rows]], list[str], list[Place]]:
    """Names and rows of the sheets that are shown, names of the hidden ones, and at which cell each begins."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(request.file.read_bytes()))
        names = [sheet.name for sheet in book.sheets_metadata if sheet.visible == VISIBLE]
        hidden = [sheet.name for sheet in book.sheets_metadata if sheet.visible != VISIBLE]
        sheets = [book.get_sheet_by_name(name) for name in names]
        starts = [sheet.start or (0, 0) for sheet in sheets]
        return [(sheet.name, _rows(sheet)) for sheet in sheets], hidden, starts
    except python_calamine.PasswordError as error:
        raise UnreadableError("encrypted", "encrypted-office") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError("damaged", "damaged-sheet") from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise UnreadableError("damaged", "damaged-sheet") from error


def _rows(sheet: python_calamine.CalamineSheet) -> Rows:
    return [[_text(value) for value in row[:COLUMNS]] for row in sheet.to_python(nrows=ROWS)]


def _text(value: object) -> str:
    """A cell as a person reads it: whole numbers without a point, days as ISO."""
    if isinstance(value, bool):
        return str(value).upper()
    if not isinstance(value, float | datetime.date):
        return str(value)
    if isinstance(value, float):
        return f"{value:.10g}"
    return f"{value:%Y-%m-%d}"

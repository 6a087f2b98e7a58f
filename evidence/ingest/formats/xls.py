"""XLS (Excel 97-2003) and XLSB -> one page a sheet, by ``python-calamine``.

It knows neither number formats nor fonts, and only a font tells the capitals of TCVN3 (``.VnTimeH``). So an XLS is read
a second time as it looks (``xls_fonts``); where that fails, and of XLSB, values come as they are, days as ISO.
"""

from __future__ import annotations

import datetime
import io

import python_calamine

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.formats import xls_fonts
from evidence.ingest.formats.sheet_rows import COLUMNS, ROWS, Rows, make_page, mend_letters
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.ingest.workbook import told

VISIBLE = python_calamine.SheetVisibleEnum.Visible
PANIC = "PanicException"  # of Rust; no subclass of Exception, and no class that could be imported


def read(request: ReadRequest) -> ReadResult:
    """The visible sheets. UnreadableError for what is no workbook or shut by a password."""
    named, hidden = _sheets(request)
    sheets, encodings = _mend_each(named)
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


def _mend_each(sheets: list[tuple[str, Rows]]) -> tuple[list[tuple[str, Rows]], set[str]]:
    """Each sheet in Unicode, told by its own letters, and the encodings met."""
    mended = [mend_letters([sheet]) for sheet in sheets]
    return [sheet for (sheet,), _ in mended], {encoding for _, encodings in mended for encoding in encodings}


def _sheets(request: ReadRequest) -> tuple[list[tuple[str, Rows]], list[str]]:
    """Names and rows of the sheets that are shown, names of the hidden ones."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(request.file.read_bytes()))
        names = [sheet.name for sheet in book.sheets_metadata if sheet.visible == VISIBLE]
        hidden = [sheet.name for sheet in book.sheets_metadata if sheet.visible != VISIBLE]
        return [(name, _rows(book.get_sheet_by_name(name))) for name in names], hidden
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

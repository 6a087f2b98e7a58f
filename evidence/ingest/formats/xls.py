"""XLS (Excel 97-2003) -> one page a sheet, by ``python-calamine``.

It names no fonts, and only a font tells the capitals of TCVN3 (``.VnTimeH``). So a workbook in old letters, and no
other, is read a second time with its fonts (``xls_fonts``); where that fails the letters alone tell, and those capitals
stay small.
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

VISIBLE = python_calamine.SheetVisibleEnum.Visible
PANIC = "PanicException"  # of Rust; no subclass of Exception, and no class that could be imported


def read(request: ReadRequest) -> ReadResult:
    """The visible sheets. UnreadableError for what is no workbook or shut by a password."""
    sheets, encodings = _mend_each(_sheets(request))
    seconds = request.limits.cpu_seconds / 4
    with_fonts = xls_fonts.read_sheets(request.file, seconds) if encodings else None
    if with_fonts is not None and with_fonts[1]:
        sheets, encodings = with_fonts
    pages = tuple(make_page(number, rows, name) for number, (name, rows) in enumerate(sheets, 1))
    problems = tuple(problem for encoding in sorted(encodings) for problem in charsets.encoding_problems(encoding))
    return ReadResult(pages, (), problems, total=len(pages) or 1)


def _mend_each(sheets: list[tuple[str, Rows]]) -> tuple[list[tuple[str, Rows]], set[str]]:
    """Each sheet in Unicode, told by its own letters, and the encodings met."""
    mended = [mend_letters([sheet]) for sheet in sheets]
    return [sheet for (sheet,), _ in mended], {encoding for _, encodings in mended for encoding in encodings}


def _sheets(request: ReadRequest) -> list[tuple[str, Rows]]:
    """Names and rows of the sheets that are shown."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(request.file.read_bytes()))
        names = [sheet.name for sheet in book.sheets_metadata if sheet.visible == VISIBLE]
        return [(name, _rows(book.get_sheet_by_name(name))) for name in names]
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
    if isinstance(value, bool) or not isinstance(value, float | datetime.date):
        return str(value)
    if isinstance(value, float):
        return f"{value:.10g}"
    return f"{value:%Y-%m-%d}"

"""XLS (Excel 97-2003) -> one page a sheet, by ``python-calamine``.

It names no fonts, and only a font tells the capitals of TCVN3 (``.VnTimeH``). So a workbook in old letters, and no
other, is turned into XLSX by LibreOffice where that is installed, and read as one; where it is not, the letters alone
tell, and those capitals stay small.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import python_calamine

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets as legacy
from evidence.ingest.formats import libreoffice
from evidence.ingest.formats import xlsx as sheet
from evidence.ingest.formats.xlsx import COLUMNS, ROWS
from evidence.ingest.layout.line_builder import Lines
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.document import Cell, Page, Table
from evidence.model.problem import Problem

SHOWN = python_calamine.SheetVisibleEnum.Visible
PANIC = "PanicException"  # of Rust; no subclass of Exception, and no class that could be imported


def read(order: ReadRequest) -> ReadResult:
    """The visible sheets. UnreadableError for what is no workbook or shut by a password."""
    sheets = _sheets(order)
    problems: list[Problem] = []
    pages = tuple(_page(count, name, rows, problems) for count, (name, rows) in enumerate(sheets, 1))
    return (problems and _by_fonts(order)) or ReadResult(pages, (), tuple(problems[:1]), total=len(pages) or 1)


def _by_fonts(order: ReadRequest) -> ReadResult | None:
    """What the reader of XLSX makes of LibreOffice's copy; ``None`` where there is none or it finds no old letters."""
    file = libreoffice.to_xlsx(order)
    if file is None:
        return None
    try:
        found = sheet.read(replace(order, file=file))
    except UnreadableError:
        return None
    finally:
        file.unlink()
    return found if found.problems else None


def _sheets(order: ReadRequest) -> list[tuple[str, list[list[object]]]]:
    """Names and rows of the sheets that are shown."""
    try:
        book = python_calamine.CalamineWorkbook.from_path(order.file)
        shown = [one.name for one in book.sheets_metadata if one.visible == SHOWN]
        return [(name, list(map(list, book.get_sheet_by_name(name).to_python(nrows=ROWS)))) for name in shown]
    except python_calamine.PasswordError as error:
        raise UnreadableError("encrypted", "encrypted-office") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError("damaged", "damaged-sheet") from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise UnreadableError("damaged", "damaged-sheet") from error


def _page(number: int, name: str, rows: Sequence[Sequence[object]], problems: list[Problem]) -> Page:
    texts = [[_text(value) for value in row[:COLUMNS]] for row in rows]
    encoding = legacy.detect_mixed("\n".join(text for row in texts for text in row))
    if encoding:
        problems += legacy.told(encoding)
        texts = [["\n".join(legacy.mend(part, encoding) for part in text.split("\n")) for text in row] for row in texts]
    lines = Lines()
    for at, row in enumerate(texts):
        for column, text in enumerate(row):
            for part in text.split("\n"):
                lines.add(part, Cell(0, at, column))
    lines.tables.append(Table(tuple(map(tuple, texts)), name=name))
    page = lines.page()
    return Page(number, page.width, page.height, page.origin, page.lines, None, page.tables)


def _text(value: object) -> str:
    """A cell as a person reads it: whole numbers without a point, days as ISO."""
    if isinstance(value, bool) or not isinstance(value, float | datetime.date):
        return str(value)
    if isinstance(value, float):
        return f"{value:.10g}"
    return f"{value:%Y-%m-%d}"

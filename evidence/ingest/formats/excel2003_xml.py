"""XML of Excel 2003 (SpreadsheetML) -> one page a sheet: what web programs write and call .xls."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from evidence.ingest.encoding.fonts import OldFonts, Piece, make_result
from evidence.ingest.formats.safe_xml import Element, local_attribute, local_name, parse_xml
from evidence.ingest.formats.sheet_rows import COLUMNS, ROWS
from evidence.ingest.formats.txt import read_bytes
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.ingest.workbook.number_format import DAYS, format_value
from evidence.model.document import Cell, Table
from evidence.model.problem import Problem

DEFAULT = "Default"  # the style of cells that name none
DEEPEST = 10  # styles that lean on one another
NOTHING = Piece("", "")
NAMED = {
    "General Number": "", "General": "", "General Date": "dd/mm/yyyy h:mm", "Long Date": "dd/mm/yyyy",
    "Medium Date": "dd/mm/yyyy", "Short Date": "dd/mm/yyyy", "Fixed": "0.00", "Standard": "#,##0.00",
    "Percent": "0.00%", "Scientific": "0.00E+00", "Short Time": "h:mm", "Medium Time": "h:mm", "Long Time": "h:mm:ss",
}  # fmt: skip


class _Look(NamedTuple):
    """The font and the number format of a style."""

    font: str = ""
    code: str = ""


PLAIN = _Look()


def read(request: ReadRequest) -> ReadResult:
    """The sheets that are shown. UnreadableError where the bytes are no XML."""
    root = parse_xml(read_bytes(request), "XLS")
    sheets = [element for element in _named(root.iter(), "Worksheet") if not _is_hidden(element)]
    styles = {local_attribute(style, "ID"): style for style in _named(root.iter(), "Style")}
    look_of_style = {name: _Look(_font(name, styles), _code(name, styles)) for name in styles}
    results = [_read_sheet(sheet, look_of_style) for sheet in sheets]
    pages = tuple(replace(result.pages[0], number=number) for number, result in enumerate(results, 1))
    problems: list[Problem] = []
    for result in results:
        problems += [problem for problem in result.problems if problem not in problems]
    return ReadResult(pages, (), tuple(problems), total=len(pages) or 1)


def _read_sheet(sheet: Element, look_of_style: dict[str, _Look]) -> ReadResult:
    lines = LineBuilder()
    fonts = OldFonts(piece for row in _named(sheet.iter(), "Row") for piece in _cells(row, look_of_style))
    rows: list[tuple[str, ...]] = []
    for row in _named(sheet.iter(), "Row"):
        at = _index(row, len(rows))
        if at >= ROWS:
            break
        rows += [()] * (at - len(rows))
        texts = [fonts.text([piece]) for piece in _cells(row, look_of_style)]
        for column, text in enumerate(texts):
            for part in text.split("\n"):
                lines.add(part, Cell(0, at, column))
        rows.append(tuple(" ".join(text.split()) for text in texts))
    width = max(map(len, rows), default=0)
    filled = tuple(row + ("",) * (width - len(row)) for row in rows)
    lines.tables.append(Table(filled, name=local_attribute(sheet, "Name") or None))
    return make_result(lines, fonts)


def _named(elements: Iterator[Element], name: str) -> Iterator[Element]:
    return (element for element in elements if local_name(element) == name)


def _font(name: str, styles: dict[str, Element]) -> str:
    """The font of a style, or of the style that it leans on, or of all; empty where none is named."""
    for _ in range(DEEPEST):
        style = styles.get(name)
        font = next(_named(iter(style), "Font"), None) if style is not None else None
        font_name = local_attribute(font, "FontName") if font is not None else ""
        if font_name or style is None or name == DEFAULT:
            return font_name
        name = local_attribute(style, "Parent") or DEFAULT
    return ""


def _code(name: str, styles: dict[str, Element]) -> str:
    """The number format of a style, or of the style that it leans on; empty where none is named."""
    for _ in range(DEEPEST):
        style = styles.get(name)
        if style is None:
            return ""
        formats = next(_named(iter(style), "NumberFormat"), None)
        if formats is not None:
            code = local_attribute(formats, "Format")
            return NAMED.get(code, code)
        name = local_attribute(style, "Parent")
    return ""


def _cells(row: Element, look_of_style: dict[str, _Look]) -> list[Piece]:
    """The cells of a row, empty ones where places are skipped or covered by a merged cell."""
    pieces: list[Piece] = []
    row_style = local_attribute(row, "StyleID") or DEFAULT
    for cell in _named(iter(row), "Cell"):
        at = _index(cell, len(pieces))
        if at >= COLUMNS:
            break
        pieces += [NOTHING] * (at - len(pieces))
        data = next(_named(iter(cell), "Data"), None)
        look = look_of_style.get(local_attribute(cell, "StyleID") or row_style, PLAIN)
        pieces.append(Piece(_value(data, look.code), look.font) if data is not None else NOTHING)
        across = local_attribute(cell, "MergeAcross")
        pieces += [NOTHING] * min(int(across) if across.isdecimal() and len(across) < 9 else 0, COLUMNS - len(pieces))
    return pieces


def _value(data: Element, code: str) -> str:
    """As a person reads it in that format; days without one as ISO, without the hour."""
    text = "".join(data.itertext()).strip()
    kind = local_attribute(data, "Type")
    try:
        if kind == "DateTime" and code:
            moment = datetime.datetime.fromisoformat(text)
            return format_value((moment - DAYS) / datetime.timedelta(days=1), code).plain
        if kind == "Number":
            return format_value(float(text), code or "General").plain
    except (ValueError, OverflowError):
        return text
    return text.removesuffix(".000").removesuffix("T00:00:00") if kind == "DateTime" else text


def _index(element: Element, following: int) -> int:
    """The place of a row or cell, which ``ss:Index`` counts from 1 where some before it are skipped."""
    index = local_attribute(element, "Index")
    return max(following, int(index) - 1) if index.isdecimal() and len(index) < 9 else following


def _is_hidden(sheet: Element) -> bool:
    marks = _named(sheet.iterdescendants(), "Visible")
    return any((mark.text or "").startswith("SheetHidden") for mark in marks)

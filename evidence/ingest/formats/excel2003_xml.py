"""XML of Excel 2003 (SpreadsheetML) -> one page a sheet: what web programs write and call .xls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from evidence.ingest.encoding import fonts as old_fonts
from evidence.ingest.encoding.fonts import OldFonts, Piece
from evidence.ingest.formats import safe_xml as markup
from evidence.ingest.formats import txt as textfile
from evidence.ingest.formats.sheet_rows import COLUMNS, ROWS
from evidence.ingest.layout.line_builder import Lines
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.document import Cell, Table
from evidence.model.problem import Problem

USUAL = "Default"  # the style of cells that name none
DEEPEST = 10  # styles that lean on one another
NOTHING = Piece("", "")


def read(order: ReadRequest) -> ReadResult:
    """The sheets that are shown. UnreadableError where the bytes are no XML."""
    root = markup.xml(textfile.data(order), "XLS")
    sheets = [one for one in root.iter() if markup.local(one) == "Worksheet" and not _hidden(one)]
    styles = {_attribute(one, "ID"): one for one in root.iter() if markup.local(one) == "Style"}
    named = {name: _font(name, styles) for name in styles}
    readings = [_reading(one, named) for one in sheets]
    pages = tuple(replace(one.pages[0], number=number) for number, one in enumerate(readings, 1))
    problems: list[Problem] = []
    for one in readings:
        problems += [problem for problem in one.problems if problem not in problems]
    return ReadResult(pages, (), tuple(problems), total=len(pages) or 1)


def _reading(sheet: Any, named: dict[str, str]) -> ReadResult:
    lines = Lines()
    fonts = OldFonts(piece for row in _rows(sheet) for piece in _texts(row, named))
    rows: list[tuple[str, ...]] = []
    for row in _rows(sheet):
        at = _index(row, len(rows))
        if at >= ROWS:
            break
        rows += [()] * (at - len(rows))
        texts = [fonts.text([piece]) for piece in _texts(row, named)]
        for column, text in enumerate(texts):
            for part in text.split("\n"):
                lines.add(part, Cell(0, at, column))
        rows.append(tuple(" ".join(text.split()) for text in texts))
    width = max(map(len, rows), default=0)
    filled = tuple(row + ("",) * (width - len(row)) for row in rows)
    lines.tables.append(Table(filled, name=_attribute(sheet, "Name") or None))
    return old_fonts.reading(lines, fonts)


def _rows(sheet: Any) -> Iterator[Any]:
    return (one for one in sheet.iter() if markup.local(one) == "Row")


def _font(name: str, styles: dict[str, Any]) -> str:
    """The font of a style, or of the style that it leans on, or of all; empty where none is named."""
    for _ in range(DEEPEST):
        style = styles.get(name)
        font = next((one for one in style if markup.local(one) == "Font"), None) if style is not None else None
        told = _attribute(font, "FontName") if font is not None else ""
        if told or style is None or name == USUAL:
            return told
        name = _attribute(style, "Parent") or USUAL
    return ""


def _texts(row: Any, named: dict[str, str]) -> list[Piece]:
    """The cells of a row, empty ones where places are skipped or covered by a merged cell."""
    texts: list[Piece] = []
    usual = _attribute(row, "StyleID") or USUAL
    for cell in (one for one in row if markup.local(one) == "Cell"):
        at = _index(cell, len(texts))
        if at >= COLUMNS:
            break
        texts += [NOTHING] * (at - len(texts))
        data = next((one for one in cell if markup.local(one) == "Data"), None)
        font = named.get(_attribute(cell, "StyleID") or usual, "")
        texts.append(Piece(_said(data), font) if data is not None else NOTHING)
        across = _attribute(cell, "MergeAcross")
        texts += [NOTHING] * min(int(across) if across.isdecimal() and len(across) < 9 else 0, COLUMNS - len(texts))
    return texts


def _said(data: Any) -> str:
    """As a person reads it: days without the hour, numbers without binary dust."""
    text = "".join(data.itertext()).strip()
    kind = _attribute(data, "Type")
    if kind == "DateTime":
        return text.removesuffix(".000").removesuffix("T00:00:00")
    if kind == "Number":
        try:
            return f"{float(text):.10g}"
        except ValueError:
            return text
    return text


def _index(element: Any, following: int) -> int:
    """The place of a row or cell, which ``ss:Index`` counts from 1 where some before it are skipped."""
    told = _attribute(element, "Index")
    return max(following, int(told) - 1) if told.isdecimal() and len(told) < 9 else following


def _hidden(sheet: Any) -> bool:
    return any(
        markup.local(one) == "Visible" and (one.text or "").startswith("SheetHidden") for one in sheet.iterdescendants()
    )


def _attribute(element: Any, name: str) -> str:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")

"""XML of Excel 2003 (SpreadsheetML) -> one page a sheet: what web programs write and call .xls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evidence.ingest import markup, old_fonts, textfile
from evidence.ingest.old_fonts import OldFonts
from evidence.ingest.plain import Lines
from evidence.ingest.reading import Order, Reading
from evidence.ingest.sheet import COLUMNS, ROWS
from evidence.model import Cell, Table


def read(order: Order) -> Reading:
    """The sheets that are shown. UnreadableError where the bytes are no XML."""
    root = markup.xml(textfile.data(order), "XLS")
    sheets = [one for one in root.iter() if markup.local(one) == "Worksheet" and not _hidden(one)]
    readings = [_reading(one) for one in sheets]
    pages = tuple(replace(one.pages[0], number=number) for number, one in enumerate(readings, 1))
    problems = tuple(dict.fromkeys(problem for one in readings for problem in one.problems))
    return Reading(pages, (), problems, total=len(pages) or 1)


def _reading(sheet: Any) -> Reading:
    lines = Lines()
    rows: list[tuple[str, ...]] = []
    for row in (one for one in sheet.iter() if markup.local(one) == "Row"):
        at = _index(row, len(rows))
        if at >= ROWS:
            break
        rows += [()] * (at - len(rows))
        texts = _texts(row)
        for column, text in enumerate(texts):
            for part in text.split("\n"):
                lines.add(part, Cell(0, at, column))
        rows.append(tuple(" ".join(text.split()) for text in texts))
    width = max(map(len, rows), default=0)
    filled = tuple(row + ("",) * (width - len(row)) for row in rows)
    lines.tables.append(Table(filled, name=_attribute(sheet, "Name") or None))
    return old_fonts.reading(lines, OldFonts())


def _texts(row: Any) -> list[str]:
    """The cells of a row, empty ones where places are skipped or covered by a merged cell."""
    texts: list[str] = []
    for cell in (one for one in row if markup.local(one) == "Cell"):
        at = _index(cell, len(texts))
        if at >= COLUMNS:
            break
        texts += [""] * (at - len(texts))
        data = next((one for one in cell if markup.local(one) == "Data"), None)
        texts.append(_said(data) if data is not None else "")
        across = _attribute(cell, "MergeAcross")
        texts += [""] * min(int(across) if across.isdecimal() and len(across) < 9 else 0, COLUMNS - len(texts))
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

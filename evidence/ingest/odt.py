"""ODT (OpenDocument text) -> lines: paragraphs, headings and tables of ``content.xml`` in their order."""

from __future__ import annotations

import zipfile
import zlib
from typing import Any

from evidence.errors import UnreadableError
from evidence.ingest import legacy, markup, office
from evidence.ingest.plain import Lines
from evidence.ingest.reading import Order, Reading
from evidence.model import Cell

PARAGRAPHS = frozenset({"p", "h"})
SILENT = frozenset({"tracked-changes", "annotation", "note-citation"})
DEEP = 100  # sections and lists inside one another


def read(order: Order) -> Reading:
    """The document's text on one page. UnreadableError for a bomb and for what is no ODT."""
    office.weigh(order)
    try:
        with zipfile.ZipFile(order.file) as archive:
            root = markup.xml(archive.read("content.xml"), "ODT")
    except (KeyError, zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError) as error:
        raise UnreadableError("damaged", "damaged-office", kind="ODT") from error
    body = next((one for one in root.iter() if markup.local(one) == "body"), root)
    lines = Lines()
    _block(body, lines, None, 0)
    found = legacy.detect("\n".join(line.text for line in lines.lines))
    if found is None:
        return Reading((lines.page(),))
    other = Lines()
    for line in lines.lines:
        other.add(legacy.to_unicode(line.text, found), line.cell)
    return Reading((other.page(),), (), legacy.told(found))


def _block(element: Any, lines: Lines, cell: Cell | None, depth: int) -> None:
    for child in element if depth < DEEP else ():
        name = markup.local(child)
        if name in PARAGRAPHS:
            for part in "".join(_text(child)).split("\n"):
                lines.add(part, cell)
        elif name == "table":
            _table(child, lines, cell, depth)
        elif name not in SILENT:
            _block(child, lines, cell, depth + 1)


def _table(element: Any, lines: Lines, outer: Cell | None, depth: int) -> None:
    table = lines.next_table() if outer is None else outer.table
    rows = [one for one in element.iter() if markup.local(one) == "table-row"]
    for number, row in enumerate(rows):
        cells = [one for one in row if markup.local(one) in ("table-cell", "covered-table-cell")]
        for column, one in enumerate(cells):
            _block(one, lines, outer or Cell(table, number, column), depth + 1)


def _text(element: Any) -> list[str]:
    pieces = [element.text or ""]
    for child in element.iter():
        name = markup.local(child)
        if child is not element:
            pieces += {"tab": ["\t"], "s": [" "], "line-break": ["\n"]}.get(name, [])
            pieces.append(child.text or "" if name else "")
            pieces.append(child.tail or "")
    return pieces

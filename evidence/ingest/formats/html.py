"""HTML -> lines: blocks and rows of tables as lines; scripts, styles and forms are left out.

Word saves pages as HTML with its fonts in ``face`` and ``style``: old letters are told by them.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from evidence.ingest.encoding import charsets as legacy
from evidence.ingest.encoding import fonts as old_fonts
from evidence.ingest.encoding.fonts import OldFonts, Piece
from evidence.ingest.formats import safe_xml as markup
from evidence.ingest.formats import txt as textfile
from evidence.ingest.layout.line_builder import Lines
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.document import Cell, Table

SILENT = frozenset({"script", "style", "noscript", "template", "head", "svg", "select", "button"})
BLOCKS = frozenset({
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article", "header", "footer",
    "ul", "ol", "blockquote", "pre", "hr", "dt", "dd", "td", "th",
})  # fmt: skip
WIDEST = 200  # columns of a table
TAG = re.compile(rb"<[^<>]*>")
FAMILY = re.compile(r"""font-family\s*:\s*["']?([^"',;]+)""", re.IGNORECASE)
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(slots=True)
class Paragraph:
    """The pieces of one line, and the cell of the outermost table that it stands in."""

    pieces: list[Piece]
    cell: Cell | None = None


def read(order: ReadRequest) -> ReadResult:
    """The page's text. UnreadableError for an empty file."""
    return text_of(_decoded(textfile.data(order)))


def _decoded(data: bytes) -> str:
    """The source, old letters left as they are: the fonts tell them better, since they know the capitals."""
    if data.startswith(UTF_16):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        told = legacy.decode(TAG.sub(b"\n", data)).encoding
        letters = "latin-1" if told in legacy.NAMES else "cp1258"
        return unicodedata.normalize("NFC", data.decode(letters, "replace"))


def text_of(source: str) -> ReadResult:
    """The text of a page of HTML."""
    walk = _Walk()
    walk.over(markup.page(source.encode("utf-8", "replace")))
    fonts = OldFonts(piece for one in walk.found for piece in one.pieces)
    lines = Lines()
    for one in walk.found:
        lines.add(fonts.text(one.pieces), one.cell)
    lines.tables += _tables(lines)
    return old_fonts.reading(lines, fonts)


class _Walk:
    """Walks the page with a stack of its own: a page nested 100,000 deep must not end the walk."""

    def __init__(self) -> None:
        self.found = [Paragraph([])]
        self._table = self._row = self._column = -1
        self._leaf = False  # whether the table that began last holds no other

    def over(self, element: Any) -> None:
        waiting: list[tuple[Any, str, str, Cell | None]] = [(element, "open", "", None)]
        while waiting:
            one, what, font, cell = waiting.pop()
            name = markup.local(one)
            if what == "tail":
                self.found[-1].pieces.append(Piece(one.tail or "", font))
                continue
            if what == "close":
                self.found.append(Paragraph([], cell))
                self._leaf = self._leaf and name != "table"
                continue
            if one is not element:
                waiting.append((one, "tail", font, cell))
            if not name or name in SILENT:
                continue
            font = _font(one) or font
            if name in BLOCKS:
                waiting.append((one, "close", font, cell))
                cell = cell or self._place(one, name)
                self.found.append(Paragraph([], cell))
            self.found[-1].pieces.append(Piece(one.text or "", font))
            waiting += [(child, "open", font, cell) for child in reversed(one)]

    def _place(self, element: Any, name: str) -> Cell | None:
        """The cell that begins here. A table around other tables lays a web page out, and is none of the document's."""
        if name == "table":
            self._leaf = next((one for one in element.iterdescendants("table")), None) is None
            self._table, self._row = self._table + self._leaf, -1
        elif name == "tr":
            self._row, self._column = self._row + 1, -1
        elif name in ("td", "th") and self._leaf and self._row >= 0:
            self._column += 1
            return Cell(self._table, self._row, self._column)
        return None


def _tables(lines: Lines) -> list[Table]:
    """The tables that the lines stand in."""
    told: dict[Cell, list[str]] = defaultdict(list)
    for line in lines.lines:
        if line.cell:
            told[line.cell].append(line.text)
    tables: dict[int, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for cell, texts in told.items():
        tables[cell.table][cell.row][cell.column] = "\n".join(texts)
    return [_table(rows) for _, rows in sorted(tables.items())]


def _table(rows: dict[int, dict[int, str]]) -> Table:
    width = max(max(row) for row in rows.values()) + 1
    return Table(tuple(tuple(row.get(at, "") for at in range(min(width, WIDEST))) for _, row in sorted(rows.items())))


def _font(element: Any) -> str:
    """The font that an element itself names."""
    named = FAMILY.search(element.get("style") or "")
    return named[1].strip() if named else (element.get("face") or "").partition(",")[0].strip()

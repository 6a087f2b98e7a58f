"""HTML -> lines: blocks and rows of tables as lines; scripts, styles and forms are left out.

Word saves pages as HTML with its fonts in ``face`` and ``style``: old letters are told by them.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace

from evidence.ingest.encoding import charsets
from evidence.ingest.encoding.declared import lost_letters
from evidence.ingest.encoding.fonts import OldFonts, Piece, make_result
from evidence.ingest.formats.safe_xml import Element, local_name, parse_html
from evidence.ingest.formats.txt import read_bytes
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.document import Cell, Table

SKIPPED = frozenset({"script", "style", "noscript", "template", "head", "svg", "select", "button"})
BLOCKS = frozenset({
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article", "header", "footer",
    "ul", "ol", "blockquote", "pre", "hr", "dt", "dd", "td", "th",
})  # fmt: skip
WIDEST = 200  # columns of a table
TAG = re.compile(rb"<[^<>]*>")
FAMILY = re.compile(r"""font-family\s*:\s*["']?([^"',;]+)""", re.IGNORECASE)
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(slots=True)
class _Paragraph:
    """The pieces of one line, and the cell of the outermost table that it stands in."""

    pieces: list[Piece]
    cell: Cell | None = None


def read(request: ReadRequest) -> ReadResult:
    """The page's text. UnreadableError for an empty file."""
    source = _decode_source(read_bytes(request))
    result = read_html(source)
    return replace(result, problems=(*result.problems, *lost_letters([source])))


def _decode_source(data: bytes) -> str:
    """The source, old letters left as they are: the fonts tell them better, since they know the capitals."""
    if data.startswith(UTF_16):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = charsets.decode_bytes(TAG.sub(b"\n", data)).encoding
        letters = "latin-1" if encoding in charsets.NAMES else "cp1258"
        return unicodedata.normalize("NFC", data.decode(letters, "replace"))


def read_html(source: str) -> ReadResult:
    """The text of a page of HTML. UnreadableError where there is none."""
    walk = _Walk()
    walk.walk(parse_html(source.encode("utf-8", "replace")))
    fonts = OldFonts(piece for paragraph in walk.paragraphs for piece in paragraph.pieces)
    lines = LineBuilder()
    for paragraph in walk.paragraphs:
        lines.add(fonts.text(paragraph.pieces), paragraph.cell)
    lines.tables += _tables(lines)
    return make_result(lines, fonts)


class _Walk:
    """Walks the page with a stack of its own: a page nested 100,000 deep must not end the walk."""

    def __init__(self) -> None:
        self.paragraphs = [_Paragraph([])]
        self._table = self._row = self._column = -1
        self._leaf = False  # whether the table that began last holds no other

    def walk(self, root: Element) -> None:
        waiting: list[tuple[Element, str, str, Cell | None]] = [(root, "open", "", None)]
        while waiting:
            element, visit, font, cell = waiting.pop()
            name = local_name(element)
            if visit == "tail":
                self.paragraphs[-1].pieces.append(Piece(element.tail or "", font))
                continue
            if visit == "close":
                self.paragraphs.append(_Paragraph([], cell))
                self._leaf = self._leaf and name != "table"
                continue
            if element is not root:
                waiting.append((element, "tail", font, cell))
            if not name or name in SKIPPED:
                continue
            font = _font(element) or font
            if name in BLOCKS:
                waiting.append((element, "close", font, cell))
                cell = cell or self._begin_cell(element, name)
                self.paragraphs.append(_Paragraph([], cell))
            self.paragraphs[-1].pieces.append(Piece(element.text or "", font))
            waiting += [(child, "open", font, cell) for child in reversed(element)]

    def _begin_cell(self, element: Element, name: str) -> Cell | None:
        """The cell that begins here. A table around other tables lays a web page out, and is none of the document's."""
        if name == "table":
            self._leaf = next(element.iterdescendants("table"), None) is None
            self._table, self._row = self._table + self._leaf, -1
        elif name == "tr":
            self._row, self._column = self._row + 1, -1
        elif name in ("td", "th") and self._leaf and self._row >= 0:
            self._column += 1
            return Cell(self._table, self._row, self._column)
        return None


def _tables(lines: LineBuilder) -> list[Table]:
    """The tables that the lines stand in."""
    texts_of_cell: dict[Cell, list[str]] = defaultdict(list)
    for line in lines.lines:
        if line.cell:
            texts_of_cell[line.cell].append(line.text)
    tables: dict[int, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for cell, texts in texts_of_cell.items():
        tables[cell.table][cell.row][cell.column] = "\n".join(texts)
    return [_table(rows) for _, rows in sorted(tables.items())]


def _table(rows: dict[int, dict[int, str]]) -> Table:
    width = max(max(row) for row in rows.values()) + 1
    return Table(tuple(tuple(row.get(at, "") for at in range(min(width, WIDEST))) for _, row in sorted(rows.items())))


def _font(element: Element) -> str:
    """The font that an element itself names."""
    family = FAMILY.search(element.get("style") or "")
    return family[1].strip() if family else (element.get("face") or "").partition(",")[0].strip()

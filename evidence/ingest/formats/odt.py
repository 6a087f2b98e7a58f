"""ODT (OpenDocument text) -> lines: paragraphs, headings and tables of ``content.xml`` in their order.

Headers and footers stand in ``styles.xml`` (master pages); both files name the fonts that paragraphs and stretches of
text are set in, by way of styles. What was deleted in tracked changes is left out, and notes come after the paragraph
that they belong to.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from evidence.errors import UnreadableError
from evidence.ingest.encoding import fonts as old_fonts
from evidence.ingest.encoding.fonts import OldFonts, Piece
from evidence.ingest.formats import docx as office
from evidence.ingest.formats import safe_xml as markup
from evidence.ingest.layout.line_builder import Lines
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.document import Cell, Table

PARAGRAPHS = frozenset({"p", "h"})
SILENT = frozenset({"tracked-changes", "annotation", "note-citation", "tracked-change", "annotation-end"})
APART = frozenset({"note-body", "text-box"})  # inside a paragraph, with paragraphs of their own
SIGNS = {"tab": "\t", "line-break": "\n"}
DEEP = 100  # sections and lists inside one another
WIDEST = 200  # columns of a table; empty ones are repeated up to the edge of the sheet


class Styles:
    """The font of each style, through those it is based on."""

    def __init__(self, *roots: Any) -> None:
        self._own: dict[str, tuple[str, str]] = {}  # name -> its font, the style it is based on
        for root in roots:
            for style in root.iter():
                if markup.local(style) == "style" and (name := _attribute(style, "name")):
                    self._own[name] = (_font(style), _attribute(style, "parent-style-name"))
        self.usual = next((_font(one) for root in roots for one in root.iter() if _is_usual(one)), "")

    def font(self, name: str) -> str:
        """Its font's name; empty where no style says."""
        for _ in range(DEEP):
            font, name = self._own.get(name, ("", ""))
            if font or not name:
                return font
        return ""


def read(order: ReadRequest) -> ReadResult:
    """The document's text on one page. UnreadableError for a bomb and for what is no ODT."""
    office.weigh(order)
    try:
        with zipfile.ZipFile(order.file) as archive:
            content = markup.xml(archive.read("content.xml"), "ODT")
            named = "styles.xml" in archive.namelist()
            styles = markup.xml(archive.read("styles.xml"), "ODT") if named else None
    except (KeyError, zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError) as error:
        raise UnreadableError("damaged", "damaged-office", kind="ODT") from error
    roots = [content] if styles is None else [styles, content]
    body = next((one for one in content.iter() if markup.local(one) == "body"), content)
    heads, feet = (_edges(styles, name) for name in ("header", "footer"))
    reader = _Reader(Styles(*roots), [*heads, body, *feet])
    for part in (*heads, body, *feet):
        reader.block(part, None, 0)
    return old_fonts.reading(reader.lines, reader.fonts)


def _edges(styles: Any, which: str) -> list[Any]:
    """The headers or footers of the master pages."""
    return [] if styles is None else [one for one in styles.iter() if markup.local(one) == which]


class _Reader:
    """Walks the document; the fonts of all its text are looked at first."""

    def __init__(self, styles: Styles, parts: list[Any]) -> None:
        self._styles = styles
        self.lines = Lines()
        paragraphs = (one for part in parts for one in part.iter() if markup.local(one) in PARAGRAPHS)
        self.fonts = OldFonts(piece for one in paragraphs for piece in self._pieces(one))

    def block(self, element: Any, cell: Cell | None, depth: int) -> None:
        for child in element if depth < DEEP else ():
            name = markup.local(child)
            if name in PARAGRAPHS:
                self._paragraph(child, cell, depth)
            elif name == "table":
                self._table(child, cell, depth)
            elif name not in SILENT:
                self.block(child, cell, depth + 1)

    def _paragraph(self, element: Any, cell: Cell | None, depth: int) -> None:
        for part in self.fonts.text(list(self._pieces(element))).split("\n"):
            self.lines.add(part, cell)
        for inner in element.iter():
            if markup.local(inner) in APART and _nearest(inner) is element:
                self.block(inner, cell, depth + 1)

    def _pieces(self, element: Any) -> Iterator[Piece]:
        font = self._styles.font(_attribute(element, "style-name")) or self._styles.usual
        yield from self._said(element, font)

    def _said(self, element: Any, font: str) -> Iterator[Piece]:
        """What an element says, in its own font."""
        yield Piece(element.text or "", font)
        for child in element:
            name = markup.local(child)
            if name == "s":
                yield Piece(" ", font)
            elif name in SIGNS:
                yield Piece(SIGNS[name], font)
            elif name and name not in SILENT and name not in APART:
                yield from self._said(child, self._styles.font(_attribute(child, "style-name")) or font)
            yield Piece(child.tail or "", font)

    def _table(self, element: Any, outer: Cell | None, depth: int) -> None:
        number = self.lines.next_table() if outer is None else -1
        rows: list[tuple[str | None, ...]] = []
        for count, row in enumerate(_rows(element)):
            texts: list[str | None] = []
            for one in row:
                name = markup.local(one)
                if name not in ("table-cell", "covered-table-cell"):
                    continue
                before = len(self.lines.lines)
                self.block(one, outer or Cell(number, count, len(texts)), depth + 1)
                told = "\n".join(line.text for line in self.lines.lines[before:])
                times = 1 if told else min(_count(one, "number-columns-repeated"), WIDEST - len(texts))
                texts += [told] * times
            rows.append(tuple(texts[:WIDEST]))
        if outer is None:
            self.lines.tables.append(Table(tuple(rows)))


def _rows(table: Any) -> Iterator[Any]:
    """Its own rows, without those of tables inside."""
    for child in table:
        name = markup.local(child)
        if name == "table-row":
            yield child
        elif name in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _rows(child)


def _nearest(element: Any) -> Any:
    """The paragraph that a note or text box is anchored in."""
    return next((one for one in element.iterancestors() if markup.local(one) in PARAGRAPHS), None)


def _count(element: Any, name: str) -> int:
    told = _attribute(element, name)
    return max(1, int(told)) if told.isdecimal() and len(told) < 9 else 1


def _attribute(element: Any, name: str) -> str:
    """An attribute by its local name; empty where there is none."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _font(style: Any) -> str:
    """The font that a style itself names."""
    for child in style:
        if markup.local(child) == "text-properties":
            return (_attribute(child, "font-name") or _attribute(child, "font-family")).strip("'\" ")
    return ""


def _is_usual(element: Any) -> bool:
    return markup.local(element) == "default-style" and _attribute(element, "family") == "paragraph"

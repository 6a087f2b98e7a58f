"""ODT (OpenDocument text) -> lines: paragraphs, headings and tables of ``content.xml`` in their order.

Headers and footers stand in ``styles.xml`` (master pages); both files name the fonts that paragraphs and stretches of
text are set in, by way of styles. What was deleted in tracked changes is left out, and notes come after the paragraph
that they belong to.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace

from evidence.errors import UnreadableError
from evidence.ingest.encoding.fonts import OldFonts, Piece, make_result
from evidence.ingest.formats.safe_xml import Element, local_attribute, local_name, parse_xml
from evidence.ingest.formats.zip_limits import check_office_file
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.members import MemberCollector
from evidence.ingest.odf.lists import ListCounters, ListPlace, read_list_styles
from evidence.ingest.odf.objects import read_objects
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.document import Cell, Table

PARAGRAPHS = frozenset({"p", "h"})
SKIPPED = frozenset({"tracked-changes", "annotation", "note-citation", "tracked-change", "annotation-end", "notes"})
ANCHORED = frozenset({"note-body", "text-box"})  # inside a paragraph, with paragraphs of their own
CONTROLS = {"tab": "\t", "line-break": "\n"}
DEEP = 100  # sections and lists inside one another
WIDEST = 200  # columns of a table; empty ones are repeated up to the edge of the sheet


class _Styles:
    """The font of each style, through those it is based on."""

    def __init__(self, *roots: Element) -> None:
        self._own: dict[str, tuple[str, str]] = {}  # name -> its font, the style it is based on
        for root in roots:
            for style in root.iter():
                if local_name(style) == "style" and (name := local_attribute(style, "name")):
                    self._own[name] = (_font(style), local_attribute(style, "parent-style-name"))
        elements = (element for root in roots for element in root.iter())
        self.default = next((_font(element) for element in elements if _is_default(element)), "")

    def font(self, name: str) -> str:
        """Its font's name; empty where no style says."""
        for _ in range(DEEP):
            font, name = self._own.get(name, ("", ""))
            if font or not name:
                return font
        return ""


def read(request: ReadRequest) -> ReadResult:
    """The document's text on one page. UnreadableError for a bomb and for what is no ODT."""
    check_office_file(request)
    try:
        with zipfile.ZipFile(request.file) as archive:
            content = parse_xml(archive.read("content.xml"), "ODT")
            has_styles = "styles.xml" in archive.namelist()
            styles = parse_xml(archive.read("styles.xml"), "ODT") if has_styles else None
            collector = MemberCollector(request)
            titles, problems = read_objects(archive, content, collector)
    except (KeyError, zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError) as error:
        raise UnreadableError("damaged", "damaged-office", kind="ODT") from error
    roots = [content] if styles is None else [styles, content]
    body = next((element for element in content.iter() if local_name(element) == "body"), content)
    headers, footers = (_edges(styles, name) for name in ("header", "footer"))
    parts = [*headers, body, *footers]
    reader = _Reader(_Styles(*roots), parts, read_list_styles(roots), titles)
    for part in parts:
        reader.add_block(part, None, 0)
    result = make_result(reader.lines, reader.fonts)
    told = (*result.problems, *problems, *collector.problems)
    return replace(result, problems=told, embedded=tuple(collector.embedded))


def _edges(styles: Element | None, which: str) -> list[Element]:
    """The headers or footers of the master pages."""
    return [] if styles is None else [element for element in styles.iter() if local_name(element) == which]


class _Reader:
    """Walks the document; the fonts of all its text are looked at first. ``titles``: those of the charts."""

    def __init__(
        self, styles: _Styles, parts: list[Element], lists: ListCounters, titles: dict[Element, list[str]]
    ) -> None:
        self._styles = styles
        self._lists = lists
        self._titles = titles
        self.lines = LineBuilder()
        paragraphs = (element for part in parts for element in part.iter() if local_name(element) in PARAGRAPHS)
        self.fonts = OldFonts(piece for paragraph in paragraphs for piece in self._paragraph_pieces(paragraph))

    def add_block(self, element: Element, cell: Cell | None, depth: int, place: ListPlace | None = None) -> None:
        """What stands in an element; ``place``: the list around it."""
        item = element if local_name(element) == "list-item" else None
        for child in element if depth < DEEP else ():
            name = local_name(child)
            if name in PARAGRAPHS:
                self._add_paragraph(child, cell, depth, self._label(child, item, place))
                item = None
            elif name == "list":
                self.add_block(child, cell, depth + 1, self._lists.enter(child, place))
            elif name == "table":
                self._add_table(child, cell, depth)
            elif name not in SKIPPED:
                self.add_block(child, cell, depth + 1, place)

    def _label(self, paragraph: Element, item: Element | None, place: ListPlace | None) -> str:
        """The automatic number in front: of the first paragraph of a list's item, and of a heading outside of lists."""
        if place is None:
            return self._lists.heading_label(paragraph) if local_name(paragraph) == "h" else ""
        return "" if item is None else self._lists.next_label(place, local_attribute(item, "start-value"))

    def _add_paragraph(self, element: Element, cell: Cell | None, depth: int, label: str = "") -> None:
        text = self.fonts.text(list(self._paragraph_pieces(element)))
        has_number = any(map(str.isalnum, label))  # the bullet of an empty paragraph says nothing
        for part in ((label if has_number or text.strip() else "") + text).split("\n"):
            self.lines.add(part, cell)
        charts = [item for item in element.iter() if item in self._titles] if self._titles else []
        for title in (title for item in charts for title in self._titles[item]):
            self.lines.add(title, cell)
        for inner in element.iter():
            if local_name(inner) in ANCHORED and _anchor(inner) is element:
                self.add_block(inner, cell, depth + 1)

    def _paragraph_pieces(self, element: Element) -> Iterator[Piece]:
        font = self._styles.font(local_attribute(element, "style-name")) or self._styles.default
        yield from self._pieces(element, font)

    def _pieces(self, element: Element, font: str) -> Iterator[Piece]:
        """What an element says, in its own font."""
        yield Piece(element.text or "", font)
        for child in element:
            name = local_name(child)
            if name == "s":
                yield Piece(" ", font)
            elif name in CONTROLS:
                yield Piece(CONTROLS[name], font)
            elif name and name not in SKIPPED and name not in ANCHORED:
                yield from self._pieces(child, self._styles.font(local_attribute(child, "style-name")) or font)
            yield Piece(child.tail or "", font)

    def _add_table(self, element: Element, outer: Cell | None, depth: int) -> None:
        number = self.lines.next_table() if outer is None else -1
        rows: list[tuple[str | None, ...]] = []
        for row_number, row in enumerate(_rows(element)):
            texts: list[str | None] = []
            for cell in row:
                if local_name(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                before = len(self.lines.lines)
                self.add_block(cell, outer or Cell(number, row_number, len(texts)), depth + 1)
                text = "\n".join(line.text for line in self.lines.lines[before:])
                repeated = 1 if text else min(_count(cell, "number-columns-repeated"), WIDEST - len(texts))
                texts += [text] * repeated
            rows.append(tuple(texts[:WIDEST]))
        if outer is None:
            self.lines.tables.append(Table(tuple(rows)))


def _rows(table: Element) -> Iterator[Element]:
    """Its own rows, without those of tables inside."""
    for child in table:
        name = local_name(child)
        if name == "table-row":
            yield child
        elif name in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _rows(child)


def _anchor(element: Element) -> Element | None:
    """The paragraph that a note or text box is anchored in."""
    return next((ancestor for ancestor in element.iterancestors() if local_name(ancestor) in PARAGRAPHS), None)


def _count(element: Element, name: str) -> int:
    value = local_attribute(element, name)
    return max(1, int(value)) if value.isdecimal() and len(value) < 9 else 1


def _font(style: Element) -> str:
    """The font that a style itself names."""
    for child in style:
        if local_name(child) == "text-properties":
            return (local_attribute(child, "font-name") or local_attribute(child, "font-family")).strip("'\" ")
    return ""


def _is_default(element: Element) -> bool:
    return local_name(element) == "default-style" and local_attribute(element, "family") == "paragraph"

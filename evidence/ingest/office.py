"""DOCX -> lines: paragraphs and tables in document order, headers, footers, text boxes.

A DOCX has no pages before it is laid out: everything stands on page 1 without boxes. The declared sizes of the ZIP's
members are summed before anything is unpacked: a DOCX of 630 kB held 6 million paragraphs.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as Docx
from docx.oxml.ns import qn

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.plain import Lines
from evidence.ingest.reading import Order, Reading
from evidence.model import Cell, Page, Table

MEMBERS = 5_000
WIDEST = 200  # columns of a table
RATIO = 200
MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# what python-docx and lxml (XMLSyntaxError is a SyntaxError) raise on parts that are missing or no XML
BROKEN = (KeyError, ValueError, AttributeError, SyntaxError, zipfile.BadZipFile, zlib.error, OSError)
BREAKS = {qn("w:br"), qn("w:cr")}


def read(order: Order) -> Reading:
    """The document's text on one page. UnreadableError for a broken ZIP, a bomb, XML that is none."""
    weigh(order)
    try:
        document = docx.Document(str(order.file))
        page = _page(document)
    except BROKEN as error:
        raise UnreadableError("damaged", "damaged-docx") from error
    return Reading((page,))


def weigh(order: Order) -> None:
    """Refuses what would unpack to more than the limits allow."""
    try:
        with zipfile.ZipFile(order.file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableError("damaged", "damaged-docx") from error
    _refuse(members, order.limits)


def _refuse(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    total = sum(member.file_size for member in members)
    parts = [member for member in members if member.filename.endswith((".xml", ".rels"))]
    largest = max((member.file_size for member in parts), default=0)
    if len(members) > MEMBERS:
        raise UnreadableError("too-large", "too-many-members", count=len(members), limit=MEMBERS)
    if total > limits.unpacked_bytes:
        raise UnreadableError("too-large", "too-large-unpacked", limit=limits.unpacked_bytes // 1_000_000)
    if largest > limits.part_bytes:
        raise UnreadableError("too-large", "too-large-unpacked", limit=limits.part_bytes // 1_000_000)


def _page(document: Docx) -> Page:
    lines = Lines()
    for part in _edges(document, "header"):
        _edge(part, lines)
    _block(document.element.body, lines, None)
    for part in _edges(document, "footer"):
        _edge(part, lines)
    return lines.page()


def _edge(part: Any, lines: Lines) -> None:
    """A header or footer, unless all it says is the page's number as it was last laid out."""
    own = Lines()
    _block(part, own, None)
    if not all(line.text.strip("-– ").isdigit() for line in own.lines):
        _block(part, lines, None)


def _edges(document: Docx, which: str) -> Iterator[Any]:
    """The headers or footers of all sections, each once."""
    seen: set[int] = set()
    for section in document.sections:
        for name in (f"first_page_{which}", which):
            edge = getattr(section, name)
            used = section.different_first_page_header_footer or not name.startswith("first")
            if used and not edge.is_linked_to_previous and id(edge._element) not in seen:
                seen.add(id(edge._element))
                yield edge._element


def _block(element: Any, lines: Lines, cell: Cell | None) -> None:
    """Paragraphs and tables in the order in which they stand; what was deleted in tracked changes is left out."""
    for child in element.iterchildren():
        if child.tag == qn("w:p"):
            _paragraph(child, lines, cell)
        elif child.tag == qn("w:tbl"):
            _table(child, lines, cell)
        elif child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                _block(content, lines, cell)
        elif child.tag in (qn("w:ins"), qn("w:moveTo"), qn("w:smartTag"), qn("w:customXml")):
            _block(child, lines, cell)


def _paragraph(element: Any, lines: Lines, cell: Cell | None) -> None:
    for text in _text(element).split("\n"):
        lines.add(text, cell)
    for box in element.iter(qn("w:txbxContent")):
        if next(box.iterancestors(f"{MARKUP}Fallback"), None) is None:
            _block(box, lines, cell)


def _text(element: Any) -> str:
    """The runs of a paragraph, without those of text boxes inside it."""
    pieces: list[str] = []
    for node in element.iterchildren():
        if node.tag == qn("w:t"):
            pieces.append(node.text or "")
        elif node.tag == qn("w:tab"):
            pieces.append("\t")
        elif node.tag in BREAKS:
            pieces.append("\n")
        elif node.tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        elif node.tag not in SILENT:
            pieces.append(_text(node))
    return "".join(pieces)


SILENT = {
    qn("w:pPr"), qn("w:rPr"), qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:drawing"), qn("w:pict"),
    qn("w:object"), f"{MARKUP}AlternateContent",
    qn("w:footnoteReference"), qn("w:commentReference"), qn("w:sdtPr"), qn("w:delText"),
}  # fmt: skip


def _table(element: Any, lines: Lines, outer: Cell | None) -> None:
    """The cells' paragraphs row by row; a table inside a cell keeps the outer cell's place."""
    number = lines.next_table() if outer is None else -1
    rows: list[tuple[str | None, ...]] = []
    for row_number, row in enumerate(element.iter(qn("w:tr")) if outer is None else element.iterchildren(qn("w:tr"))):
        if row.getparent() is not element and not _belongs(row, element):
            continue
        texts: list[str | None] = [""] * _number(row, "w:gridBefore")
        for tc in row.iter(qn("w:tc")):
            if not _belongs(tc, row):
                continue
            before = len(lines.lines)
            _block(tc, lines, outer or Cell(number, row_number, len(texts)))
            told = "\n".join(line.text for line in lines.lines[before:])
            texts += [None if _goes_on(tc) else told, *[""] * (_number(tc, "w:gridSpan") - 1)]
        rows.append(tuple(texts))
    if outer is None:
        lines.tables.append(Table(tuple(rows)))


def _number(element: Any, name: str) -> int:
    """How many columns a cell spans (at least 1), or stay free before a row's first cell."""
    found = next(element.iterfind(f"./*/{qn(name)}"), None)
    told = found.get(qn("w:val"), "") if found is not None else ""
    return min(int(told), WIDEST) if told.isdigit() else 0


def _goes_on(cell: Any) -> bool:
    """Whether a merged cell goes on here from the row above."""
    found = next(cell.iterfind(f"./{qn('w:tcPr')}/{qn('w:vMerge')}"), None)
    return found is not None and found.get(qn("w:val"), "continue") == "continue"


def _belongs(inner: Any, outer: Any) -> bool:
    """Whether the nearest table or row above is that one (content controls may lie between)."""
    for parent in inner.iterancestors():
        if parent is outer:
            return True
        if parent.tag in (qn("w:tbl"), qn("w:tc")):
            return False
    return False

"""DOCX -> lines: paragraphs and tables in document order, headers, footers, text boxes; notes after the text.

A DOCX has no pages before it is laid out: everything stands on page 1 without boxes, until behind a page or section
break a second letterhead begins (``Lines.pages``). The declared sizes of the ZIP's members are summed before anything
is unpacked: a DOCX of 630 kB held 6 million paragraphs.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Any

import docx
from docx.document import Document as Docx
from docx.oxml.ns import qn

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.encoding import fonts as old_fonts
from evidence.ingest.formats import libreoffice
from evidence.ingest.formats import safe_xml as markup
from evidence.ingest.formats.docx_breaks import PAGE
from evidence.ingest.formats.docx_runs import MARKUP, Runs
from evidence.ingest.layout.line_builder import Lines
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.document import Cell, Table

MEMBERS = 5_000
WIDEST = 200  # columns of a table
RATIO = 200
NOTES = ("footnotes", "endnotes")
RULES = frozenset({"separator", "continuationSeparator", "continuationNotice"})  # notes that are lines drawn
# what python-docx and lxml (XMLSyntaxError is a SyntaxError) raise on parts that are missing or no XML
BROKEN = (
    LookupError, ValueError, AttributeError, TypeError, SyntaxError, NotImplementedError, RuntimeError, EOFError,
    zipfile.BadZipFile, zlib.error, OSError,
)  # fmt: skip


def read(order: ReadRequest) -> ReadResult:
    """The document's text on one page. UnreadableError for a broken ZIP, a bomb, XML that is none."""
    return reading(order, computed=False)


def converted(order: ReadRequest) -> ReadResult | None:
    """What LibreOffice makes of an old Word file or an RTF; ``None`` where it is absent, fails or finds no words."""
    file = libreoffice.to_docx(order)
    if file is None:
        return None
    found = reading(replace(order, file=file), computed=True)
    file.unlink()
    return found if any(page.lines for page in found.pages) else None


def reading(order: ReadRequest, computed: bool) -> ReadResult:
    """The same; ``computed``: another program wrote the file just now, and computed its fields anew."""
    weigh(order)
    try:
        return _reading(docx.Document(str(order.file)), computed)
    except BROKEN as error:
        raise UnreadableError("damaged", "damaged-docx") from error


def weigh(order: ReadRequest) -> None:
    """Refuses what would unpack to more than the limits allow."""
    try:
        with zipfile.ZipFile(order.file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
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


def _reading(document: Docx, computed: bool) -> ReadResult:
    heads, feet, notes = list(_edges(document, "header")), list(_edges(document, "footer")), list(_notes(document))
    body = document.element.body
    runs = Runs((*heads, body, *notes, *feet), document.styles.element, computed)
    lines = Lines()
    for part in heads:
        _edge(part, lines, runs)
    for part in (body, *notes):
        _block(part, lines, None, runs)
    for part in feet:
        _edge(part, lines, runs)
    return old_fonts.reading(lines, runs.fonts)


def _edge(part: Any, lines: Lines, runs: Runs) -> None:
    """A header or footer, unless all it says is the page's number as it was last laid out."""
    own = Lines()
    _block(part, own, None, runs)
    if not all(line.text.strip("-– ").isdigit() for line in own.lines):
        _block(part, lines, None, runs)


def _notes(document: Docx) -> Iterator[Any]:
    """The footnotes, then the endnotes."""
    for relation in document.part.rels.values():
        if relation.reltype.rpartition("/")[2] in NOTES and not relation.is_external:
            for note in markup.xml(relation.target_part.blob, "DOCX"):
                if markup.local(note) and note.get(qn("w:type")) not in RULES:
                    yield note


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


def _block(element: Any, lines: Lines, cell: Cell | None, runs: Runs) -> None:
    """Paragraphs and tables in the order in which they stand; what was deleted in tracked changes is left out."""
    for child in element.iterchildren():
        if child.tag == qn("w:p"):
            _paragraph(child, lines, cell, runs)
        elif child.tag == qn("w:tbl"):
            _table(child, lines, cell, runs)
        elif child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                _block(content, lines, cell, runs)
        elif child.tag in (qn("w:ins"), qn("w:moveTo"), qn("w:smartTag"), qn("w:customXml")):
            _block(child, lines, cell, runs)


def _paragraph(element: Any, lines: Lines, cell: Cell | None, runs: Runs) -> None:
    if cell is None and runs.breaks.before(element):
        lines.part()
    for at, stretch in enumerate(runs.text(element).split(PAGE)):
        if at and cell is None:
            lines.part()
        for text in stretch.split("\n"):
            lines.add(text, cell)
    for box in element.iter(qn("w:txbxContent")):
        around = {one.tag for one in takewhile(lambda one: one is not element, box.iterancestors())}
        if around.isdisjoint((qn("w:txbxContent"), f"{MARKUP}Fallback")):
            _block(box, lines, cell, runs)
    if cell is None and runs.breaks.after(element):
        lines.part()


def _table(element: Any, lines: Lines, outer: Cell | None, runs: Runs) -> None:
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
            _block(tc, lines, outer or Cell(number, row_number, len(texts)), runs)
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

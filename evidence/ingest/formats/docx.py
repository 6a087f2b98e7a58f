"""DOCX -> lines: paragraphs and tables in document order, headers, footers, text boxes; notes after the text.

A DOCX has no pages before it is laid out: everything stands on page 1 without boxes, until behind a page or section
break a second letterhead begins (``LineBuilder.pages``).
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from evidence.errors import UnreadableError
from evidence.ingest.encoding.fonts import make_result
from evidence.ingest.formats import libreoffice
from evidence.ingest.formats.docx_breaks import PAGE
from evidence.ingest.formats.docx_runs import MARKUP, Runs
from evidence.ingest.formats.safe_xml import Element, local_name, parse_xml
from evidence.ingest.formats.zip_limits import check_office_file
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.document import Cell, Table

WIDEST = 200  # columns of a table
NOTES = ("footnotes", "endnotes")
RULES = frozenset({"separator", "continuationSeparator", "continuationNotice"})  # notes that are lines drawn
# what python-docx and lxml (XMLSyntaxError is a SyntaxError) raise on parts that are missing or no XML
BROKEN = (
    LookupError, ValueError, AttributeError, TypeError, SyntaxError, NotImplementedError, RuntimeError, EOFError,
    zipfile.BadZipFile, zlib.error, OSError,
)  # fmt: skip


def read(request: ReadRequest) -> ReadResult:
    """The document's text on one page. UnreadableError for a broken ZIP, a bomb, XML that is none."""
    return read_docx(request, computed=False)


def read_converted(request: ReadRequest) -> ReadResult | None:
    """What LibreOffice makes of an old Word file or an RTF; ``None`` where it is absent, fails or finds no words.

    UnreadableError where what it made is a bomb.
    """
    file = libreoffice.convert_to_docx(request)
    if file is None:
        return None
    result = read_docx(replace(request, file=file), computed=True)
    file.unlink()
    return result if any(page.lines for page in result.pages) else None


def read_docx(request: ReadRequest, computed: bool) -> ReadResult:
    """The same; ``computed``: another program wrote the file just now, and computed its fields anew.

    UnreadableError as ``read``.
    """
    check_office_file(request)
    try:
        return _read_document(docx.Document(str(request.file)), computed)
    except BROKEN as error:
        raise UnreadableError("damaged", "damaged-docx") from error


def _read_document(document: WordDocument, computed: bool) -> ReadResult:
    headers, footers = list(_edges(document, "header")), list(_edges(document, "footer"))
    notes = list(_notes(document))
    body = document.element.body
    runs = Runs((*headers, body, *notes, *footers), document.styles.element, computed)
    lines = LineBuilder()
    for part in headers:
        _add_edge(part, lines, runs)
    for part in (body, *notes):
        _add_block(part, lines, None, runs)
    for part in footers:
        _add_edge(part, lines, runs)
    return make_result(lines, runs.fonts)


def _add_edge(part: Element, lines: LineBuilder, runs: Runs) -> None:
    """A header or footer, unless all it says is the page's number as it was last laid out."""
    own = LineBuilder()
    _add_block(part, own, None, runs)
    if not all(line.text.strip("-– ").isdigit() for line in own.lines):
        _add_block(part, lines, None, runs)


def _notes(document: WordDocument) -> Iterator[Element]:
    """The footnotes, then the endnotes."""
    for relation in document.part.rels.values():
        if relation.reltype.rpartition("/")[2] in NOTES and not relation.is_external:
            for note in parse_xml(relation.target_part.blob, "DOCX"):
                if local_name(note) and note.get(qn("w:type")) not in RULES:
                    yield note


def _edges(document: WordDocument, which: str) -> Iterator[Element]:
    """The headers or footers of all sections, each once."""
    seen: set[int] = set()
    for section in document.sections:
        for name in (f"first_page_{which}", which):
            edge = getattr(section, name)
            used = section.different_first_page_header_footer or not name.startswith("first")
            if used and not edge.is_linked_to_previous and id(edge._element) not in seen:
                seen.add(id(edge._element))
                yield edge._element


def _add_block(element: Element, lines: LineBuilder, cell: Cell | None, runs: Runs) -> None:
    """Paragraphs and tables in the order in which they stand; what was deleted in tracked changes is left out."""
    for child in element.iterchildren():
        if child.tag == qn("w:p"):
            _add_paragraph(child, lines, cell, runs)
        elif child.tag == qn("w:tbl"):
            _add_table(child, lines, cell, runs)
        elif child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                _add_block(content, lines, cell, runs)
        elif child.tag in (qn("w:ins"), qn("w:moveTo"), qn("w:smartTag"), qn("w:customXml")):
            _add_block(child, lines, cell, runs)


def _add_paragraph(element: Element, lines: LineBuilder, cell: Cell | None, runs: Runs) -> None:
    if cell is None and runs.breaks.before(element):
        lines.part()
    for at, stretch in enumerate(runs.text(element).split(PAGE)):
        if at and cell is None:
            lines.part()
        for text in stretch.split("\n"):
            lines.add(text, cell)
    for box in element.iter(qn("w:txbxContent")):
        around = {ancestor.tag for ancestor in takewhile(lambda node: node is not element, box.iterancestors())}
        if around.isdisjoint((qn("w:txbxContent"), f"{MARKUP}Fallback")):
            _add_block(box, lines, cell, runs)
    if cell is None and runs.breaks.after(element):
        lines.part()


def _add_table(element: Element, lines: LineBuilder, outer: Cell | None, runs: Runs) -> None:
    """The cells' paragraphs row by row; a table inside a cell keeps the outer cell's place."""
    number = lines.next_table() if outer is None else -1
    rows: list[tuple[str | None, ...]] = []
    for row_number, row in enumerate(element.iter(qn("w:tr")) if outer is None else element.iterchildren(qn("w:tr"))):
        if row.getparent() is not element and not _belongs(row, element):
            continue
        texts: list[str | None] = [""] * _number(row, "w:gridBefore")
        for cell in row.iter(qn("w:tc")):
            if not _belongs(cell, row):
                continue
            before = len(lines.lines)
            _add_block(cell, lines, outer or Cell(number, row_number, len(texts)), runs)
            text = "\n".join(line.text for line in lines.lines[before:])
            texts += [None if _is_continued(cell) else text, *[""] * (_number(cell, "w:gridSpan") - 1)]
        rows.append(tuple(texts))
    if outer is None:
        lines.tables.append(Table(tuple(rows)))


def _number(element: Element, name: str) -> int:
    """How many columns a cell spans (at least 1), or stay free before a row's first cell."""
    child = next(element.iterfind(f"./*/{qn(name)}"), None)
    value = child.get(qn("w:val"), "") if child is not None else ""
    return min(int(value), WIDEST) if value.isdigit() else 0


def _is_continued(cell: Element) -> bool:
    """Whether a merged cell goes on here from the row above."""
    merge = next(cell.iterfind(f"./{qn('w:tcPr')}/{qn('w:vMerge')}"), None)
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _belongs(inner: Element, outer: Element) -> bool:
    """Whether the nearest table or row above is that one (content controls may lie between)."""
    for parent in inner.iterancestors():
        if parent is outer:
            return True
        if parent.tag in (qn("w:tbl"), qn("w:tc")):
            return False
    return False

"""DOCX (and DOCM, DOTX, DOTM, Word's XML) -> lines: paragraphs and tables in document order, headers, footers, text
boxes; notes after the text. Documents embedded as objects are files inside.

A DOCX has no pages before it is laid out: everything stands on page 1 without boxes, until behind a page or section
break a second letterhead begins (``LineBuilder.pages``).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace

from evidence.errors import UnreadableError
from evidence.ingest.encoding.fonts import make_result
from evidence.ingest.formats import libreoffice
from evidence.ingest.formats.safe_xml import Element, local_name
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.members import MemberCollector
from evidence.ingest.office.graphics import read_graphics
from evidence.ingest.office.package import Package, open_package
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.ingest.word.blocks import Blocks
from evidence.ingest.word.breaks import Breaks
from evidence.ingest.word.embedded import collect_objects, object_references
from evidence.ingest.word.inserted import add_result, read_inserted
from evidence.ingest.word.names import RELATIONSHIP, is_on, w
from evidence.ingest.word.numbering import Numbering
from evidence.ingest.word.pictures import find_pictures, read_pictures
from evidence.ingest.word.runs import Runs
from evidence.ingest.word.styles import Styles
from evidence.messages import Message
from evidence.model.document import Cell
from evidence.model.problem import Problem, ProblemCode

MAIN_TYPES = ("wordprocessingml.document.main", "wordprocessingml.template.main", "ms-word.document.macroenabled.main",
              "ms-word.template.macroenabledtemplate.main")  # fmt: skip
USUAL = re.compile(r"word/document\d*\.xml")
NOTES = ("footnotes", "endnotes")
RULES = frozenset({"separator", "continuationSeparator", "continuationNotice"})  # notes that are lines drawn
DEEPEST = 3  # documents inserted into one another
QUOTED = 60  # characters of hidden text that are told
MOST_INSERTED = 200  # files inserted into one document
# what lxml raises on parts that are no XML (XMLSyntaxError is a SyntaxError), and readers on what is other than it says
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


def read_docx(request: ReadRequest, computed: bool, depth: int = 0) -> ReadResult:
    """The same; ``computed``: another program wrote the file just now, and computed its fields anew; ``depth``: how
    many documents it is inserted in.

    UnreadableError as ``read``.
    """
    package = open_package(request)
    try:
        return _WordReader(package, request, depth).read(computed)
    except BROKEN as error:
        raise UnreadableError("damaged", "damaged-docx") from error


class _WordReader:
    """Reads one document: its parts in their order, and what they refer to."""

    def __init__(self, package: Package, request: ReadRequest, depth: int) -> None:
        self._package = package
        self._request = request
        self._depth = depth
        self._main = package.main_part(MAIN_TYPES, USUAL)
        self._part = self._main  # the one that is being read: relationships count from it
        self._inserted = 0
        self._problems: list[Problem] = []

    def read(self, computed: bool) -> ReadResult:
        root = self._package.parse(self._main)
        body = root.find(w("body"))
        if body is None:
            raise UnreadableError("damaged", "damaged-docx")
        headers, footers = self._edges(root, "header"), self._edges(root, "footer")
        notes = list(self._notes())
        parts = [*headers, (self._main, body), *notes, *footers]
        elements = [element for _, element in parts]
        style_root = self._package.parse_if_whole(self._package.target(self._main, "styles"))
        styles = Styles(style_root)
        runs = Runs(elements, styles, style_root, computed)
        numbering, breaks = self._numbering(styles), Breaks(elements)
        blocks = Blocks(runs, numbering, breaks, self._insert, self._read_graphics, elements)
        lines = LineBuilder()
        for part, element in parts:
            self._part = part
            if element is body or self._says_more_than_its_number(element, runs):
                blocks.add(element, lines)
        result = make_result(lines, runs.fonts)
        pictures = find_pictures(self._package, self._main, body) if not lines.lines and not self._depth else []
        if pictures and not self._request.tables:
            result = read_pictures(self._package, pictures, self._request)
        if runs.hidden_text:
            message = Message("hidden-word-text", {"text": runs.hidden_text[:QUOTED]})
            self._problems.append(Problem(ProblemCode.HIDDEN_TEXT, message))
        collector = MemberCollector(self._request)
        for part, element in parts if not self._request.tables else ():
            self._problems += collect_objects(self._package, part, object_references(element), collector)
        own = [problem for at, problem in enumerate(self._problems) if problem not in self._problems[:at]]
        problems = (*result.problems, *own, *collector.problems)
        return replace(result, problems=problems, embedded=tuple(collector.embedded))

    def _says_more_than_its_number(self, element: Element, runs: Runs) -> bool:
        """Whether a header or footer says more than the page's number as it was last laid out."""
        if local_name(element) in ("footnote", "endnote"):
            return True
        texts = [runs.text([paragraph]) for paragraph in element.iter(w("p"))]
        return not all(text.strip("-– \t\n").isdigit() for text in texts if text.strip())

    def _numbering(self, styles: Styles) -> Numbering:
        name = self._package.target(self._main, "numbering")
        root = self._package.parse_if_whole(name)
        if name is not None and root is None:
            self._tell_lost(name)
        return Numbering(root, styles)

    def _edges(self, root: Element, which: str) -> list[tuple[str, Element]]:
        """The headers or footers of all sections, each once."""
        settings = self._package.parse_if_whole(self._package.target(self._main, "settings"))
        has_even = settings is not None and is_on(settings.find(w("evenAndOddHeaders")))
        relationships = self._package.relationships(self._main)
        names: dict[str, None] = {}
        for section in root.iter(w("sectPr")):
            kinds = ["first"] if is_on(section.find(w("titlePg"))) else []
            for kind in [*kinds, *(["even"] if has_even else []), "default"]:
                for reference in section.iterfind(w(f"{which}Reference")):
                    relationship = relationships.get(reference.get(RELATIONSHIP, ""))
                    if relationship and not relationship.outside and reference.get(w("type"), "default") == kind:
                        names[relationship.target] = None
        return [(name, element) for name in names if (element := self._parse(name)) is not None]

    def _notes(self) -> Iterator[tuple[str, Element]]:
        """The footnotes, then the endnotes."""
        for kind in NOTES:
            for name in self._package.targets(self._main, kind):
                root = self._parse(name)
                for note in () if root is None else root:
                    if local_name(note) and note.get(w("type")) not in RULES:
                        yield name, note

    def _parse(self, name: str) -> Element | None:
        """A part that holds text; where it is damaged, that is told."""
        root = self._package.parse_if_whole(name)
        if root is None:
            self._tell_lost(name)
        return root

    def _tell_lost(self, name: str) -> None:
        self._problems.append(Problem(ProblemCode.DAMAGED, Message("office-part-lost", {"name": name})))

    def _read_graphics(self, paragraph: Element) -> list[str]:
        return read_graphics(self._package, self._part, paragraph)

    def _insert(self, reference: str, lines: LineBuilder, cell: Cell | None) -> None:
        """A file that stands in place of text; what cannot be read of it is told."""
        relationship = self._package.relationships(self._part).get(reference)
        self._inserted += 1
        if relationship is None or relationship.outside or self._depth >= DEEPEST or self._inserted > MOST_INSERTED:
            self._tell_lost(reference if relationship is None else relationship.target)
            return
        name = relationship.target
        try:
            data, kind = self._package.read(name), self._package.content_type(name)
            result = read_inserted(data, kind, name, self._request, self._read_inner)
        except UnreadableError as error:
            if error.problem == "too-large":
                raise
            self._tell_lost(name)
            return
        add_result(result, lines, cell)
        self._problems += result.problems

    def _read_inner(self, request: ReadRequest) -> ReadResult:
        return read_docx(request, computed=False, depth=self._depth + 1)

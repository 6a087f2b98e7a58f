"""PPTX (and PPSX, POTX, PPTM) -> one page a slide: the texts of its shapes in their order, and its tables."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.errors import UnreadableError
from evidence.ingest.formats.safe_xml import Element, local_name, relationship_id
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.members import MemberCollector
from evidence.ingest.office.graphics import read_graphics
from evidence.ingest.office.package import Package, open_package
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.ingest.word.embedded import collect_objects
from evidence.ingest.workbook.drawings import paragraph_text
from evidence.messages import Message
from evidence.model.document import Cell, Page, Table
from evidence.model.problem import Problem, ProblemCode

MAIN_TYPES = ("presentationml.presentation.main", "presentationml.slideshow.main", "presentationml.template.main",
              "ms-powerpoint.")  # fmt: skip
USUAL = re.compile(r"ppt/presentation\d*\.xml")
POINT = 12_700  # EMU
DEEPEST = 50  # shapes grouped in one another
WIDEST = 200  # columns of a table
OFF = frozenset({"0", "false"})


def read(request: ReadRequest) -> ReadResult:
    """The slides that are shown. UnreadableError for a bomb and for what is no presentation."""
    package = open_package(request)
    try:
        return _read_slides(package, request)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise UnreadableError("damaged", "damaged-office", kind="PPTX") from error
    except UnreadableError as error:
        if error.message.code == "damaged-docx":
            raise UnreadableError("damaged", "damaged-office", kind="PPTX") from error
        raise


def _read_slides(package: Package, request: ReadRequest) -> ReadResult:
    main = package.main_part(MAIN_TYPES, USUAL)
    root = package.parse(main)
    size = next((item for item in root if local_name(item) == "sldSz"), None)
    relationships = package.relationships(main)
    listed = [item for group in root if local_name(group) == "sldIdLst" for item in group]
    references = [relationships.get(relationship_id(item)) for item in listed]
    collector = MemberCollector(request)
    pages: list[Page] = []
    problems: list[Problem] = []
    hidden = 0
    for number, reference in enumerate(references[: request.limits.pages], 1):
        slide = package.parse_if_whole(reference.target) if reference and not reference.outside else None
        if reference is None or slide is None:
            problems.append(Problem(ProblemCode.DAMAGED, Message("slide-lost", {"number": str(number)})))
        elif slide.get("show", "1") in OFF:
            hidden += 1
        else:
            graphics = read_graphics(package, reference.target, slide)
            pages.append(_page(slide, len(pages) + 1, size, graphics))
            problems += collect_objects(package, reference.target, _objects(slide), collector)
    if hidden:
        problems.append(Problem(ProblemCode.HIDDEN_TEXT, Message("hidden-slides", {"count": str(hidden)})))
    found = (*problems, *collector.problems)
    return ReadResult(tuple(pages), (), found, len(pages) or 1, tuple(collector.embedded))


def _page(slide: Element, number: int, size: Element | None, graphics: list[str]) -> Page:
    lines = LineBuilder()
    _add_shapes(slide, lines, 0)
    for text in "\n".join(graphics).split("\n"):
        lines.add(text)
    page = lines.page()
    width, height = ((size.get(name, "") if size is not None else "") for name in ("cx", "cy"))
    if width.isdecimal() and height.isdecimal():
        page = replace(page, width=int(width) / POINT, height=int(height) / POINT)
    return replace(page, number=number)


def _add_shapes(element: Element, lines: LineBuilder, depth: int) -> None:
    """Texts and tables of the shapes; of two ways to draw one the first that says something."""
    for child in element if depth < DEEPEST else ():
        name = local_name(child)
        if name == "txBody":
            _add_paragraphs(child, lines, None)
        elif name == "tbl":
            _add_table(child, lines)
        elif name == "AlternateContent":
            before = len(lines.lines)
            for branch in child:
                if len(lines.lines) == before:
                    _add_shapes(branch, lines, depth + 1)
        elif name:
            _add_shapes(child, lines, depth + 1)


def _add_paragraphs(body: Element, lines: LineBuilder, cell: Cell | None) -> str:
    texts = [paragraph_text(item) for item in body if local_name(item) == "p"]
    for text in texts:
        for line in text.split("\n"):
            lines.add(line, cell)
    return "\n".join(" ".join(text.split()) for text in texts if text.strip())


def _add_table(table: Element, lines: LineBuilder) -> None:
    number = lines.next_table()
    rows: list[tuple[str | None, ...]] = []
    for row in (item for item in table if local_name(item) == "tr"):
        texts: list[str | None] = []
        for cell in [item for item in row if local_name(item) == "tc"][:WIDEST]:
            place = Cell(number, len(rows), len(texts))
            bodies = [item for item in cell if local_name(item) == "txBody"]
            text = "\n".join(filter(None, (_add_paragraphs(body, lines, place) for body in bodies)))
            texts.append(None if cell.get("vMerge", "0") not in OFF else text)
        rows.append(tuple(texts))
    lines.tables.append(Table(tuple(rows)))


def _objects(slide: Element) -> list[tuple[str, str]]:
    """Program and relationship of the objects embedded in a slide."""
    items = (item for item in slide.iter("{*}oleObj") if next(item.iterchildren("{*}embed"), None) is not None)
    return [(item.get("progId", ""), relationship_id(item)) for item in items]

"""The blocks of a Word document in their order: paragraphs with their automatic numbers, tables, text boxes, content
controls, files inserted whole (``altChunk``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

from evidence.ingest.formats.safe_xml import Element
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.word.breaks import PAGE, Breaks
from evidence.ingest.word.names import ALTERNATIVE, FALLBACK, RELATIONSHIP, VAL, is_on, w
from evidence.ingest.word.numbering import Numbering
from evidence.ingest.word.runs import Runs, chosen_branch, is_prompt
from evidence.ingest.word.styles import P_PR, R_PR
from evidence.model.document import Cell, Table

WIDEST = 200  # columns of a table
PARAGRAPH, TABLE, ROW, CELL = w("p"), w("tbl"), w("tr"), w("tc")
BOX = w("txbxContent")
WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"  # letters drawn across the page: the watermark "DỰ THẢO"
GRAPHICS = ("{*}chart", "{*}relIds")
SHOWN_INSIDE = {w("ins"), w("moveTo"), w("smartTag"), w("customXml")}
INSERTED = {w("altChunk"), w("subDoc")}
GONE = (w("del"), w("moveFrom"))  # of a paragraph's mark: the next paragraph goes on in the same line

InsertFile = Callable[[str, LineBuilder, Cell | None], None]
ReadGraphics = Callable[[Element], Sequence[str]]


class Blocks:
    """Walks the parts of one document and gathers their lines. ``insert`` adds a file that stands in place of text, by
    the id of its relationship; ``graphics`` gives the words of a paragraph's charts and diagrams."""

    def __init__(
        self,
        runs: Runs,
        numbering: Numbering,
        breaks: Breaks,
        insert: InsertFile,
        graphics: ReadGraphics,
        parts: Sequence[Element],
    ) -> None:
        self._runs = runs
        self._numbering = numbering
        self._breaks = breaks
        self._insert = insert
        self._graphics = graphics
        # paragraphs run on into one another in hardly any document: then none is asked
        self._may_go_on = any(next(part.iter(*GONE, w("specVanish")), None) is not None for part in parts)
        self._has_art = any(next(part.iter(WORD_ART), None) is not None for part in parts)
        self._has_boxes = any(next(part.iter(BOX), None) is not None for part in parts)
        self._has_graphics = any(next(part.iter(*GRAPHICS), None) is not None for part in parts)

    def add(self, element: Element, lines: LineBuilder, cell: Cell | None = None) -> None:
        """Paragraphs and tables in the order in which they stand; what was deleted in tracked changes is left out."""
        joined: list[Element] = []
        for child in element.iterchildren():
            tag = child.tag
            if tag == PARAGRAPH:
                joined.append(child)
                if not self._goes_on(child):
                    self._add_paragraph(joined, lines, cell)
                    joined = []
                continue
            if tag == TABLE and joined:
                self._add_paragraph(joined, lines, cell)
                joined = []
            self._add_other(child, lines, cell)
        if joined:
            self._add_paragraph(joined, lines, cell)

    def _add_other(self, child: Element, lines: LineBuilder, cell: Cell | None) -> None:
        if child.tag == TABLE:
            self._add_table(child, lines, cell)
        elif child.tag == w("sdt"):
            for content in child.iterchildren(w("sdtContent")) if not is_prompt(child) else ():
                self.add(content, lines, cell)
        elif child.tag in SHOWN_INSIDE:
            self.add(child, lines, cell)
        elif child.tag == ALTERNATIVE:
            self.add(chosen_branch(child, {PARAGRAPH, TABLE}), lines, cell)
        elif child.tag in INSERTED:
            self._insert(child.get(RELATIONSHIP, ""), lines, cell)

    def _add_paragraph(self, paragraphs: list[Element], lines: LineBuilder, cell: Cell | None) -> None:
        """What is shown as one paragraph: several whose marks between them were deleted."""
        first, last = paragraphs[0], paragraphs[-1]
        if cell is None and self._breaks.before(first):
            lines.part()
        text = self._runs.text(paragraphs)
        if text.strip() or not self._goes_on(last):
            text = self._label(last, bool(text.strip())) + text
        for at, stretch in enumerate(text.split(PAGE)):
            if at and cell is None:
                lines.part()
            for line in stretch.split("\n"):
                lines.add(line, cell)
        for paragraph in paragraphs:
            self._add_text_boxes(paragraph, lines, cell)
        if cell is None and any(map(self._breaks.after, paragraphs)):
            lines.part()

    def _label(self, paragraph: Element, has_text: bool) -> str:
        """The automatic number in front; a bullet of an empty paragraph says nothing."""
        label = self._numbering.next_label(paragraph)
        if label is None or (label.is_bullet and not has_text):
            return ""
        return self._runs.label(label, paragraph) + label.gap

    def _goes_on(self, paragraph: Element) -> bool:
        """Whether the paragraph's mark is deleted or hidden, so that the next one is shown in the same line."""
        mark = paragraph.find(f"{P_PR}/{R_PR}") if self._may_go_on else None
        if mark is None:
            return False
        return any(mark.find(tag) is not None for tag in GONE) or is_on(mark.find(w("specVanish")))

    def _add_text_boxes(self, paragraph: Element, lines: LineBuilder, cell: Cell | None) -> None:
        for box in paragraph.iter(BOX) if self._has_boxes else ():
            around = {ancestor.tag for ancestor in takewhile(lambda node: node is not paragraph, box.iterancestors())}
            if around.isdisjoint((BOX, FALLBACK, *GONE)) or _is_only_in_fallback(box, around):
                self.add(box, lines, cell)
        for art in paragraph.iter(WORD_ART) if self._has_art else ():
            around = {ancestor.tag for ancestor in takewhile(lambda node: node is not paragraph, art.iterancestors())}
            if around.isdisjoint((BOX, FALLBACK, *GONE)):
                lines.add(art.get("string", ""), cell)
        for text in self._graphics(paragraph) if self._has_graphics else ():
            for line in text.split("\n"):
                lines.add(line, cell)

    def _add_table(self, element: Element, lines: LineBuilder, outer: Cell | None) -> None:
        """The cells' paragraphs row by row; a table inside a cell keeps the outer cell's place."""
        number = lines.next_table() if outer is None else -1
        rows: list[tuple[str | None, ...]] = []
        for row in _own(element, ROW):
            if _is_gone(row):
                continue
            texts: list[str | None] = [""] * _number(row, "gridBefore")
            for cell in _own(row, CELL):
                before = len(lines.lines)
                place = outer or Cell(number, len(rows), len(texts))
                is_continued = _is_continued(cell)
                if not _is_prompt_cell(cell) and not (is_continued and next(cell.iter(w("t")), None) is None):
                    self.add(cell, lines, place)
                text = "\n".join(line.text for line in lines.lines[before:])
                texts += [None if is_continued else text, *[""] * (_number(cell, "gridSpan") - 1)]
            rows.append(tuple(texts))
        if outer is None:
            lines.tables.append(Table(tuple(rows)))


def _is_gone(row: Element) -> bool:
    """Whether a row was deleted in tracked changes, or is hidden."""
    properties = row.find(w("trPr"))
    return properties is not None and (properties.find(w("del")) is not None or is_on(properties.find(w("hidden"))))


def _is_only_in_fallback(box: Element, around: set[object]) -> bool:
    """Whether a text box stands only in the older of two ways to draw it: the newer one has no text."""
    if FALLBACK not in around or BOX in around or not around.isdisjoint(GONE):
        return False
    alternative = next(box.iterancestors(ALTERNATIVE))
    return bool(chosen_branch(alternative, {BOX}).tag == FALLBACK)


def _number(element: Element, name: str) -> int:
    """How many columns a cell spans (at least 1), or stay free before a row's first cell."""
    child = next(element.iterfind(f"./*/{w(name)}"), None)
    value = child.get(VAL, "") if child is not None else ""
    return min(int(value), WIDEST) if value.isdigit() else 0


def _is_continued(cell: Element) -> bool:
    """Whether a merged cell goes on here from the row above."""
    merge = next(cell.iterfind(f"./{w('tcPr')}/{w('vMerge')}"), None)
    return merge is not None and merge.get(VAL, "continue") == "continue"


def _is_prompt_cell(cell: Element) -> bool:
    """Whether a whole cell is a content control that nobody has filled in."""
    control = next(cell.iterancestors(w("sdt"), ROW), None)
    return control is not None and control.tag == w("sdt") and is_prompt(control)


def _own(outer: Element, tag: str) -> Iterable[Element]:
    """The rows of a table, or the cells of a row (content controls may lie between), not those of tables inside."""
    return [inner for inner in outer.iter(tag) if _belongs(inner, outer)]


def _belongs(inner: Element, outer: Element) -> bool:
    """Whether the nearest table or row above is that one (content controls may lie between)."""
    for parent in inner.iterancestors():
        if parent is outer:
            return True
        if parent.tag in (TABLE, CELL):
            return False
    return False

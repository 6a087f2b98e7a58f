"""The runs of a Word document (ECMA-376): what a paragraph says, and in which font each stretch of it is set.

Left out is what nobody sees on the page: text deleted or moved away in tracked changes, hidden text, letters in the
colour of the paper, the codes of fields, the prompts of content controls that nobody filled in, the marks of notes and
comments. A field that Word computes anew whenever a document is opened (``DATE``, ``TIME``) says nothing where the file
was just converted: LibreOffice puts in the day of reading, which is not the document's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidence.ingest.encoding import charsets
from evidence.ingest.encoding.fonts import SOFT, OldFonts, Piece
from evidence.ingest.formats.safe_xml import Element
from evidence.ingest.word.breaks import PAGE, is_page_break
from evidence.ingest.word.fields import FieldStack
from evidence.ingest.word.names import ALTERNATIVE, CHOICE, FALLBACK, MATH, is_on, w
from evidence.ingest.word.numbering import Label
from evidence.ingest.word.paper_colour import PaperColour
from evidence.ingest.word.styles import FONTS, P_PR, R_FONTS, R_PR, Styles
from evidence.ingest.word.symbols import convert_symbol, convert_symbols, is_private, is_symbol_font

TEXTS = {w("t"), f"{MATH}t"}
RUNS = {w("r"), f"{MATH}r"}
CONTROLS = {
    w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): SOFT,
}  # fmt: skip
SYMBOL = w("sym")
FIELD_MARKS = (w("fldChar"), w("instrText"))
SKIPPED = {
    P_PR, R_PR, w("del"), w("moveFrom"), w("instrText"), w("drawing"), w("pict"), w("object"), w("rt"),
    w("footnoteReference"), w("commentReference"), w("sdtPr"), w("delText"),
}  # fmt: skip
CONTROL, CONTROL_PR, PROMPT = w("sdt"), w("sdtPr"), w("showingPlcHdr")
SIMPLE_FIELD = w("fldSimple")


class Runs:
    """Reads paragraphs. ``parts``: all that holds runs, to see which fonts are in old letters.

    ``computed``: fields that are computed anew were computed just now.
    """

    def __init__(self, parts: Sequence[Element], styles: Styles, root: Element | None, computed: bool = False) -> None:
        self._styles = styles
        self._computed = computed
        self.hidden_text = ""  # the first that was met
        everything = [*parts, *([] if root is None else [root])]
        names = {
            name for part in everything for fonts in part.iter(R_FONTS) for key in FONTS if (name := fonts.get(key))
        }
        has_old = any(map(charsets.encoding_of_font, names))
        # in most documents no font says more than how letters look, and nothing is hidden: then no run is asked
        self._fonts_matter = has_old or any(map(is_symbol_font, names))
        self._has_hidden, self._has_capitals = (
            any(next(part.iter(w(flag)), None) is not None for part in everything) for flag in ("vanish", "caps")
        )
        self._paper = PaperColour(parts, styles, root)
        paragraphs = (paragraph for part in parts for paragraph in part.iter(w("p")))
        pieces = (piece for paragraph in paragraphs for piece in self._pieces(paragraph))
        self.fonts = OldFonts(pieces if has_old else ())

    def text(self, paragraphs: Sequence[Element]) -> str:
        """What paragraphs say that are shown as one (the marks between them are deleted): ``\\n`` between lines,
        ``PAGE`` where the page breaks, without the text boxes anchored there."""
        return self.fonts.text([piece for paragraph in paragraphs for piece in self._pieces(paragraph)])

    def label(self, label: Label, paragraph: Element) -> str:
        """An automatic number as it is shown before its paragraph."""
        font = label.font or self._styles.paragraph_font(self._styles.style_of(paragraph))
        if is_symbol_font(label.font) or (label.is_bullet and is_private(label.text)):
            return convert_symbols(label.text, label.font if is_symbol_font(label.font) else "Symbol")
        return self.fonts.text([Piece(label.text, font)])

    def _pieces(self, paragraph: Element) -> Iterator[Piece]:
        style = self._styles.style_of(paragraph)
        default = self._styles.paragraph_font(style) if self._fonts_matter else ""
        fields = FieldStack(self._computed)
        for run in _text_runs(paragraph):
            properties = run.find(R_PR)
            if self._is_unseen(run, properties, style):
                fields.skip(run)
                self.hidden_text = self.hidden_text or fields.shown(_text(run)).strip()
                continue
            font = (self._styles.run_font(properties) or default) if self._fonts_matter else ""
            capitals = self._has_capitals and self._styles.has("caps", properties, style)
            for text in _texts(run, fields):
                if shown := fields.shown(text):
                    converted = convert_symbols(shown, font) if font and is_symbol_font(font) else shown
                    yield Piece(converted, font, capitals)
        if rest := fields.rest():
            yield Piece(rest, default)

    def _is_unseen(self, run: Element, properties: Element | None, style: str | None) -> bool:
        """Whether a run is hidden or in the colour of the paper, or the result of a simple field computed anew."""
        if self._has_hidden and self._styles.has("vanish", properties, style):
            return True
        if self._paper.hides(run, properties, style):
            return True
        field = run.getparent()
        if not self._computed or field is None or field.tag != SIMPLE_FIELD:
            return False
        return FieldStack(self._computed).computes(field.get(w("instr"), ""))


def _texts(run: Element, fields: FieldStack) -> Iterator[str]:
    """What a run says, in stretches between the marks of fields."""
    if next(run.iterchildren(*FIELD_MARKS), None) is None:
        yield _text(run)
        return
    for child in run.iterchildren():
        if child.tag in FIELD_MARKS:
            yield fields.mark(child)
        else:
            yield _text(child)


def is_prompt(control: Element) -> bool:
    """Whether a content control shows only the prompt of its template: nobody has filled it in."""
    properties = control.find(CONTROL_PR)
    return properties is not None and is_on(properties.find(PROMPT))


def _text_runs(element: Element) -> Iterator[Element]:
    """The runs inside a paragraph, however they are wrapped (links, insertions, fields, content controls)."""
    for node in element.iterchildren():
        tag = node.tag
        if tag in RUNS:
            yield node
        elif tag == ALTERNATIVE:
            yield from _text_runs(chosen_branch(node, RUNS))
        elif tag not in SKIPPED and not (tag == CONTROL and is_prompt(node)):
            yield from _text_runs(node)


def chosen_branch(alternative: Element, tags: set[str]) -> Element:
    """Of several ways to say one thing the first that holds any of these elements."""
    branches = [branch for branch in alternative if branch.tag in (CHOICE, FALLBACK)]
    holding = (branch for branch in branches if next(branch.iter(*tags), None) is not None)
    return next(holding, branches[0] if branches else alternative)


def _text(node: Element) -> str:
    """What a run, or a thing inside it, says."""
    tag = node.tag
    if tag in TEXTS:
        return node.text or ""
    if tag in CONTROLS:
        return PAGE if is_page_break(node) else CONTROLS[tag]
    if tag == SYMBOL:
        return convert_symbol(node.get(w("char"), ""), node.get(w("font"), ""))
    if tag == ALTERNATIVE:
        return next((text for branch in node if (text := _branch_text(branch))), "")
    return "" if tag in SKIPPED else "".join(map(_text, node.iterchildren()))


def _branch_text(branch: Element) -> str:
    """What one way of saying it says: letters, or a sign of the newer kind (``w16se:symEx``)."""
    for sign in branch.iterchildren("{*}symEx"):
        attributes = {key.rpartition("}")[2]: value for key, value in sign.items()}
        return convert_symbol(attributes.get("char", ""), attributes.get("font", ""))
    return "".join(map(_text, branch.iterchildren()))

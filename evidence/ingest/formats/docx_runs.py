"""The runs of a Word document (ECMA-376): what a paragraph says, and in which font each stretch of it is set.

Left out is what nobody sees on the page: text deleted in tracked changes, hidden text, field codes, the marks of notes
and comments. A field that Word computes anew whenever a document is opened (``DATE``, ``TIME``) says nothing where the
file was just converted: LibreOffice puts in the day of reading, which is not the document's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn

from evidence.ingest.encoding.fonts import SOFT, OldFonts, Piece
from evidence.ingest.formats.docx_breaks import PAGE, Breaks, is_page_break
from evidence.ingest.formats.safe_xml import Element

MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
TEXTS = {qn("w:t"), f"{MATH}t"}
RUNS = {qn("w:r"), f"{MATH}r"}
CONTROLS = {
    qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): SOFT,
}  # fmt: skip
SKIPPED = {
    qn("w:pPr"), qn("w:rPr"), qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:drawing"), qn("w:pict"),
    qn("w:object"), f"{MARKUP}AlternateContent",
    qn("w:footnoteReference"), qn("w:commentReference"), qn("w:sdtPr"), qn("w:delText"),
}  # fmt: skip
OFF = frozenset({"0", "false", "off", "none"})
COMPUTED = frozenset({"DATE", "TIME"})
DEEP = 20  # styles based on one another


class Runs:
    """Reads paragraphs. ``parts``: all that holds runs, to see which fonts are in old letters; ``styles``: their XML.

    ``computed``: fields that are computed anew were computed just now.
    """

    def __init__(self, parts: Sequence[Element], styles: Element, computed: bool = False) -> None:
        self._styles = {style.get(qn("w:styleId")): style for style in styles.iterchildren(qn("w:style"))}
        self._document_font = next(
            (_font(fonts) for fonts in styles.iterfind(f"{qn('w:docDefaults')}//{qn('w:rFonts')}")), None
        )
        self._default = next((name for name, style in self._styles.items() if _is_default(style)), None)
        self._computed = computed
        self.breaks = Breaks(parts)
        self._font_of_style: dict[str | None, str | None] = {}
        paragraphs = (paragraph for part in parts for paragraph in part.iter(qn("w:p")))
        self.fonts = OldFonts(piece for paragraph in paragraphs for piece in self._pieces(paragraph))

    def text(self, paragraph: Element) -> str:
        """What the paragraph says, ``\\n`` between its lines, ``PAGE`` where it breaks the page, without the text boxes
        anchored in it."""
        return self.fonts.text(list(self._pieces(paragraph)))

    def _pieces(self, paragraph: Element) -> Iterator[Piece]:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        default = (
            self._style_font(style.get(qn("w:val")) if style is not None else self._default)
            or self._document_font
            or ""
        )
        muted = 0  # depth inside the result of a field that is computed anew
        code = ""
        for run in _text_runs(paragraph):
            for mark in run.iterchildren(qn("w:fldChar"), qn("w:instrText")):
                kind = mark.get(qn("w:fldCharType"))
                if kind == "begin":
                    muted, code = muted + bool(muted), ""
                elif kind == "separate":
                    muted = muted or int(self._is_computed(code))
                elif kind == "end":
                    muted = max(0, muted - 1)
                else:
                    code += mark.text or ""
            if not muted and not self._in_computed(run) and not _has(run, "w:vanish") and (text := _text(run)):
                yield Piece(text, self._run_font(run) or default, _has(run, "w:caps"))

    def _is_computed(self, code: str) -> bool:
        return self._computed and code.strip().partition(" ")[0].upper() in COMPUTED

    def _in_computed(self, run: Element) -> bool:
        """Whether it is the result of a simple field that is computed anew."""
        field = run.getparent()
        return field.tag == qn("w:fldSimple") and self._is_computed(field.get(qn("w:instr"), ""))

    def _run_font(self, run: Element) -> str | None:
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return None
        own = properties.find(qn("w:rFonts"))
        if own is not None and (name := _font(own)):
            return name
        style = properties.find(qn("w:rStyle"))
        return self._style_font(style.get(qn("w:val"))) if style is not None else None

    def _style_font(self, name: str | None) -> str | None:
        if name not in self._font_of_style:
            self._font_of_style[name] = self._inherited_font(name)
        return self._font_of_style[name]

    def _inherited_font(self, name: str | None) -> str | None:
        """The font of a style, or of the nearest one that it is based on."""
        for _ in range(DEEP):
            style = self._styles.get(name)
            if style is None:
                return None
            own = style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            if own is not None and (font := _font(own)):
                return font
            based = style.find(qn("w:basedOn"))
            name = based.get(qn("w:val")) if based is not None else None
        return None


def _is_default(style: Element) -> bool:
    return bool(style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default"), "0") not in OFF)


def _font(fonts: Element) -> str | None:
    """The font of letters with marks; a font of the theme is never an old one."""
    return next((name for key in ("w:hAnsi", "w:ascii", "w:cs") if (name := fonts.get(qn(key)))), None)


def _text_runs(element: Element) -> Iterator[Element]:
    """The runs inside a paragraph, however they are wrapped (links, insertions, fields, content controls)."""
    for node in element.iterchildren():
        if node.tag in RUNS:
            yield node
        elif node.tag not in SKIPPED:
            yield from _text_runs(node)


def _text(node: Element) -> str:
    """What a run, or a thing inside it, says."""
    if node.tag in TEXTS:
        return node.text or ""
    if node.tag in CONTROLS:
        return PAGE if is_page_break(node) else CONTROLS[node.tag]
    return "" if node.tag in SKIPPED else "".join(map(_text, node.iterchildren()))


def _has(run: Element, name: str) -> bool:
    """Whether a run bears that property itself: hidden, in capitals."""
    flag = run.find(f"{qn('w:rPr')}/{qn(name)}")
    return flag is not None and flag.get(qn("w:val"), "1") not in OFF

"""The styles of a Word document: the font, the hiding, the capitals and the automatic number of what is set in them."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.ingest.formats.safe_xml import Element
from evidence.ingest.word.names import VAL, is_on, w

DEEP = 20  # styles based on one another
FONTS = (w("hAnsi"), w("ascii"), w("cs"))  # of letters with marks; a font of the theme is never an old one
P_STYLE, R_STYLE, P_PR, R_PR, R_FONTS = (w(name) for name in ("pStyle", "rStyle", "pPr", "rPr", "rFonts"))


class Styles:
    """What styles say; ``root`` is the part's XML, ``None`` where the document has none."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.findall(w("style"))
        self._styles: dict[str | None, Element] = {style.get(w("styleId")): style for style in found}
        self._default = next((name for name, style in self._styles.items() if _is_default(style)), None)
        defaults = [] if root is None else root.iterfind(f"{w('docDefaults')}//{R_FONTS}")
        self._document_font = next((name for fonts in defaults if (name := own_font(fonts))), "")
        self._fonts: dict[str | None, str] = {}
        self._flags: dict[tuple[str | None, str], bool | None] = {}

    def style_of(self, paragraph: Element) -> str | None:
        """The name of a paragraph's style."""
        properties = paragraph.find(P_PR)
        style = properties.find(P_STYLE) if properties is not None else None
        return style.get(VAL) if style is not None else self._default

    def paragraph_font(self, style: str | None) -> str:
        """The font of text that names none itself."""
        return self._font(style) or self._document_font

    def run_font(self, properties: Element | None) -> str:
        """The font that a run names, itself or by its style; empty where it names none."""
        if properties is None:
            return ""
        own = properties.find(R_FONTS)
        if own is not None and (name := own_font(own)):
            return name
        style = properties.find(R_STYLE)
        return self._font(style.get(VAL)) if style is not None else ""

    def has(self, flag: str, properties: Element | None, paragraph_style: str | None) -> bool:
        """Whether text bears a property such as ``vanish`` or ``caps``: by itself, by its style, by its paragraph's."""
        if properties is not None:
            own = properties.find(w(flag))
            if own is not None:
                return is_on(own)
            style = properties.find(R_STYLE)
            if style is not None and (inherited := self._flag(style.get(VAL), flag)) is not None:
                return inherited
        return bool(self._flag(paragraph_style, flag))

    def property_of(self, tag: str, properties: Element | None, paragraph_style: str | None) -> Element | None:
        """What a run says of a property such as its colour: itself, by its style, by its paragraph's."""
        if properties is not None and (own := properties.find(tag)) is not None:
            return own
        style = properties.find(R_STYLE) if properties is not None else None
        names = (style.get(VAL) if style is not None else None, paragraph_style)
        marks = (each.find(f"{R_PR}/{tag}") for name in names for _, each in self.chain(name))
        return next((mark for mark in marks if mark is not None), None)

    def is_shaded(self, name: str | None) -> bool:
        """Whether a style, or one that it is based on, shades what it is given to or a part of it."""
        return any(next(style.iter(w("shd")), None) is not None for _, style in self.chain(name))

    def chain(self, name: str | None) -> Iterator[tuple[str | None, Element]]:
        """A style and those it is based on, the nearest first."""
        for _ in range(DEEP):
            style = self._styles.get(name)
            if style is None:
                return
            yield name, style
            based = style.find(w("basedOn"))
            name = based.get(VAL) if based is not None else None

    def _font(self, name: str | None) -> str:
        if name not in self._fonts:
            fonts = (style.find(f"{R_PR}/{R_FONTS}") for _, style in self.chain(name))
            self._fonts[name] = next((font for own in fonts if own is not None and (font := own_font(own))), "")
        return self._fonts[name]

    def _flag(self, name: str | None, flag: str) -> bool | None:
        """What the style says of the property; ``None`` where it says nothing."""
        if (name, flag) not in self._flags:
            marks = (style.find(f"{R_PR}/{w(flag)}") for _, style in self.chain(name))
            self._flags[name, flag] = next((is_on(mark) for mark in marks if mark is not None), None)
        return self._flags[name, flag]


def own_font(fonts: Element) -> str:
    """The font of letters with marks that a ``w:rFonts`` names; empty where it names none."""
    return next((name for key in FONTS if (name := fonts.get(key))), "")


def _is_default(style: Element) -> bool:
    return style.get(w("type")) == "paragraph" and style.get(w("default"), "0") not in ("0", "false", "off")

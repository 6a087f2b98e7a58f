"""Text in the colour of the paper (ECMA-376, ``w:color``): nobody sees it on the page, so it says nothing.

White letters upon a shade (a heading of a table, a banner) are seen; where what lies beneath cannot be told (a text
box, a page with a background, letters with an outline), they count as seen.
"""

from __future__ import annotations

from collections.abc import Sequence

from evidence.ingest.formats.safe_xml import Element
from evidence.ingest.word.names import VAL, w
from evidence.ingest.word.styles import P_PR, Styles

PALE = 0xF8  # of 255: a letter with no part of its colour below this does not show on white paper
COLOUR, SHADE, FILL, HIGHLIGHT = w("color"), w("shd"), w("fill"), w("highlight")
NO_SHADE = ("", "auto", "none", "white")
DRAWN = tuple(map(w, ("outline", "shadow", "emboss", "imprint")))  # letters that show by more than their colour
EFFECTS = ("{*}textOutline", "{*}textFill", "{*}glow", "{*}shadow", "{*}reflection")
CELL, TABLE, BOX = w("tc"), w("tbl"), w("txbxContent")


class PaperColour:
    """Tells the runs of one document that do not show. ``parts``: all that holds runs; ``root``: the styles' XML."""

    def __init__(self, parts: Sequence[Element], styles: Styles, root: Element | None) -> None:
        self._styles = styles
        everything = [*parts, *([] if root is None else [root])]
        has_background = any(
            next(part.itersiblings(w("background"), preceding=True), None) is not None for part in parts
        )
        self._possible = not has_background and any(map(_is_pale, (c for e in everything for c in e.iter(COLOUR))))

    def hides(self, run: Element, properties: Element | None, style: str | None) -> bool:
        """Whether a run of a paragraph of that style is set in the colour of the paper, and on the paper."""
        if not self._possible or not _is_pale(self._styles.property_of(COLOUR, properties, style)):
            return False
        if properties is not None and next(properties.iterchildren(*DRAWN, *EFFECTS), None) is not None:
            return False
        shades = [self._styles.property_of(tag, properties, style) for tag in (SHADE, HIGHLIGHT)]
        if any(map(_is_shade, shades)) or self._styles.is_shaded(style):
            return False
        return not any(self._is_shaded(ancestor) for ancestor in run.iterancestors())

    def _is_shaded(self, element: Element) -> bool:
        """Whether what stands around a run may have a shade of its own."""
        if element.tag == BOX:
            return True
        if element.tag == TABLE:
            style = element.find(f"{w('tblPr')}/{w('tblStyle')}")
            return _has_shade(element.find(w("tblPr"))) or (
                style is not None and self._styles.is_shaded(style.get(VAL))
            )
        return element.tag in (CELL, w("p")) and _has_shade(element.find(w("tcPr") if element.tag == CELL else P_PR))


def _is_pale(colour: Element | None) -> bool:
    value = colour.get(VAL, "") if colour is not None else ""
    try:
        return len(value) == 6 and min(bytes.fromhex(value)) >= PALE
    except ValueError:
        return False


def _is_shade(shade: Element | None) -> bool:
    """Whether a shade or highlight darkens the paper."""
    if shade is None or (
        shade.get(FILL, "auto").lower() in NO_SHADE and shade.get(VAL, "").lower() in (*NO_SHADE, "clear")
    ):
        return False
    return str(shade.get(FILL, "")).upper() != "FFFFFF"


def _has_shade(properties: Element | None) -> bool:
    return properties is not None and _is_shade(properties.find(SHADE))

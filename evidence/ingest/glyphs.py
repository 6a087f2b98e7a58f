"""The words of one PDF page, from pdfium's characters.

Loose character boxes (advance width by font height) are used: tight ones put the hyphen off its row. Text that lives in
the appearance of a signature field, form field or annotation shows only once the page is flattened: what is there after
flattening and was not before gets ``Origin.WIDGET``.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from evidence.model import Box, Origin, Word

GAP = 0.22  # share of the height; characters further apart belong to two words
BACK = 0.6  # share of the height; a step back further than this starts a new word
SAME_ROW = 0.5  # share of the lower height that two characters of one word overlap by
SKIPPED = {0x00, 0xAD, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xFFFE, 0xFFFF}


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and its box, from the page's top left."""

    text: str
    box: Box


class Placing:
    """Turns pdfium's coordinates (origin bottom left, before rotation) into ours."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = page.get_size()
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._rotation = page.get_rotation()

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        one, two = self._point(left, bottom), self._point(right, top)
        return (min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        match self._rotation:
            case 90:
                return y - self._bottom, x - self._left
            case 180:
                return self._right - x, y - self._bottom
            case 270:
                return self._top - y, self._right - x
            case _:
                return x - self._left, self._top - y


def glyphs(page: Any) -> list[Glyph | None]:
    """The characters in the file's order; ``None`` stands for white space."""
    textpage = page.get_textpage()
    try:
        return _glyphs(textpage.raw, Placing(page))
    finally:
        textpage.close()


def _glyphs(text: Any, placing: Placing) -> list[Glyph | None]:
    found: list[Glyph | None] = []
    rect = raw.FS_RECTF()
    high = 0
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if code in SKIPPED or code > 0x10FFFF:
            continue
        character = "-" if code == 0x02 else chr(code)  # pdfium's mark for a hyphen at a line's end
        if character.isspace() or unicodedata.category(character) == "Cc":
            found.append(None)
        elif raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect)):
            found.append(Glyph(character, placing.box(rect.left, rect.bottom, rect.right, rect.top)))
    return found


def words(found: list[Glyph | None], origin: Origin = Origin.TEXT) -> list[Word]:
    """Characters joined to words where they touch in one row; composed (NFC)."""
    result: list[Word] = []
    run: list[Glyph] = []
    for glyph in [*found, None]:
        if glyph is None or (run and not _joins(run[-1], glyph)):
            if run:
                result.append(_word(run, origin))
            run = []
        if glyph is not None:
            run.append(glyph)
    return result


def _joins(last: Glyph, glyph: Glyph) -> bool:
    if unicodedata.combining(glyph.text):
        return True
    one, two = last.box, glyph.box
    height = min(one[3] - one[1], two[3] - two[1])
    if min(one[3], two[3]) - max(one[1], two[1]) < SAME_ROW * height:
        return False
    step = two[0] - one[2]
    return -BACK * height <= step <= GAP * height


def _word(run: list[Glyph], origin: Origin) -> Word:
    text = unicodedata.normalize("NFC", "".join(glyph.text for glyph in run))
    lefts, tops, rights, bottoms = zip(*(glyph.box for glyph in run), strict=True)
    box = (min(lefts), min(tops), max(rights), max(bottoms))
    return Word(text, (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)), 1.0, origin)


def only_after(before: list[Glyph | None], after: list[Glyph | None]) -> list[Glyph | None]:
    """The characters of the flattened page that were not there before, with white space between strangers."""
    seen = Counter(_place(glyph) for glyph in before if glyph)
    result: list[Glyph | None] = []
    for glyph in after:
        if glyph and seen[_place(glyph)] > 0:
            seen[_place(glyph)] -= 1
            result.append(None)
        else:
            result.append(glyph)
    return result


def _place(glyph: Glyph) -> tuple[str, int, int]:
    return glyph.text, round(glyph.box[0]), round(glyph.box[3])


def flatten(page: Any) -> bool:
    """Draws annotations and fields into the page (in memory only). True where that changed something."""
    return bool(raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


def hidden(page: Any) -> bool:
    """Whether most text is invisible (render mode 3) or lies under a later image: the layer of a foreign OCR."""
    shown = covered = 0
    big = _last_big_image(page)
    for index, item in enumerate(page.get_objects(filter=None, max_depth=3)):
        if item.type != raw.FPDF_PAGEOBJ_TEXT:
            continue
        if raw.FPDFTextObj_GetTextRenderMode(item.raw) == raw.FPDF_TEXTRENDERMODE_INVISIBLE or index < big:
            covered += 1
        else:
            shown += 1
    return covered > shown


def _last_big_image(page: Any) -> int:
    width, height = page.get_size()
    last = -1
    for index, item in enumerate(page.get_objects(filter=None, max_depth=3)):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE and share(item, width * height) > 0.4:
            last = index
    return last


def share(item: Any, area: float) -> float:
    """What share of the page an object's box covers."""
    left, bottom, right, top = item.get_bounds()
    return max(0.0, float((right - left) * (top - bottom))) / (area or 1.0)


def images(page: Any) -> list[Any]:
    """The page's image objects."""
    return list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def load(file: Any) -> pdfium.PdfDocument:
    """The opened PDF. pdfium's own error where it cannot be."""
    return pdfium.PdfDocument(file)

"""The words of one PDF page, from pdfium's characters.

Loose character boxes (advance width by font height) are used: tight ones put the hyphen off its row. Text that lives in
the appearance of a signature field, form field or annotation shows only once the page is flattened: what is there after
flattening and was not before gets ``Origin.WIDGET``.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from evidence.model import Box, Origin, Word

GAP = 0.22  # share of the height; characters further apart belong to two words
BACK = 0.6  # share of the height; a step back further than this starts a new word
SAME_ROW = 0.5  # share of the lower height that two characters of one word overlap by
RIGHT, LEFT, DOWN, UP = (1, 0), (-1, 0), (0, 1), (0, -1)
TURNS = {RIGHT: 0, LEFT: 180, DOWN: 270, UP: 90}
FEW_STEPS = 40  # steps between characters that a page must have for its direction to be told
BIG = 0.4  # share of the page from which an image hides what lies beneath
SOFT = 0xAD  # a soft hyphen; in TCVN3 fonts an ư
SKIPPED = {0x00, SOFT, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xFFFE, 0xFFFF}


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
        if self._rotation == 0:
            return (left - self._left, self._top - top, right - self._left, self._top - bottom)
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
        return characters(textpage.raw, Placing(page))
    finally:
        textpage.close()


def characters(text: Any, placing: Placing, seen: Callable[[int], object] | None = None) -> list[Glyph | None]:
    """The same of a text page. ``seen`` is told the index of each that is no white space; then U+00AD is one too."""
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
        if (code in SKIPPED and not (seen and code == SOFT)) or code > 0x10FFFF:
            continue
        character = "-" if code == 0x02 else chr(code)  # pdfium's mark for a hyphen at a line's end
        if character.isspace() or unicodedata.category(character) == "Cc":
            found.append(None)
        elif raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect)):
            found.append(Glyph(character, placing.box(rect.left, rect.bottom, rect.right, rect.top)))
            if seen:
                seen(index)
    return found


def words(found: list[Glyph | None], origin: Origin = Origin.TEXT) -> list[Word]:
    """Characters joined to words where they touch in one row; composed (NFC)."""
    result: list[Word] = []
    run: list[Glyph] = []
    for glyph in [*found, None]:
        if glyph is None or (run and not _joins(run, glyph)):
            if run:
                result.append(_word(run, origin))
            run = []
        if glyph is not None:
            run.append(glyph)
    return result


def _joins(run: list[Glyph], glyph: Glyph) -> bool:
    if unicodedata.combining(glyph.text):
        return True
    bases = [other for other in run[-8:] if not unicodedata.combining(other.text)] or run
    one, two = bases[-1].box, glyph.box
    upright = len(bases) == 1 or _step(bases[-2].box, one) in (RIGHT, LEFT)
    if (len(bases) == 1 or not upright) and _step(one, two) in (DOWN, UP):
        one, two = _mirrored(one), _mirrored(two)  # text that runs down or up the page, as in a margin
        if one[0] > two[0]:
            one, two = two, one
    elif not upright:
        return False
    height = min(one[3] - one[1], two[3] - two[1])
    if min(one[3], two[3]) - max(one[1], two[1]) < SAME_ROW * height:
        return False
    step = two[0] - one[2]
    return -BACK * height <= step <= GAP * height


def _step(one: Box, two: Box) -> tuple[int, int]:
    """The way from one box to the next: right, left, down or up."""
    across, along = one[0] + one[2] - two[0] - two[2], one[1] + one[3] - two[1] - two[3]
    if abs(across) >= abs(along):
        return RIGHT if across <= 0 else LEFT
    return DOWN if along < 0 else UP


def _mirrored(box: Box) -> Box:
    return (box[1], box[0], box[3], box[2])


def turn(found: list[Glyph | None]) -> int:
    """By how many degrees, clockwise, the page must be turned for its text to run from left to right."""
    steps = Counter(_step(one.box, two.box) for one, two in pairwise(found) if one and two)
    total = sum(steps.values())
    if total < FEW_STEPS:
        return 0
    way, count = steps.most_common(1)[0]
    return TURNS[way] if count > 0.7 * total else 0


def turned(found: list[Glyph | None], degrees: int, width: float, height: float) -> list[Glyph | None]:
    """The characters of a page of that size as they stand once it is turned clockwise."""

    def place(box: Box) -> Box:
        left, top, right, bottom = box
        match degrees:
            case 90:
                return (height - bottom, left, height - top, right)
            case 180:
                return (width - right, height - bottom, width - left, height - top)
            case _:
                return (top, width - right, bottom, width - left)

    return [glyph and Glyph(glyph.text, place(glyph.box)) for glyph in found]


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
    """Draws annotations and fields into the page (in memory only). True where there were any."""
    if raw.FPDFPage_GetAnnotCount(page.raw) == 0:
        return False
    return bool(raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be seen of a page's objects: the share of its largest image, whether most text is invisible
    (render mode 3) or lies under a large image (the layer of a foreign OCR), how many paths are drawn."""

    image: float
    hidden: bool
    paths: int


def look(page: Any) -> Sight:
    """One walk over the page's objects, in the order in which they are drawn."""
    width, height = page.get_size()
    largest, paths, shown, covered = 0.0, 0, 0, 0
    for item in page.get_objects(max_depth=3):
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            invisible = raw.FPDFTextObj_GetTextRenderMode(item.raw) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
            covered, shown = covered + invisible, shown + (not invisible)
        elif item.type == raw.FPDF_PAGEOBJ_PATH:
            paths += 1
        elif item.type == raw.FPDF_PAGEOBJ_IMAGE:
            part = share(item, width * height)
            largest = max(largest, part)
            if part > BIG:  # what was drawn before lies beneath it
                covered, shown = covered + shown, 0
    return Sight(largest, covered > shown, paths)


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

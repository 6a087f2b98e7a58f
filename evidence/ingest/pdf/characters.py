"""The characters of one PDF page, from pdfium, with their boxes.

Loose character boxes (advance width by font height) are used: tight ones put the hyphen off its row. Text that lives in
the appearance of a signature field, form field or annotation is another matter (``annotations``).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import compress, pairwise, repeat

import numpy as np
import numpy.typing as npt
from pypdfium2 import PdfPage
from pypdfium2.raw import FPDF_TEXTPAGE

from evidence.ingest.pdf.pdfium_calls import (
    code_point,
    copy_text,
    count_characters,
    find_generated,
    handle_address,
    read_loose_boxes,
)

Boxes = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.intp]

FEW_STEPS = 40  # steps between characters that a page must have for its direction to be told
NEAR = 0.5  # points that a character may move when a page is drawn anew
MOST = 0.7  # share of the steps that must go one way
HYPHEN, HYPHEN_IN_TEXT = 0x02, 0xFFFE  # pdfium's marks for a hyphen at a line's end: alone, and in a text
SKIPPED = {0x00, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xFFFE, 0xFFFF}
BEYOND = 0x10000  # stands for all characters from here on
UNKNOWN, SEEN, WHITE, NOTHING = range(4)
KINDS = np.zeros(BEYOND + 1, np.uint8)  # what each character is, once it has been met


@dataclass(frozen=True, slots=True, eq=False)
class Glyphs:
    """The characters that can be seen, in the file's order: text, box from the page's top left, whether white space
    stands before it, and its place among all of pdfium's characters."""

    texts: Sequence[str]
    boxes: Boxes
    parted: Flags
    places: Places

    def __len__(self) -> int:
        return len(self.places)


EMPTY = Glyphs("", np.zeros((0, 4)), np.zeros(0, np.bool_), np.zeros(0, np.intp))


class PageCoordinates:
    """Turns pdfium's coordinates (origin bottom left, before rotation) into ours."""

    def __init__(self, page: PdfPage) -> None:
        self.width, self.height = page.get_size()
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._rotation = page.get_rotation()

    def boxes(self, rects: npt.NDArray[np.float32]) -> Boxes:
        """The boxes of pdfium's rectangles: left, top, right, bottom there too, but seen from below."""
        left, top, right, bottom = rects.T.astype(np.float64)
        match self._rotation:
            case 90:
                sides = (bottom - self._bottom, left - self._left, top - self._bottom, right - self._left)
            case 180:
                sides = (self._right - right, bottom - self._bottom, self._right - left, top - self._bottom)
            case 270:
                sides = (self._top - top, self._right - right, self._top - bottom, self._right - left)
            case _:
                sides = (left - self._left, self._top - top, right - self._left, self._top - bottom)
                return np.column_stack(sides)
        least, most = np.minimum(sides[:2], sides[2:]), np.maximum(sides[:2], sides[2:])
        return np.column_stack((*least, *most))


def read_glyphs(page: PdfPage) -> Glyphs:
    """The page's characters."""
    textpage = page.get_textpage()
    try:
        return read_text_glyphs(textpage.raw, PageCoordinates(page))
    finally:
        textpage.close()


def read_text_glyphs(text: FPDF_TEXTPAGE, coordinates: PageCoordinates) -> Glyphs:
    """The same of a text page. Soft hyphens are characters too: they may be printed, or stand for letters."""
    handle = handle_address(text)
    codes = _codes(handle)
    kinds = _kinds(codes)
    places = np.flatnonzero(kinds == SEEN)
    rects, boxed = read_loose_boxes(handle, places.tolist())
    if not boxed.all():
        places, rects = places[boxed], rects[boxed]
    seen = codes[places].astype("<u4").tobytes().decode("utf-32-le")
    white = kinds == WHITE
    glyphs = Glyphs(seen, coordinates.boxes(rects), _parted(places, white), places)
    if detect_rotation(glyphs):
        # pdfium takes text that runs down the page for lines of a word each and ends them by itself
        spots = np.flatnonzero(white)
        white[spots] = ~find_generated(handle, spots.tolist())
        return replace(glyphs, parted=_parted(places, white))
    return glyphs


def _parted(places: Places, white: Flags) -> Flags:
    """Before which of the places a character that is white space stands."""
    return _rises(np.cumsum(white, dtype=np.intp).take(places))


def _rises(counts: Places) -> Flags:
    """Where a count, which began at 0, is higher than before."""
    rises = np.empty(len(counts), np.bool_)
    rises[:1] = counts[:1] > 0
    np.greater(counts[1:], counts[:-1], out=rises[1:])
    return rises


def _codes(handle: int) -> Codes:
    """The code points of all characters, 0 where there is none.

    The text is asked for as a whole; one by one only where pdfium leaves characters out of it or needs two UTF-16
    units for one, so that units and characters are out of step.
    """
    count = max(count_characters(handle), 0)
    units = np.empty(count + 1, np.uint16)
    written = copy_text(handle, 0, count, units.ctypes.data)
    codes = units[:count].astype(np.uint32)
    if written != count + 1 or ((codes & 0xF800) == 0xD800).any():
        codes = _paired(np.fromiter(map(code_point, repeat(handle), range(count)), np.uint32, count))
    for place in np.flatnonzero(codes == HYPHEN_IN_TEXT):
        codes[place] = code_point(handle, int(place))
    codes[codes == HYPHEN] = ord("-")
    codes[codes > 0x10FFFF] = 0
    return codes


def _paired(codes: Codes) -> Codes:
    """Surrogates joined, at the place of the second one; what is no pair becomes U+FFFD or nothing."""
    joined = codes.copy()
    for place in np.flatnonzero((codes & 0xFFFFF800) == 0xD800):
        low, high = int(codes[place]), int(codes[place - 1]) if place else 0
        if low < 0xDC00:
            joined[place] = 0
        elif 0xD800 <= high < 0xDC00:
            joined[place] = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
        else:
            joined[place] = 0xFFFD
    return joined


def _kinds(codes: Codes) -> npt.NDArray[np.uint8]:
    """For each code point, whether it is seen, white space, or nothing."""
    known = np.minimum(codes, BEYOND)
    kinds = KINDS[known]
    if not kinds.all():
        for code in set(known[kinds == UNKNOWN].tolist()):
            KINDS[code] = _kind(code)
        kinds = KINDS[known]
    return kinds


def _kind(code: int) -> int:
    if code in SKIPPED:
        return NOTHING
    white = chr(code).isspace() or unicodedata.category(chr(code)) == "Cc"
    return WHITE if white else SEEN


def runs_across(across: Boxes, along: Boxes) -> Flags:
    """Whether the way from one middle to the next leads to the right or left, not down or up."""
    level: Flags = np.abs(across) >= np.abs(along)
    return level


def measure_steps(boxes: Boxes) -> tuple[Boxes, Boxes]:
    """How far it is from each box to the next: to the right, and down (twice as far, to be exact)."""
    across, along = boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]
    return across[1:] - across[:-1], along[1:] - along[:-1]


@lru_cache(1)  # of a page whose characters all stay it is asked twice
def detect_rotation(glyphs: Glyphs) -> int:
    """By how many degrees, clockwise, the page must be turned for its text to run from left to right."""
    near = ~glyphs.parted[1:]
    total = int(np.count_nonzero(near))
    if total < FEW_STEPS:
        return 0
    across, along = measure_steps(glyphs.boxes)
    level = runs_across(across, along)
    if total - int(np.count_nonzero(near & level & (across >= 0))) <= MOST * total:
        return 0
    ways = {180: level & (across < 0), 270: ~level & (along > 0), 90: ~level & (along <= 0)}
    return next((degrees for degrees, way in ways.items() if np.count_nonzero(near & way) > MOST * total), 0)


def rotate_glyphs(glyphs: Glyphs, degrees: int, width: float, height: float) -> Glyphs:
    """The characters of a page of that size as they stand once it is turned clockwise."""
    left, top, right, bottom = glyphs.boxes.T
    match degrees:
        case 90:
            sides = (height - bottom, left, height - top, right)
        case 180:
            sides = (width - right, height - bottom, width - left, height - top)
        case _:
            sides = (top, width - right, bottom, width - left)
    return Glyphs(glyphs.texts, np.column_stack(sides), glyphs.parted, glyphs.places)


def select_glyphs(glyphs: Glyphs, kept: Flags) -> Glyphs:
    """Some of the characters; white space that stood before one that is left out stands before the next."""
    if kept.all():
        return glyphs
    left = np.flatnonzero(kept)
    parted = _rises(np.cumsum(glyphs.parted, dtype=np.intp).take(left))
    texts: Sequence[str]
    if isinstance(glyphs.texts, str) and len(glyphs.texts) == len(kept):
        edges = [0, *(np.flatnonzero(kept[1:] != kept[:-1]) + 1).tolist(), len(kept)]
        texts = "".join([glyphs.texts[start:end] for start, end in list(pairwise(edges))[not kept[0] :: 2]])
    else:
        texts = list(compress(glyphs.texts, kept.tolist()))
    return Glyphs(texts, glyphs.boxes.take(left, axis=0), parted, glyphs.places.take(left))


def select_added(before: Glyphs, after: Glyphs) -> Glyphs:
    """The characters of the flattened page that were not there before, with white space between those that did not
    stand side by side."""
    fresh = np.ones(len(after), np.bool_)
    same = _same(before, after)
    fresh[:same] = False
    seen = Counter(_spots(before, same))
    for index, spot in enumerate(_spots(after, same) if seen else (), same):
        if seen[spot] > 0:
            seen[spot] -= 1
            fresh[index] = False
    gaps = np.cumsum(after.parted | ~fresh)[fresh]
    texts = [after.texts[index] for index in np.flatnonzero(fresh).tolist()]
    return Glyphs(texts, after.boxes[fresh], np.diff(gaps, prepend=0) > 0, after.places[fresh])


def _same(before: Glyphs, after: Glyphs) -> int:
    """How many characters both begin with: as a rule all of before, as what is drawn into a page comes last."""
    count = min(len(before), len(after))
    if before.texts[:count] != after.texts[:count]:
        return 0
    far = np.abs(before.boxes[:count] - after.boxes[:count]).max(axis=1) > NEAR
    return int(far.argmax()) if far.any() else count


def _spots(glyphs: Glyphs, start: int) -> list[tuple[str, float, float]]:
    """Text, left and bottom of the characters from there on, to the point."""
    return list(zip(glyphs.texts[start:], *glyphs.boxes[start:, [0, 3]].round().T.tolist(), strict=True))

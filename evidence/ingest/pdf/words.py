"""Characters joined to words where they touch in one row, or in one column of text that runs down or up the page.

Whether two characters join depends on which way the text runs, and that shows only from the second character of a word
on. So both answers are worked out for all neighbours of a page at once (``first``: the left one begins its word;
``later``: it does not), and the few places where they differ are decided one after the other.
"""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise, repeat

import numpy as np
import numpy.typing as npt

from evidence.ingest.pdf.characters import Boxes, Flags, Glyphs, runs_across, steps
from evidence.model.document import Origin, Word
from evidence.model.geometry import Box

GAP = 0.22  # share of the height; characters further apart belong to two words
BACK = 0.6  # share of the height; a step back further than this starts a new word
PLAIN = frozenset(map(chr, [*range(0x300), *range(0x1E00, 0x1F00)]))  # no combining marks among them
# how each field of a word is set
FIELDS = [Word.__dict__[name].__set__ for name in ("text", "box", "confidence", "origin")]
SAME_ROW = 0.5  # share of the lower height that two characters of one word overlap by


def words(found: Glyphs, origin: Origin = Origin.TEXT) -> list[Word]:
    """The words in the order of the file; composed (NFC)."""
    if not len(found):
        return []
    starts = _starts(found)
    edges = [*starts.tolist(), len(found)]
    least, most = np.minimum.reduceat(found.boxes[:, :2], starts), np.maximum.reduceat(found.boxes[:, 2:], starts)
    boxes = zip(*least.round(2).T.tolist(), *most.round(2).T.tolist(), strict=True)
    return _made(_texts(found, edges), boxes, origin)


def _made(texts: Sequence[str], boxes: Iterable[Box], origin: Origin) -> list[Word]:
    """Words of these fields, which are set without a call of ``__init__`` for each: half of its time."""
    made = list(map(object.__new__, repeat(Word, len(texts))))
    columns: tuple[Iterable[object], ...] = (texts, boxes, repeat(1.0), repeat(origin))
    for place, values in zip(FIELDS, columns, strict=True):
        deque(map(place, made, values), maxlen=0)
    return made


def _texts(found: Glyphs, edges: list[int]) -> list[str]:
    """The text between each two edges."""
    whole = found.texts if isinstance(found.texts, str) else "".join(found.texts)
    if len(whole) == len(found):
        parts = [whole[start:end] for start, end in pairwise(edges)]
    else:
        parts = ["".join(found.texts[start:end]) for start, end in pairwise(edges)]
    if unicodedata.is_normalized("NFC", whole):  # then so is every part of it
        return parts
    return [unicodedata.normalize("NFC", part) for part in parts]


def _starts(found: Glyphs) -> npt.NDArray[np.intp]:
    """Which characters begin a word. A combining mark belongs to the letter before it, wherever its box is."""
    marks = _marks(found)
    if marks is None:
        return np.concatenate(([0], np.flatnonzero(~_joins(found.boxes, ~found.parted[1:])) + 1))
    bases = np.flatnonzero(found.parted | ~marks)
    apart = np.cumsum(found.parted)[bases]
    joins = _joins(found.boxes[bases], np.diff(apart) == 0)
    return bases[np.concatenate(([True], ~joins))]


def _marks(found: Glyphs) -> Flags | None:
    """Which characters are combining marks; the first one of a page counts as a letter. ``None``: none at all."""
    marks = {one for one in set(found.texts) - PLAIN if len(one) == 1 and unicodedata.combining(one)}
    if not marks:
        return None
    flags = np.zeros(len(found), np.bool_)
    flags[1:] = [one in marks for one in found.texts[1:]]
    return flags


def _joins(boxes: Boxes, near: Flags) -> Flags:
    """For each character but the first, whether it joins the one before; ``near``: no white space between them."""
    one, two = boxes[:-1].T, boxes[1:].T
    level = _touch(one, two)
    upright = runs_across(*steps(boxes))
    if not (near & ~upright).any():
        return near & level
    standing = _touch(*_mirrored(one, two))
    first = near & np.where(upright, level, standing)
    before = np.concatenate(([True], upright[:-1]))
    later = near & np.where(before, level, standing & ~upright)
    joins = first.copy()
    for place in np.flatnonzero(first[1:] != later[1:]) + 1:
        if joins[place - 1]:
            joins[place] = later[place]
    return joins


def _touch(one: Boxes, two: Boxes) -> Flags:
    """Whether the right one stands in the row of the left one, and close enough."""
    height = np.minimum(one[3] - one[1], two[3] - two[1])
    shared = np.minimum(one[3], two[3]) - np.maximum(one[1], two[1])
    step = two[0] - one[2]
    touch: Flags = (shared >= SAME_ROW * height) & (step >= -BACK * height) & (step <= GAP * height)
    return touch


def _mirrored(one: Boxes, two: Boxes) -> tuple[Boxes, Boxes]:
    """Both with their axes exchanged, the upper one first: text that runs down or up the page, as in a margin."""
    swap = one[1] > two[1]
    upper, lower = np.where(swap, two, one), np.where(swap, one, two)
    return upper[[1, 0, 3, 2]], lower[[1, 0, 3, 2]]

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

from evidence.ingest.layout.spaced_letters import join_spaced_letters
from evidence.ingest.pdf.characters import Boxes, Flags, Glyphs, measure_steps, runs_across
from evidence.model.document import Origin, Word
from evidence.model.geometry import Box

GAP = 0.22  # share of the height; characters further apart belong to two words
BACK = 0.6  # share of the height; a step back further than this starts a new word
PLAIN = frozenset(map(chr, [*range(0x300), *range(0x1E00, 0x1F00)]))  # no combining marks among them
# how each field of a word is set
FIELDS = [Word.__dict__[name].__set__ for name in ("text", "box", "confidence", "origin")]
SAME_ROW = 0.5  # share of the lower height that two characters of one word overlap by


def join_words(glyphs: Glyphs, origin: Origin = Origin.TEXT) -> list[Word]:
    """The words in the order of the file; composed (NFC), rows with spaced letters joined."""
    if not len(glyphs):
        return []
    starts = _starts(glyphs)
    edges = [*starts.tolist(), len(glyphs)]
    least, most = np.minimum.reduceat(glyphs.boxes[:, :2], starts), np.maximum.reduceat(glyphs.boxes[:, 2:], starts)
    boxes = zip(*np.concatenate((least, most), axis=1).round(2).T.tolist(), strict=True)
    texts = _texts(glyphs, edges)
    return join_spaced_letters(_make_words(texts, boxes, origin))


def _make_words(texts: Sequence[str], boxes: Iterable[Box], origin: Origin) -> list[Word]:
    """Words of these fields, which are set without a call of ``__init__`` for each: half of its time."""
    made = list(map(object.__new__, repeat(Word, len(texts))))
    columns: tuple[Iterable[object], ...] = (texts, boxes, repeat(1.0), repeat(origin))
    for place, values in zip(FIELDS, columns, strict=True):
        deque(map(place, made, values), maxlen=0)
    return made


def _texts(glyphs: Glyphs, edges: list[int]) -> list[str]:
    """The text between each two edges."""
    whole = glyphs.texts if isinstance(glyphs.texts, str) else "".join(glyphs.texts)
    if len(whole) == len(glyphs):
        parts = [whole[start:end] for start, end in pairwise(edges)]
    else:
        parts = ["".join(glyphs.texts[start:end]) for start, end in pairwise(edges)]
    if unicodedata.is_normalized("NFC", whole):  # then so is every part of it
        return parts
    return [unicodedata.normalize("NFC", part) for part in parts]


def _starts(glyphs: Glyphs) -> npt.NDArray[np.intp]:
    """Which characters begin a word. A combining mark belongs to the letter before it, wherever its box is."""
    marks = _marks(glyphs)
    if marks is None:
        return np.concatenate(([0], np.flatnonzero(~_joins(glyphs.boxes, ~glyphs.parted[1:])) + 1))
    bases = np.flatnonzero(glyphs.parted | ~marks)
    apart = np.cumsum(glyphs.parted)[bases]
    joins = _joins(glyphs.boxes[bases], np.diff(apart) == 0)
    return bases[np.concatenate(([True], ~joins))]


def _marks(glyphs: Glyphs) -> Flags | None:
    """Which characters are combining marks; the first one of a page counts as a letter. ``None``: none at all."""
    marks = {text for text in set(glyphs.texts) - PLAIN if len(text) == 1 and unicodedata.combining(text)}
    if not marks:
        return None
    flags = np.zeros(len(glyphs), np.bool_)
    flags[1:] = [text in marks for text in glyphs.texts[1:]]
    return flags


def _joins(boxes: Boxes, near: Flags) -> Flags:
    """For each character but the first, whether it joins the one before; ``near``: no white space between them."""
    before, after = boxes[:-1].T, boxes[1:].T
    level = _touch(before, after)
    upright = runs_across(*measure_steps(boxes))
    if not (near & ~upright).any():
        return near & level
    standing = _touch(*_mirrored(before, after))
    first = near & np.where(upright, level, standing)
    upright_before = np.concatenate(([True], upright[:-1]))
    later = near & np.where(upright_before, level, standing & ~upright)
    joins = first.copy()
    for place in np.flatnonzero(first[1:] != later[1:]) + 1:
        if joins[place - 1]:
            joins[place] = later[place]
    return joins


def _touch(left: Boxes, right: Boxes) -> Flags:
    """Whether the right one stands in the row of the left one, and close enough."""
    height = np.minimum(left[3] - left[1], right[3] - right[1])
    shared = np.minimum(left[3], right[3]) - np.maximum(left[1], right[1])
    step = right[0] - left[2]
    touch: Flags = (shared >= SAME_ROW * height) & (step >= -BACK * height) & (step <= GAP * height)
    return touch


def _mirrored(box: Boxes, other: Boxes) -> tuple[Boxes, Boxes]:
    """Both with their axes exchanged, the upper one first: text that runs down or up the page, as in a margin."""
    swap = box[1] > other[1]
    upper, lower = np.where(swap, other, box), np.where(swap, box, other)
    return upper[[1, 0, 3, 2]], lower[[1, 0, 3, 2]]

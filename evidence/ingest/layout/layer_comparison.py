"""The text that a page's file gives for it against what OCR sees on the page, in places where the two may disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evidence.model.document import Line, Word
from evidence.model.geometry import Box
from evidence.vietnamese.text import strip_marks

OVER = 0.5  # share of the height that two words of one row have in common
FALSE = 0.5  # share of the compared words that differ from which the layer is false


def find_disagreement(layer: Sequence[Line], lines: Sequence[Line], doubted: Sequence[Box]) -> tuple[str, str] | None:
    """The first doubted word of the layer that differs, and what OCR sees in its place, where most of them do; ``None``
    where the layer is true, or OCR sees nothing there.

    A word with figures is compared by its figures, any other by its letters without marks, which OCR often gets wrong.
    """
    words = [word for line in layer for word in line.words if any(_holds(word, box) for box in doubted)]
    seen = [word for line in lines for word in line.words]
    pairs = [(word.text, text) for word in words if (text := _text_at(word, seen))]
    other = [pair for pair in pairs if not _is_same(*pair)]
    return other[0] if len(other) > FALSE * len(pairs) else None


def _is_same(text: str, seen: str) -> bool:
    figures, others = _figures(text), _figures(seen)
    letters, read = _letters(text), _letters(seen)
    if len(seen) > len(text) + 1:  # words that stand apart in the layer, and not on the page
        return figures in others and letters in read
    return figures == others and (letters == read or bool(figures and letters[:2] == read[:2]))


def _figures(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, strip_marks(text).lower()))


def _text_at(word: Word, seen: Iterable[Word]) -> str:
    """What was read in the word's box: all words that overlap it."""
    return "".join(other.text for other in seen if _meets(word.box, other.box))


def _holds(word: Word, box: Box) -> bool:
    if word.box is None:
        return False
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return word.box[0] <= across <= word.box[2] and word.box[1] <= down <= word.box[3]


def _meets(box: Box | None, other: Box | None) -> bool:
    if box is None or other is None:
        return False
    high = min(box[3], other[3]) - max(box[1], other[1])
    wide = min(box[2], other[2]) - max(box[0], other[0])
    narrow = min(box[2] - box[0], other[2] - other[0])
    return high > OVER * min(box[3] - box[1], other[3] - other[1]) and wide > 0.3 * narrow

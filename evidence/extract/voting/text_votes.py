"""What several engines read in a segment, and how two readings of print become one text.

Two engines fail differently: one loses letters under ink and stamps, the other loses diacritics. Where they agree
a text is sure. Where they differ in a word, the word that the rest of the document uses wins, then the one that is a
Vietnamese syllable; nothing is invented, every word was read by one of them, and digits are never chosen between: a
difference in digits leaves the first reading and says so.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from evidence.extract.layout.segments import Segment
from evidence.model.reading import ReadingRole
from evidence.vietnamese.lexicon import is_pair
from evidence.vietnamese.syllable import is_syllable
from evidence.vietnamese.text import fold, strip_marks

ALIKE = 60.0  # of 100: how alike a reading must be to be of this segment and not of the other column's row
AGREED = 0.95
MOST, IN_LEXICON = 3, 2  # what the document's own use of a pair can count, and what the lexicon's does
DIFFERED = 0.85  # engines differed in a word: doubtful, shown to a person
BELIEVED = 0.85  # of the first engine's least sure word
JOINTS = {"-", "–", "—", "&"}  # signs that stand between words by themselves: "2019 - 2025"
SPECK = 1.0  # what a run of signs without letters costs, as much as a word that the document uses is worth
TWICE = 2  # how often a figure must stand elsewhere to be believed against another reading
_FIGURE = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class TextVote:
    """``sure``: the engines read the same, letter for letter and mark for mark. ``clear``: the first engine believes
    each of its words, all are Vietnamese, and the figures are read by both or stand elsewhere in the document too."""

    text: str
    sure: bool
    clear: bool = False


def other_texts(segment: Segment) -> tuple[str, ...]:
    """The texts that a further engine read where the segment stands."""
    readings = [reading.text for reading in segment.readings if reading.is_row_text and reading.text != segment.text]
    own = _plain_letters(segment.text)
    return tuple(text for text in readings if fuzz.ratio(own, _plain_letters(text)) >= ALIKE)


def all_texts(segment: Segment) -> tuple[str, ...]:
    """The segment's own text, then the others."""
    return (segment.text, *other_texts(segment))


def texts_with_spelling(segment: Segment) -> tuple[str, ...]:
    """The same, and the segment as it was spelled by the words around it: for what is only shown."""
    return (*all_texts(segment), *(reading.text for reading in segment.readings if reading.role is ReadingRole.SPELLED))


@dataclass(frozen=True, slots=True)
class Usage:
    """How often a document uses a folded word, and a word after another."""

    words: Counter[str]
    pairs: Counter[tuple[str, str]]
    figures: Counter[str]


NO_USAGE = Usage(Counter(), Counter(), Counter())


def count_usage(segments: Iterable[Segment]) -> Usage:
    """The words of the segments as every engine read them."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    figures: Counter[str] = Counter()
    for segment in segments:
        for text in all_texts(segment):
            read = _WORD.findall(fold(text))
            words.update(read)
            pairs.update(pairwise(read))
            figures.update(_FIGURE.findall(text))
    return Usage(words, pairs, figures)


def vote_text(segment: Segment, usage: Usage = NO_USAGE) -> TextVote:
    """One text out of the segment's readings. ``usage``: what the rest of the document uses."""
    others = other_texts(segment)
    if not segment.is_ocr:
        return TextVote(segment.text, True, True)
    clear = _is_clear(segment, others, usage)
    if not others:
        same = any(reading.is_row_text and reading.text == segment.text for reading in segment.readings)
        return TextVote(segment.text, same, clear)
    own = _plain_letters(segment.text)

    def rank(text: str) -> tuple[float, float]:
        return round(_language_score(text.split(), usage), 1), fuzz.ratio(own, _plain_letters(text))

    best = max(others, key=rank)
    if _folded_letters(best) == _folded_letters(segment.text):
        return TextVote(segment.text, True, clear)
    merged = _merge_words(segment.text.split(), best.split(), usage)
    return TextVote(merged, False, clear and _folded_letters(merged) == _folded_letters(segment.text))


def _is_clear(segment: Segment, others: tuple[str, ...], usage: Usage) -> bool:
    if segment.confidence < BELIEVED:
        return False
    figures = _FIGURE.findall(segment.text)
    seen = {figure for text in others for figure in _FIGURE.findall(text)}
    if not all(figure in seen or usage.figures[figure] >= TWICE for figure in figures):
        return False
    return all(is_syllable(fold(word)) or word.isupper() for word in _WORD.findall(segment.text))


def _merge_words(own: list[str], other: list[str], usage: Usage) -> str:
    """The words of both, aligned by their letters without marks."""
    first_plain = [strip_marks(word).lower() for word in own]
    second_plain = [strip_marks(word).lower() for word in other]
    merged: list[str] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, first_plain, second_plain, autojunk=False).get_opcodes():
        mine, theirs = own[i:j], other[k:m]
        if tag == "equal" or (tag == "replace" and len(mine) == len(theirs)):
            for at, (a, b) in enumerate(zip(mine, theirs, strict=True)):
                after = mine[at + 1] if at + 1 < len(mine) else (own[j] if j < len(own) else "")
                merged.append(_choose_word(a, b, merged[-1] if merged else "", after, usage))
        else:
            merged += mine if _language_score(mine, usage) >= _language_score(theirs, usage) else theirs
    return " ".join(merged)


def _choose_word(own: str, other: str, before: str, after: str, usage: Usage) -> str:
    """Of two readings of one word the one that makes words with its neighbours, here or in the lexicon.

    Digits are never chosen between.
    """
    if own == other or any(char.isdigit() for char in other) or not set(own) - set("0123456789.,/-"):
        return own
    here, there = (_neighbour_score(word, before, after, usage) for word in (own, other))
    if here != there and not any(char.isdigit() for char in own):
        return own if here > there else other
    return other if _language_score([other], usage) > _language_score([own], usage) else own


def _neighbour_score(word: str, before: str, after: str, usage: Usage) -> int:
    parts = [("".join(_WORD.findall(fold(part)))) for part in (before, word, after)]
    return sum(min(usage.pairs[pair], MOST) + (IN_LEXICON if is_pair(*pair) else 0) for pair in pairwise(parts))


def _language_score(words: list[str], usage: Usage) -> float:
    """How much a run of words looks like the document's Vietnamese: words it uses, then syllables; specks cost."""
    score = 0.0
    for word in words:
        parts = _WORD.findall(fold(word))
        if not parts:
            score -= 0.0 if any(char.isdigit() for char in word) or word in JOINTS else SPECK
        for part in parts:
            score += (
                -0.6
                if any(char.isdigit() for char in word)
                else 1.0
                if usage.words[part] > 1
                else 0.6
                if is_syllable(part)
                else -0.6
            )
    return score


def _plain_letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", strip_marks(text)).lower()


def _folded_letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))

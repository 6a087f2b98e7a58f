"""What a further engine read in a strip, and how two readings of print become one text.

Two engines fail differently: Tesseract loses letters under ink and stamps, the other loses diacritics. Where they agree
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

from evidence.extract.layout.segments import Strip
from evidence.model.reading import ReadingRole
from evidence.vietnamese.lexicon import is_pair
from evidence.vietnamese.syllable import is_syllable
from evidence.vietnamese.text import fold, strip_marks

ALIKE = 60.0  # of 100: how alike a reading must be to be of this strip and not of the other column's row
AGREED = 0.95
MOST, IN_LEXICON = 3, 2  # what the document's own use of a pair can count, and what the lexicon's does
SETTLED = 0.85  # engines differed in a word: doubtful, shown to a person
BELIEVED = 0.85  # of the first engine's least sure word
TWICE = 2  # how often a figure must stand elsewhere to be believed against another reading
_FIGURE = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Settled:
    """``sure``: the engines read the same, letter for letter and mark for mark. ``clear``: the first engine believes
    each of its words, all are Vietnamese, and the figures are read by both or stand elsewhere in the document too."""

    text: str
    sure: bool
    clear: bool = False


def others(strip: Strip) -> tuple[str, ...]:
    """The texts that a further engine read where the strip stands."""
    told = [reading.text for reading in strip.readings if reading.is_row_text and reading.text != strip.text]
    own = _letters(strip.text)
    return tuple(text for text in told if fuzz.ratio(own, _letters(text)) >= ALIKE)


def texts(strip: Strip) -> tuple[str, ...]:
    """The strip's own text, then the others."""
    return (strip.text, *others(strip))


def every(strip: Strip) -> tuple[str, ...]:
    """The same, and the strip as it was spelled by the words around it: for what is only shown."""
    return (*texts(strip), *(reading.text for reading in strip.readings if reading.role is ReadingRole.SPELLED))


@dataclass(frozen=True, slots=True)
class Usage:
    """How often a document uses a folded word, and a word after another."""

    words: Counter[str]
    pairs: Counter[tuple[str, str]]
    figures: Counter[str]


NO_USAGE = Usage(Counter(), Counter(), Counter())


def usage(strips: Iterable[Strip]) -> Usage:
    """The words of the strips as every engine read them."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    figures: Counter[str] = Counter()
    for strip in strips:
        for text in texts(strip):
            read = _WORD.findall(fold(text))
            words.update(read)
            pairs.update(pairwise(read))
            figures.update(_FIGURE.findall(text))
    return Usage(words, pairs, figures)


def settle(strip: Strip, known: Usage = NO_USAGE) -> Settled:
    """One text out of the strip's readings. ``known``: what the rest of the document uses."""
    told = others(strip)
    if not strip.is_ocr:
        return Settled(strip.text, True, True)
    clear = _clear(strip, told, known)
    if not told:
        same = any(reading.is_row_text and reading.text == strip.text for reading in strip.readings)
        return Settled(strip.text, same, clear)
    own = _letters(strip.text)
    best = max(told, key=lambda text: (round(_worth(text.split(), known), 1), fuzz.ratio(own, _letters(text))))
    if _bare(best) == _bare(strip.text):
        return Settled(strip.text, True, clear)
    merged = _merged(strip.text.split(), best.split(), known)
    return Settled(merged, False, clear and _bare(merged) == _bare(strip.text))


def _clear(strip: Strip, told: tuple[str, ...], known: Usage) -> bool:
    if strip.confidence < BELIEVED:
        return False
    figures = _FIGURE.findall(strip.text)
    seen = {figure for text in told for figure in _FIGURE.findall(text)}
    if not all(figure in seen or known.figures[figure] >= TWICE for figure in figures):
        return False
    return all(is_syllable(fold(word)) or word.isupper() for word in _WORD.findall(strip.text))


def _merged(first: list[str], second: list[str], known: Usage) -> str:
    """The words of both, aligned by their letters without marks."""
    one = [strip_marks(word).lower() for word in first]
    two = [strip_marks(word).lower() for word in second]
    out: list[str] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        mine, theirs = first[i:j], second[k:m]
        if tag == "equal" or (tag == "replace" and len(mine) == len(theirs)):
            for at, (a, b) in enumerate(zip(mine, theirs, strict=True)):
                after = mine[at + 1] if at + 1 < len(mine) else (first[j] if j < len(first) else "")
                out.append(_better(a, b, out[-1] if out else "", after, known))
        else:
            out += mine if _worth(mine, known) >= _worth(theirs, known) else theirs
    return " ".join(out)


def _better(mine: str, theirs: str, before: str, after: str, known: Usage) -> str:
    """Of two readings of one word the one that makes words with its neighbours, here or in the lexicon.

    Digits are never chosen between.
    """
    if mine == theirs or any(char.isdigit() for char in theirs) or not set(mine) - set("0123456789.,/-"):
        return mine
    here, there = (_beside(word, before, after, known) for word in (mine, theirs))
    if here != there and not any(char.isdigit() for char in mine):
        return mine if here > there else theirs
    return theirs if _worth([theirs], known) > _worth([mine], known) else mine


def _beside(word: str, before: str, after: str, known: Usage) -> int:
    parts = [("".join(_WORD.findall(fold(one)))) for one in (before, word, after)]
    return sum(min(known.pairs[pair], MOST) + (IN_LEXICON if is_pair(*pair) else 0) for pair in pairwise(parts))


def _worth(words: list[str], known: Usage) -> float:
    """How much a run of words looks like the document's Vietnamese: words it uses, then syllables; specks cost."""
    score = 0.0
    for word in words:
        parts = _WORD.findall(fold(word))
        if not parts:
            score -= 0.0 if any(char.isdigit() for char in word) else 0.5
        for part in parts:
            score += (
                -0.6
                if any(char.isdigit() for char in word)
                else 1.0
                if known.words[part] > 1
                else 0.6
                if is_syllable(part)
                else -0.6
            )
    return score


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", strip_marks(text)).lower()


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))

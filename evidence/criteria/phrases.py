"""Words as a subject is compared: folded, abbreviations written out, the same quarter however it is written.

Three answers: the words stand there; they stand there but for diacritics or one letter (which may be the scan's fault
or another word, so it is doubt); they do not stand there.

>>> find_phrase("cải cách hành chính", prepare_text("Báo cáo công tác CCHC Quý 1"))
<PhraseMatch.EXACT: 2>
>>> find_phrase("quý I", prepare_text("Báo cáo công tác CCHC Quý II"))
<PhraseMatch.NONE: 0>
>>> find_phrase("cải cách hành chính", prepare_text("Bao cao cai cach hanh chinh"))
<PhraseMatch.NEAR: 1>
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from evidence.values.abbreviation import Use, expansions
from evidence.vietnamese.text import fold, strip_marks

Words = tuple[str, ...]
_WORD = re.compile(r"[^\W_]+")
_QUARTERS = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "01": "i", "02": "ii", "03": "iii", "04": "iv"}
_COUNTS = {"ba": "3", "sáu": "6", "chín": "9", "mười": "10", "03": "3", "06": "6", "09": "9"}
SHORT = 3
QUARTER, MONTH = fold("quý"), fold("tháng")


class PhraseMatch(IntEnum):
    NONE = 0
    NEAR = 1
    EXACT = 2


@cache
def _abbreviations() -> dict[str, Words]:
    return {fold(short): tuple(_WORD.findall(fold(full))) for short, full in expansions(Use.SUBJECT).items()}


@lru_cache(maxsize=4_000)
def fold_name(text: str) -> str:
    """A name from a short list (kinds, agencies) folded; they come again with every document."""
    return fold(text)


@lru_cache(maxsize=20_000)
def comparable_words(text: str) -> Words:
    """The words of a text in the form they are compared in."""
    short = _abbreviations()
    out: list[str] = []
    raw = _WORD.findall(fold(text))
    for place, word in enumerate(raw):
        following = raw[place + 1] if place + 1 < len(raw) else ""
        if out and out[-1] == QUARTER and word in _QUARTERS:
            out.append(_QUARTERS[word])
        elif following == MONTH and word in _COUNTS:
            out.append(_COUNTS[word])
        else:
            out.extend(short.get(word, (word,)))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class PreparedText:
    """A text laid out for comparing: its words, in one row between blanks, and without diacritics."""

    words: Words
    row: str
    bare: Words
    known: frozenset[str]


@lru_cache(maxsize=20_000)
def prepare_text(text: str) -> PreparedText:
    """The text laid out."""
    return prepare_words(comparable_words(text))


def prepare_words(tokens: Words) -> PreparedText:
    """Words in the form they are compared in, laid out."""
    row = f" {' '.join(tokens)} "
    bare = tuple(strip_marks(row).split())
    return PreparedText(tokens, row, bare, frozenset(bare))


def find_phrase(phrase: str, text: PreparedText) -> PhraseMatch:
    """Whether the phrase stands in the text, in this order and without a gap."""
    return find_words(prepare_text(phrase), text)


def find_words(wanted: PreparedText, text: PreparedText) -> PhraseMatch:
    """Whether these words stand in the text, in this order and without a gap."""
    if not wanted.words or wanted.row in text.row:
        return PhraseMatch.EXACT
    if not may_stand(wanted, text):
        return PhraseMatch.NONE
    if not may_be_near(wanted, text):
        return PhraseMatch.NONE
    size = len(wanted.bare)
    starts = range(len(text.bare) - size + 1)
    near = any(all(map(_is_near, wanted.bare, text.bare[at : at + size])) for at in starts)
    return PhraseMatch.NEAR if near else PhraseMatch.NONE


def may_stand(wanted: PreparedText, text: PreparedText) -> bool:
    """The quick look, and the usual way out: a short word must be the same, so none of them may be absent."""
    for word in wanted.known:  # noqa: SIM110 (a loop takes half the time of all())
        if word not in text.known and (len(word) <= SHORT or not word.isalpha()):
            return False
    return True


def may_be_near(wanted: PreparedText, text: PreparedText) -> bool:
    """Whether each word that is absent is at least near to one that is there; what the quick look let pass."""
    return all(_has_near(word, text.known) for word in wanted.known - text.known)


def _has_near(word: str, known: frozenset[str]) -> bool:
    for other in known:  # noqa: SIM110 (a loop takes half the time of any())
        if _is_near(word, other):
            return True
    return False


def _is_near(word: str, other: str) -> bool:
    """The same but for one letter; short words and figures must be the same: one letter makes ``quý I`` ``quý II``."""
    if word == other:
        return True
    if min(len(word), len(other)) <= SHORT or abs(len(word) - len(other)) > 1 or not (word + other).isalpha():
        return False
    short, long = sorted((word, other), key=len)
    head = next((at for at, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    return short[head + (len(short) == len(long)) :] == long[head + 1 :]

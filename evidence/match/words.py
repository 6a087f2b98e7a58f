"""Words as a subject is compared: folded, abbreviations written out, the same quarter however it is written.

Three answers: the words stand there; they stand there but for diacritics or one letter (which may be the scan's fault
or another word, so it is doubt); they do not stand there.

>>> find(words("cải cách hành chính"), words("Báo cáo công tác CCHC Quý 1"))
<Match.EXACT: 2>
>>> find(words("quý I"), words("Báo cáo công tác CCHC Quý II"))
<Match.NONE: 0>
>>> find(words("cải cách hành chính"), words("Bao cao cai cach hanh chinh"))
<Match.NEAR: 1>
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from evidence.text import fold, strip_marks

Words = tuple[str, ...]
_WORD = re.compile(r"[^\W_]+")
_QUARTERS = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "01": "i", "02": "ii", "03": "iii", "04": "iv"}
_COUNTS = {"ba": "3", "sáu": "6", "chín": "9", "mười": "10", "03": "3", "06": "6", "09": "9"}
QUARTER, MONTH = fold("quý"), fold("tháng")


class Match(IntEnum):
    NONE = 0
    NEAR = 1
    EXACT = 2


@cache
def _abbreviations() -> dict[str, Words]:
    raw = yaml.safe_load((files("evidence.match") / "data" / "abbreviations.yaml").read_text("utf-8"))
    return {fold(str(short)): tuple(_WORD.findall(fold(str(full)))) for short, full in raw.items()}


@lru_cache(maxsize=20_000)
def words(text: str) -> Words:
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


def bare(tokens: Words) -> Words:
    """The words without diacritics."""
    return tuple(strip_marks(word) for word in tokens)


def find(phrase: Words, tokens: Words) -> Match:
    """Whether the phrase stands in the words, in this order and without a gap."""
    if not phrase:
        return Match.EXACT
    size, first = len(phrase), phrase[0]
    starts = range(len(tokens) - size + 1)
    if any(tokens[at] == first and tokens[at : at + size] == phrase for at in starts):
        return Match.EXACT
    plain, row = bare(phrase), bare(tokens)
    if any(all(map(_near, plain, row[at : at + size])) for at in starts):
        return Match.NEAR
    return Match.NONE


def _near(word: str, other: str) -> bool:
    """The same but for one letter; short words and figures must be the same: one letter makes ``quý I`` ``quý II``."""
    if word == other:
        return True
    if min(len(word), len(other)) <= 3 or abs(len(word) - len(other)) > 1 or not (word + other).isalpha():
        return False
    short, long = sorted((word, other), key=len)
    head = next((at for at, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    return short[head + (len(short) == len(long)) :] == long[head + 1 :]

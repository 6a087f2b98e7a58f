"""Days and months written in words: ``ngày mồng năm tháng Giêng``, ``ngày mười lăm tháng Tư``.

>>> read_figure("Chạp", MONTHS), read_figure("hai mươi mốt", DAYS), read_figure("05", DAYS)
(12, 21, 5)
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from evidence.vietnamese.text import fold

_UNITS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def _count_days() -> dict[str, int]:
    """``một`` to ``ba mươi mốt``, with the other forms of 1, 4, 5 and 7 behind a ten."""
    days = {word: value for value, word in enumerate(_UNITS) if word} | {"bẩy": 7, "mười": 10}
    for tens, word in ((10, "mười"), (20, "hai mươi"), (30, "ba mươi")):
        days[word] = tens
        for value, unit in enumerate(_UNITS):
            if unit and tens + value <= 31:
                days[f"{word} {unit}"] = tens + value
        behind_ten = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7}
        days |= {f"{word} {unit}": tens + value for unit, value in behind_ten.items() if tens + value <= 31}
    return days


DAYS: Mapping[str, int] = _count_days()
MONTHS: Mapping[str, int] = {word: value for word, value in DAYS.items() if value <= 12 and word != "mười mốt"} | {
    "giêng": 1,
    "tư": 4,
    "chạp": 12,
}


def _pattern(words: Mapping[str, int]) -> str:
    """A regular expression of the words, longest first, blanks as any white space; to be used ignoring case.

    Before them stands what they begin with: most texts have a digit there, and need not be held against each word.
    """
    ordered = sorted(words, key=len, reverse=True)
    letters = "".join(sorted({letter for word in words for letter in (word[0], word[0].upper())}))
    return f"(?-i:(?=[{letters}]))(?:" + "|".join(word.replace(" ", r"\s+") for word in ordered) + r")(?!\w)"


DAYS_PATTERN = _pattern(DAYS)
MONTHS_PATTERN = _pattern(MONTHS)


def read_figure(text: str, words: Mapping[str, int]) -> int:
    """The value of digits, or of one of the words in any case; ``KeyError`` where it is neither."""
    return int(text) if text.isdigit() else words[re.sub(r"\s+", " ", fold(text))]

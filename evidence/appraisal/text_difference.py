"""How two texts that are nearly the same differ: by misreadings, by what one of them lacks, or by what was filled in.

Words are compared as sets, since PDF and DOCX of one document give its blocks in different orders. A word that only one
text has is no difference where it stands in the other without the blank beside it ("chínhnhà"). Where a text was read
from a picture, a word that is half like one of the other's is a misreading of it. What is left on both sides was said
differently: two names, two dates, two sums. What is left on one side alone is a page, a stamp or a number more.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from evidence.vietnamese.text import fold, strip_marks

LETTERS = 1_000_000  # of a text; a shorter cut would fall elsewhere in each of the two
WORD = re.compile(r"\w+")
BLANK = re.compile(r"[.…_]{3,}|…")  # a place to fill in
WHOLE = 5  # letters from which a word inside a longer run of letters is meant
MISREAD, MISREAD_SHORT = 0.6, 0.7  # likeness from which a word is a misreading of another; of short words and figures
SHORT = 3
MOST = 600  # words of one side that are held against the other's


@dataclass(frozen=True, slots=True)
class TextDifference:
    """Words that only the first and only the second text has; ``words`` of the shorter text; ``blanks``: places to fill
    in that both have."""

    first: int
    second: int
    words: int
    blanks: int = 0

    @property
    def replaced(self) -> int:
        """How many words stand in one text where the other has different ones."""
        return min(self.first, self.second)

    @property
    def share(self) -> float:
        """The share of the words replaced in the shorter text."""
        return self.replaced / self.words if self.words else 0.0

    @property
    def surplus(self) -> float:
        """What one text has more than the other, as a share of the shorter one."""
        return max(self.first, self.second) / self.words if self.words else 0.0


def compare_texts(first: str, second: str, pictures: bool = False) -> TextDifference:
    """``pictures``: at least one of the texts was read from pictures, so a word may be a misreading.

    >>> form = "Họ và tên: {}. Sinh ngày {}. Đơn vị công tác: Sở Nội vụ"
    >>> compare_texts(form.format("Trần Văn Tám", "03/4/1975"), form.format("Lê Thị Hạnh", "21/12/1980")).replaced
    6
    >>> compare_texts("Báo cáo công tác quý I", "Báo cáo công tác quý I. Phụ lục").replaced
    0
    """
    words, others = (WORD.findall(strip_marks(fold(text[:LETTERS]))) for text in (first, second))
    own, strange = _only_in(words, others), _only_in(others, words)
    if pictures:
        own, strange = _without_misreadings(own, strange), _without_misreadings(strange, own)
    blanks = min(len(BLANK.findall(text[:LETTERS])) for text in (first, second))
    return TextDifference(len(own), len(strange), min(len(words), len(others)), blanks)


def _only_in(words: list[str], others: list[str]) -> list[str]:
    """The words that the others do not have, as often as they have them less."""
    letters = "".join(others)
    rest = Counter(words) - Counter(others)
    return [word for word in rest.elements() if len(word) < WHOLE or word not in letters]


def _without_misreadings(words: list[str], others: list[str]) -> list[str]:
    if not words or not others:
        return words
    distinct = list(dict.fromkeys(words))[:MOST]
    likeness = cdist(distinct, list(dict.fromkeys(others))[:MOST], scorer=Levenshtein.normalized_similarity).max(axis=1)
    misread = {
        word
        for word, share in zip(distinct, likeness, strict=True)
        if share >= (MISREAD_SHORT if word.isdigit() or len(word) <= SHORT else MISREAD)
    }
    return [word for word in words if word not in misread]

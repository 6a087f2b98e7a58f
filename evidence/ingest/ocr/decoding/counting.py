"""Texts -> counts of syllables and of their pairs, for the model that spells scans (``bigrams``).

Kept are syllables and pairs that stand in several documents: what one alone says may be its mistake. A text that says
little but what was said before (the same letter as PDF and DOCX, a draft beside what was issued) is the same document
and counts once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from evidence.vietnamese import bigrams
from evidence.vietnamese.bigrams import BigramCounts
from evidence.vietnamese.text import fold, nfc

T = TypeVar("T", bound=Hashable)
EDGES = "\"'“”‘’«»()[]{}<>.,;:!?…*#•·–—|-/+"
ENDS = ".;:!?"
DIGIT = re.compile(r"\d")
LONGEST = 16  # letters of a word that is counted: the longest syllable has seven
PHRASE = 12  # syllables at the beginning of a sentence: two texts with most of these in common are one document
COPY = 0.8  # share of them: copies and drafts of 71 local documents have 0.83 or more, letters of one template 0.80
DOCUMENT = 1 << 40  # what a document adds to a count, above all that it adds by how often the thing stands in it


def split_syllables(text: str) -> list[str | None]:
    """Folded words of letters only, ``NUMBER`` for a word with a digit, ``END`` behind a sentence; ``None`` where
    anything else stands.

    >>> split_syllables("Số: 615/QĐ-UBND, Hoà Bình.")
    ['số', '.', '0', 'hòa', 'bình', '.']
    """
    syllables: list[str | None] = []
    for word in nfc(text).split():
        core = word.strip(EDGES)
        if core.isalpha():
            syllables.append(fold(core) if len(core) <= LONGEST else None)
        else:
            syllables.append(bigrams.NUMBER if DIGIT.search(core) else None)
        if word[-1] in ENDS:
            syllables.append(bigrams.END)
    return syllables


class SyllableCounter:
    """Counts over documents."""

    def __init__(self) -> None:
        self.syllables = 0
        self._alone: dict[str, int] = defaultdict(int)
        self._pairs: dict[tuple[str, str], int] = defaultdict(int)

    def add_document(self, syllables: Sequence[str | None]) -> None:
        """Counts one document's syllables."""
        self.syllables += len(syllables)
        _add(self._alone, Counter(syllable for syllable in syllables if syllable))
        _add(self._pairs, Counter((first, second) for first, second in pairwise(syllables) if first and second))

    def counts(self, fewest: int) -> BigramCounts:
        """What stands in that many documents or more."""
        pairs: dict[str, dict[str, int]] = defaultdict(dict)
        for (first, second), count in _common(self._pairs, fewest).items():
            pairs[first][second] = count
        return BigramCounts(_common(self._alone, fewest), pairs)


class CopyDetector:
    """Which texts say little but what was said before."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def is_copy(self, syllables: Sequence[str | None]) -> bool:
        """Whether the text is a copy of what was asked for before."""
        begins = [0, *(at + 1 for at, syllable in enumerate(syllables) if syllable == bigrams.END)]
        own = {hash(tuple(syllables[at : at + PHRASE])) for at in begins if at + PHRASE <= len(syllables)}
        copied = len(own & self._seen) > COPY * len(own)
        self._seen |= own
        return copied


def _add(to: dict[T, int], counted: Mapping[T, int]) -> None:
    for item, count in counted.items():
        to[item] += DOCUMENT + count


def _common(counted: Mapping[T, int], fewest: int) -> dict[T, int]:
    least = fewest * DOCUMENT
    return {item: count % DOCUMENT for item, count in counted.items() if count >= least}

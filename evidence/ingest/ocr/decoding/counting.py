"""Texts -> counts of syllables and of their pairs, for the model that spells scans (``diacritics``).

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

from evidence.ingest.ocr.decoding import bigrams as diacritics
from evidence.ingest.ocr.decoding.bigrams import Counts
from evidence.vietnamese.text import fold, nfc

T = TypeVar("T", bound=Hashable)
EDGES = "\"'“”‘’«»()[]{}<>.,;:!?…*#•·–—|-/+"
ENDS = ".;:!?"
DIGIT = re.compile(r"\d")
LONGEST = 16  # letters of a word that is counted: the longest syllable has seven
PHRASE = 12  # syllables at the beginning of a sentence: two texts with most of these in common are one document
COPY = 0.8  # share of them: copies and drafts of 71 local documents have 0.83 or more, letters of one template 0.80
DOCUMENT = 1 << 40  # what a document adds to a count, above all that it adds by how often the thing stands in it


def syllables(text: str) -> list[str | None]:
    """Folded words of letters only, ``NUMBER`` for a word with a digit, ``END`` behind a sentence; ``None`` where
    anything else stands.

    >>> syllables("Số: 615/QĐ-UBND, Hoà Bình.")
    ['số', '.', '0', 'hòa', 'bình', '.']
    """
    found: list[str | None] = []
    for word in nfc(text).split():
        core = word.strip(EDGES)
        if core.isalpha():
            found.append(fold(core) if len(core) <= LONGEST else None)
        else:
            found.append(diacritics.NUMBER if DIGIT.search(core) else None)
        if word[-1] in ENDS:
            found.append(diacritics.END)
    return found


class Tally:
    """Counts over documents."""

    def __init__(self) -> None:
        self.syllables = 0
        self._alone: dict[str, int] = defaultdict(int)
        self._pairs: dict[tuple[str, str], int] = defaultdict(int)

    def take(self, found: Sequence[str | None]) -> None:
        """Counts one document's syllables."""
        self.syllables += len(found)
        _add(self._alone, Counter(one for one in found if one))
        _add(self._pairs, Counter((one, two) for one, two in pairwise(found) if one and two))

    def counts(self, fewest: int) -> Counts:
        """What stands in that many documents or more."""
        pairs: dict[str, dict[str, int]] = defaultdict(dict)
        for (one, two), count in _common(self._pairs, fewest).items():
            pairs[one][two] = count
        return Counts(_common(self._alone, fewest), pairs)


class Copies:
    """Which texts say little but what was said before."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def is_one(self, found: Sequence[str | None]) -> bool:
        """Whether the text is a copy of what was asked for before."""
        begins = [0, *(at + 1 for at, one in enumerate(found) if one == diacritics.END)]
        own = {hash(tuple(found[at : at + PHRASE])) for at in begins if at + PHRASE <= len(found)}
        copied = len(own & self._seen) > COPY * len(own)
        self._seen |= own
        return copied


def _add(to: dict[T, int], counted: Mapping[T, int]) -> None:
    for one, count in counted.items():
        to[one] += DOCUMENT + count


def _common(counted: Mapping[T, int], fewest: int) -> dict[T, int]:
    least = fewest * DOCUMENT
    return {one: count % DOCUMENT for one, count in counted.items() if count >= least}

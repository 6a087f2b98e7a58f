"""How often one Vietnamese syllable follows another: what decides between spellings with the same letters.

A recogniser loses tone marks (``tô chức`` for ``tổ chức``), and what is left is a syllable too: only its neighbours
tell. Counted in published administrative documents (``training/diacritics``, decision 0011): pairs of syllables that
stand in three documents or more, so that no text can be had back from them. Of held-out documents the model alone puts
98.5 % of syllables right; with the recogniser's own probabilities it turns 6.3 % wrong words into 2.3 %.
"""

from __future__ import annotations

import gzip
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from evidence.text import strip_marks

BASE = Path(__file__).parent / "data" / "syllables.txt.gz"
NUMBER, END = "0", "."  # what stands in the counts for any word with a digit, and for the end of a sentence
DISCOUNT = 0.7  # taken from each pair's count, for pairs never seen
SPARE = 5.0  # pairs that any syllable is granted beyond those counted
UNKNOWN = -16.0  # log probability of a syllable that was never counted: 1 in 9 million


class Model:
    """Log probabilities of syllables, folded (``text.fold``), alone and after another."""

    def __init__(self, counts: Mapping[str, int], pairs: Mapping[str, Mapping[str, int]]) -> None:
        total = sum(counts.values())
        self._alone = {syllable: math.log(count / total) for syllable, count in counts.items()}
        self._pairs = pairs
        self._begun = {first: sum(after.values()) + SPARE for first, after in pairs.items()}
        spellings: dict[str, list[str]] = defaultdict(list)
        for syllable in counts:
            spellings[strip_marks(syllable)].append(syllable)
        self._spellings = dict(spellings)

    def spellings(self, bare: str) -> list[str]:
        """The known syllables with these letters, marks aside: ``to`` -> ``tổ``, ``to``, ``tờ`` ..."""
        return self._spellings.get(bare, [])

    def knows(self, syllable: str) -> bool:
        return syllable in self._alone

    def after(self, first: str | None, second: str) -> float:
        """Log probability of ``second`` behind ``first`` (``None``: nothing that is known)."""
        alone = self._alone.get(second, UNKNOWN)
        seen = self._pairs.get(first) if first is not None else None
        if first is None or seen is None:
            return alone
        total = self._begun[first]
        left = (DISCOUNT * len(seen) + SPARE) / total * math.exp(alone)
        return math.log(max(seen.get(second, 0) - DISCOUNT, 0.0) / total + left)


def lines(counts: Mapping[str, int], pairs: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """The model as lines of text: a syllable, its count, and what follows it with counts."""
    for syllable in sorted(counts):
        after = " ".join(f"{second} {count}" for second, count in sorted(pairs.get(syllable, {}).items()))
        yield f"{syllable} {counts[syllable]} {after}".rstrip()


def read(text: str) -> Model:
    """The model of such lines.

    >>> model = read("chức 3\\ntô 2 màu 2\\ntổ 3 chức 3\\nvà 9 tổ 3\\n")
    >>> sorted(model.spellings("to")), model.after("tổ", "chức") > model.after("tô", "chức")
    (['tô', 'tổ'], True)
    """
    counts: dict[str, int] = {}
    pairs: dict[str, dict[str, int]] = {}
    for line in text.splitlines():
        syllable, count, *after = line.split(" ")
        counts[syllable] = int(count)
        if after:
            pairs[syllable] = dict(zip(after[::2], map(int, after[1::2]), strict=True))
    return Model(counts, pairs)


@cache
def load() -> Model:
    """The shipped model, read once a process: 0.1 s, so the parent does it for its children."""
    return read(gzip.decompress(BASE.read_bytes()).decode("utf-8"))

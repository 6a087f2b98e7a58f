"""How often one Vietnamese syllable follows another: what decides between spellings with the same letters.

A recogniser loses tone marks (``tô chức`` for ``tổ chức``), and what is left is a syllable too: only its neighbours
tell. Counted in published administrative documents (``training/diacritics``, decision 0011): pairs of syllables that
stand in three documents or more, so that no text can be had back from them. Of held-out documents the model alone puts
98.5 % of syllables right; with the recogniser's own probabilities it turns 6.3 % wrong words into 2.3 %.

An archive adds what its own digital documents say (``counting``, decision 0012): names and places common in it.
"""

from __future__ import annotations

import gzip
import hashlib
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evidence.vietnamese.text import strip_marks

BASE = Path(__file__).parent / "data" / "syllables.txt.gz"
NUMBER, END = "0", "."  # what stands in the counts for any word with a digit, and for the end of a sentence
DISCOUNT = 0.7  # taken from each pair's count, for pairs never seen
SPARE = 5.0  # pairs that any syllable is granted beyond those counted
UNKNOWN = -16.0  # log probability of a syllable that was never counted: 1 in 9 million
# An archive's own counts weigh more than the base's as long as they are few. Local documents beside a base of central
# ones: 120,000 syllables are worth ten times their counts, 400,000 three times, 1.2 million no more than they are.
WORTH, MOST_WORTH = 1_200_000, 10.0


@dataclass(frozen=True, slots=True)
class BigramCounts:
    """How often syllables stand in some texts, and how often each follows another. ``mark``: a short name for just
    these counts, none where there are none."""

    alone: Mapping[str, int]
    pairs: Mapping[str, Mapping[str, int]]
    mark: str = ""


class BigramModel:
    """Log probabilities of syllables, folded (``text.fold``), alone and after another; by an archive's own counts too.

    >>> base, own = parse_counts("chức 3\\ntô 3\\ntổ 9 chức 9\\nxã 9 tổ 9\\n"), parse_counts("tô 3\\nxã 3 tô 3\\n")
    >>> models = BigramModel(base), BigramModel(base, own)
    >>> [max(model.spellings("to"), key=lambda word: model.after("xã", word)) for model in models]
    ['tổ', 'tô']
    """

    def __init__(self, load_base_counts: BigramCounts, own: BigramCounts | None = None) -> None:
        sources = [(load_base_counts, 1.0), (own, _worth(own))] if own else [(load_base_counts, 1.0)]
        alone: dict[str, float] = defaultdict(float)
        pairs: dict[str, dict[str, float]] = {}
        kept: dict[str, float] = defaultdict(lambda: SPARE)  # for pairs never seen
        for counts, weight in sources:
            for syllable, count in counts.alone.items():
                alone[syllable] += weight * count
            for first, after in counts.pairs.items():
                kept[first] += weight * DISCOUNT * len(after)
                known = pairs.setdefault(first, {})
                for second, count in after.items():
                    known[second] = known.get(second, 0.0) + weight * (count - DISCOUNT)
        total = sum(alone.values())
        self._alone = {syllable: math.log(count / total) for syllable, count in alone.items()}
        self._pairs, self._kept = pairs, kept
        self._begun = {first: kept[first] + sum(after.values()) for first, after in pairs.items()}
        spellings: dict[str, list[str]] = defaultdict(list)
        for syllable in alone:
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
        return math.log((seen.get(second, 0.0) + self._kept[first] * math.exp(alone)) / self._begun[first])


def _worth(own: BigramCounts) -> float:
    """What each of those counts is worth beside one of the base's."""
    return min(MOST_WORTH, max(1.0, WORTH / max(1, sum(own.alone.values()))))


def format_counts(counts: BigramCounts) -> Iterator[str]:
    """The counts as lines of text: a syllable, its count, and what follows it with counts."""
    for syllable in sorted(counts.alone):
        after = " ".join(f"{second} {count}" for second, count in sorted(counts.pairs.get(syllable, {}).items()))
        yield f"{syllable} {counts.alone[syllable]} {after}".rstrip()


def parse_counts(text: str) -> BigramCounts:
    """The counts of such lines. ValueError where they are none.

    >>> model = BigramModel(parse_counts("chức 3\\ntô 2 màu 2\\ntổ 3 chức 3\\nvà 9 tổ 3\\n"))
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
    return BigramCounts(counts, pairs, hashlib.sha256(text.encode()).hexdigest()[:8] if counts else "")


def load_base_counts() -> BigramCounts:
    """The shipped counts, read once a process."""
    return _read_counts(BASE)


def load_model() -> BigramModel:
    """The shipped model, read once a process: 0.1 s, so the parent does it for its children where pages are read by
    OCR. (No table of ``extract.preload``: a file of text needs none of it.)"""
    return _build_model(BASE)


@cache
def _read_counts(file: Path) -> BigramCounts:
    return parse_counts(gzip.decompress(file.read_bytes()).decode("utf-8"))


@cache
def _build_model(file: Path) -> BigramModel:
    return BigramModel(_read_counts(file))


def teach_model(own: BigramCounts) -> BigramModel:
    """The shipped model with an archive's own counts: 0.05 s."""
    return BigramModel(load_base_counts(), own)

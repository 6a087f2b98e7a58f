"""The same paper scanned twice: texts that are nearly the same, found without comparing every pair.

A text becomes the set of its runs of ``RUN`` letters, without blanks, diacritics and case, which is where two readings
of one page differ; one word in ten misread leaves about half of the runs the same. MinHash and LSH (datasketch) find
the sets that share most, in one pass. Of the runs one in ``KEEP`` is kept, the same ones in every text.
1.5 ms of processor time for a text of 700 words, so a minute and a half for 60,000.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from evidence.vietnamese.text import fold, strip_marks

RUN = 8
KEEP = 8
LETTERS = 20_000  # of a text; the first ten pages or so
FEWEST = 40  # runs kept of a text below which nothing can be said
PERMUTATIONS = 64
CANDIDATE, ALIKE = 0.4, 0.5  # share of common runs: to be looked at, to be told
MOST = 40  # candidates of one text; a form that a hundred units filled in is no rescan
APART = re.compile(r"[\W_]+")
BASE = np.uint64(1_000_003)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents whose texts are nearly the same; ``share`` of their runs, from 0 to 1."""

    first: str
    second: str
    share: float


def pairs(texts: Iterable[tuple[str, str]]) -> Iterator[Pair]:
    """The pairs among these documents (hash and text), each once. The texts are taken one by one and not kept; they
    should come in order of their hashes, so that the same archive always gives the same pairs."""
    from datasketch import MinHashLSH  # brings scipy: 0.4 s that no other command should pay

    index = MinHashLSH(threshold=CANDIDATE, num_perm=PERMUTATIONS)
    seen: dict[str, Any] = {}
    for sha, text in texts:
        print_ = _fingerprint(text)
        if print_ is None:
            continue
        for other in sorted(index.query(print_))[:MOST]:
            share = print_.jaccard(seen[other])
            if share >= ALIKE:
                yield Pair(min(str(other), sha), max(str(other), sha), share)
        index.insert(sha, print_)
        seen[sha] = print_


def runs(text: str) -> npt.NDArray[np.uint64]:
    """The hashes of the runs that are kept, each once.

    >>> sorted(runs("Báo cáo " * 40)) == sorted(runs("BAO CAO" * 40))
    True
    """
    letters = APART.sub("", strip_marks(fold(text[: 2 * LETTERS])))[:LETTERS]
    codes = np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < RUN:
        return np.empty(0, dtype=np.uint64)
    mixed = np.zeros(len(codes) - RUN + 1, dtype=np.uint64)
    for at in range(RUN):
        mixed = mixed * BASE + codes[at : at + len(mixed)]
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return np.unique(mixed[mixed % np.uint64(KEEP) == 0])


def _fingerprint(text: str) -> Any:
    """The text's MinHash; None where it is too short to say anything."""
    kept = runs(text)
    if len(kept) < FEWEST:
        return None
    made = _blank().copy()
    made.update_batch(kept >> np.uint64(3))
    return made


def _low(one: np.uint64) -> int:
    """A hash is its own hash; datasketch takes 32 bits."""
    return int(one) & 0xFFFFFFFF


@cache
def _blank() -> Any:
    """Drawn once: its permutations are what makes two fingerprints comparable."""
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, hashfunc=_low)

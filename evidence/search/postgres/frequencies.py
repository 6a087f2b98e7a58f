"""How often a document says its terms: kept for those that it says more than once, as one value a document.

The terms by 32 bits of their hash, ascending (``schema.hash_lexeme``), then as many counts; of all documents that are
weighed for one answer a table is made, so that a term is looked up in all of them in one step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from evidence.search.matching import Ids, Scores, find_places
from evidence.search.postgres.schema import hash_lexeme

MOST = 65_535  # a term that stands there oftener weighs no more
HASHED, COUNTED = np.dtype("<u4"), np.dtype("<u2")


def pack_frequencies(counts: Mapping[str, int]) -> bytes:
    """``counts`` of lexemes; those that stand there once are left out."""
    often = sorted((hash_lexeme(lexeme), min(count, MOST)) for lexeme, count in counts.items() if count > 1)
    hashes, times = zip(*often, strict=True) if often else ((), ())
    return np.array(hashes, HASHED).tobytes() + np.array(times, COUNTED).tobytes()


class FrequencyTable:
    """The frequencies of some documents: ``packed`` side by side with ``ids``, which ascend; ``lengths`` by field."""

    def __init__(self, ids: Ids, packed: Sequence[bytes], lengths: Mapping[str, npt.NDArray[np.int64]]) -> None:
        self.ids, self._lengths = ids, lengths
        size = HASHED.itemsize + COUNTED.itemsize
        held = [len(data) // size for data in packed]
        hashes = [np.frombuffer(data, HASHED, count) for data, count in zip(packed, held, strict=True)]
        counts = [
            np.frombuffer(data, COUNTED, count, count * HASHED.itemsize)
            for data, count in zip(packed, held, strict=True)
        ]
        places = np.repeat(np.arange(len(ids), dtype=np.uint64) << np.uint64(32), held)
        self._keys = places | np.concatenate(hashes).astype(np.uint64) if hashes else places
        self._counts = np.concatenate(counts) if counts else np.empty(0, COUNTED)

    def count_lexeme(self, lexeme: str, ids: Ids) -> Scores:
        """How often each of the documents says it, which all do."""
        places = find_places(self.ids, ids).astype(np.uint64)
        wanted = (places << np.uint64(32)) | np.uint64(hash_lexeme(lexeme))
        at = np.minimum(np.searchsorted(self._keys, wanted), max(0, len(self._keys) - 1))
        counts = np.ones(len(ids))
        if len(self._keys):
            known = self._keys[at] == wanted
            counts[known] = self._counts[at[known]]
        return counts

    def find_lengths(self, field: str, ids: Ids) -> Scores | None:
        """How many terms the field has in each of the documents; None: it is of no length to speak of."""
        lengths = self._lengths.get(field)
        return None if lengths is None else lengths[find_places(self.ids, ids)].astype(np.float64)

"""What the index holds at one moment, as arrays: the postings of terms with their scores, lengths, dates, facets.

Scores are BM25 as the engine has it (k1 1.2, b 0.75, its inverse frequency). What was read is kept, the least used
forgotten first, up to ``KEPT`` bytes.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
import numpy.typing as npt
from whoosh.index import FileIndex
from whoosh.util.numeric import byte_to_length

from evidence.search.entries import DOCUMENT
from evidence.search.matching import NONE, Ids, Matches, Scores
from evidence.search.whoosh.postings import read_place_keys, read_postings
from evidence.search.whoosh.segments import IndexSegment, TermPlace, open_segments

K1, B = 1.2, 0.75
KEPT = 64_000_000  # bytes of arrays that are kept
FEW = 8  # times as many documents hold a term as are asked of: then only those are read, and nothing is kept

_LENGTHS = np.array([byte_to_length(code) for code in range(256)], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class FacetValues:
    """The values of a facet; ``documents`` and ``values`` (places in ``names``) are pairs."""

    names: tuple[str, ...]
    documents: Ids
    values: Ids


class IndexSnapshot:
    """An opened index; it stays what it was when the index on disk moves on."""

    def __init__(self, index: FileIndex) -> None:
        self.generation, self.segments = open_segments(index)
        self.size = sum(segment.count for segment in self.segments)
        self._kept: OrderedDict[tuple[str, str], Matches] = OrderedDict()
        self._kept_bytes = 0
        self._lengths: dict[str, npt.NDArray[np.uint8]] = {}
        self._facets: dict[str, FacetValues] = {}
        self._lock = Lock()

    def close(self) -> None:
        """Lets go of the files."""
        for segment in self.segments:
            segment.close()

    @cached_property
    def documents(self) -> Ids:
        """All documents, ascending; no pages of long files."""
        return self.match_term("sort", DOCUMENT).ids

    @cached_property
    def dates(self) -> Ids:
        """Of each document its date as a day number; 0: none."""
        columns = [segment.read_numbers("date") for segment in self.segments]
        return np.concatenate(columns) if columns else np.empty(0, dtype=np.int64)

    @cached_property
    def _deleted(self) -> npt.NDArray[np.bool_] | None:
        if not any(len(segment.deleted) for segment in self.segments):
            return None
        mask = np.zeros(self.size, dtype=np.bool_)
        for segment in self.segments:
            mask[segment.deleted] = True
        return mask

    def count_term(self, field: str, term: str) -> int:
        """How many documents hold the term, deleted ones too."""
        return sum(place.documents for _, place in self._find(field, term))

    def match_term(self, field: str, term: str, within: Ids | None = None) -> Matches:
        """The documents that hold the term."""

        def read(some: Ids | None) -> Matches:
            places = self._find(field, term)
            parts = [read_postings(segment, place, some) for segment, place in places]
            ids = np.concatenate([ids for ids, _ in parts]) if parts else NONE.ids
            weights = np.concatenate([counts for _, counts in parts]) if parts else NONE.scores
            rarity = self.rate_rarity(sum(place.documents for _, place in places))
            return self._leave_deleted(ids, self.score(field, ids, weights, rarity))

        if within is not None and (field, term) not in self._kept and self.count_term(field, term) > FEW * len(within):
            return read(within)
        return self._keep((field, term), lambda: read(None)).narrow(within)

    def match_prefix(self, field: str, start: str) -> Ids:
        """The documents that hold a term that begins so."""

        def read() -> Matches:
            held = np.zeros(self.size, dtype=np.bool_)
            for segment in self.segments:
                for _, place in segment.list_terms(field, start):
                    held[read_postings(segment, place)[0]] = True
            ids = np.flatnonzero(held)
            return self._leave_deleted(ids, np.ones(len(ids)))

        return self._keep((field, f"{start}*"), read).ids

    def find_place_keys(self, field: str, term: str, documents: Ids) -> Ids:
        """A key for each place of the term in each of the documents, ascending (``postings.read_place_keys``)."""
        keys = [read_place_keys(segment, place, documents) for segment, place in self._find(field, term)]
        return np.concatenate(keys) if keys else NONE.ids

    def rate_rarity(self, count: int) -> float:
        """The weight of a term that so many documents hold."""
        return math.log(self.size / (count + 1)) + 1 if self.size else 0.0

    def score(self, field: str, ids: Ids, counts: npt.NDArray[np.floating], rarity: float) -> Scores:
        """BM25 of what stands ``counts`` times in the field of each document."""
        mean = sum(segment.total_length(field) for segment in self.segments) / max(1, self.size) or 1.0
        norms = K1 * ((1 - B) + B * _LENGTHS / mean)
        scores: Scores = rarity * (K1 + 1) * counts / (counts + norms[self._find_lengths(field)[ids]])
        return scores

    def count_values(self, field: str, documents: Ids) -> dict[str, int]:
        """How many of the documents have each value of a facet; none that none has."""
        facet = self._facets.get(field) or self._facets.setdefault(field, self._read_facet(field))
        wanted = np.zeros(self.size, dtype=np.bool_)
        wanted[documents] = True
        counts = np.bincount(facet.values[wanted[facet.documents]], minlength=len(facet.names))
        return {facet.names[at]: int(counts[at]) for at in np.flatnonzero(counts)}

    def read_stored(self, document: int) -> dict[str, object]:
        """What is stored of the document."""
        return next(part for part in reversed(self.segments) if part.base <= document).read_stored(document)

    def _find(self, field: str, term: str) -> list[tuple[IndexSegment, TermPlace]]:
        found = ((segment, segment.find_term(field, term)) for segment in self.segments)
        return [(segment, place) for segment, place in found if place is not None]

    def _find_lengths(self, field: str) -> npt.NDArray[np.uint8]:
        if field not in self._lengths:
            columns = [segment.read_lengths(field) for segment in self.segments]
            self._lengths[field] = np.concatenate(columns) if columns else np.empty(0, dtype=np.uint8)
        return self._lengths[field]

    def _read_facet(self, field: str) -> FacetValues:
        names: dict[str, int] = {}
        documents, values = [NONE.ids], [NONE.ids]
        for segment in self.segments:
            for name, place in segment.list_terms(field):
                ids, _ = read_postings(segment, place)
                documents.append(ids)
                values.append(np.full(len(ids), names.setdefault(name, len(names))))
        return FacetValues(tuple(names), np.concatenate(documents), np.concatenate(values))

    def _leave_deleted(self, ids: Ids, scores: Scores) -> Matches:
        if self._deleted is None or not len(ids):
            return Matches(ids, scores)
        alive = ~self._deleted[ids]
        return Matches(ids[alive], scores[alive])

    def _keep(self, key: tuple[str, str], read: Callable[[], Matches]) -> Matches:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        matches = read()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = matches
                self._kept_bytes += _measure(matches)
            while self._kept_bytes > KEPT and len(self._kept) > 1:
                self._kept_bytes -= _measure(self._kept.popitem(last=False)[1])
        return matches

    def list_stored(self) -> Iterator[dict[str, object]]:
        """What is stored of each document that is not deleted, pages too."""
        for segment in self.segments:
            gone = frozenset(segment.deleted.tolist())
            for document in range(segment.base, segment.base + segment.count):
                if document not in gone:
                    yield segment.read_stored(document)


def _measure(matches: Matches) -> int:
    return int(matches.ids.nbytes + matches.scores.nbytes) + 200

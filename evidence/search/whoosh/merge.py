"""Parts of the index made into one, term by term, so that an index fed in many turns stays small and quick to read.

The engine's own merging reads each part into memory, takes every posting through its sorting pool again, and by its
policy never merges parts of some hundred documents.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, groupby
from operator import itemgetter

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PerDocWriter, W3Segment
from whoosh.fields import Schema
from whoosh.index import FileIndex
from whoosh.util.numeric import byte_to_length

from evidence.search.whoosh.postings import Written, read_blocks
from evidence.search.whoosh.segments import IndexSegment, TermPlace

FANOUT = 5  # parts of like size that are made into one
GONE = 0.5  # share of deleted documents from which on a part is written anew without them


def choose_merge(segments: Sequence[W3Segment]) -> list[W3Segment]:
    """The parts to be made into one next: ``FANOUT`` of like size, or one of which most is deleted; none: enough."""
    levels: dict[int, list[W3Segment]] = {}
    for segment in segments:
        if segment.deleted_count() > GONE * segment.doc_count_all():
            return [segment]
        left = segment.doc_count_all() - segment.deleted_count()
        levels.setdefault(int(math.log(max(1, left), FANOUT)), []).append(segment)
    return next((group for _, group in sorted(levels.items()) if len(group) >= FANOUT), [])


def merge_segments(index: FileIndex, codec: W3Codec, schema: Schema, segments: Sequence[W3Segment]) -> W3Segment | None:
    """One part that holds what those hold, deleted documents left out; None where nothing is left."""
    parts: list[IndexSegment] = []
    try:
        for segment in segments:
            parts.append(IndexSegment(index, segment, sum(part.count for part in parts)))
        contents = _Contents(parts, schema)
        if not contents.count:
            return None
        merged: W3Segment = codec.new_segment(index.storage, index.indexname)
        contents.write_documents(codec.per_document_writer(index.storage, merged))
        merged.set_doc_count(contents.count)
        contents.write_terms(codec.field_writer(index.storage, merged))
    finally:
        for part in parts:
            part.close()
    merged.create_compound_file(index.storage)
    return merged


class _Contents:
    """What some parts hold. ``_numbers``: the new number of each of their documents, -1 of a deleted one."""

    def __init__(self, parts: Sequence[IndexSegment], schema: Schema) -> None:
        self._parts = parts
        self._schema = schema
        alive = np.ones(sum(part.count for part in parts), dtype=np.bool_)
        for part in parts:
            alive[part.deleted] = False
        self.count = int(alive.sum())
        self._alive = alive
        self._kept: list[bool] = alive.tolist()
        self._numbers: list[int] = np.where(alive, np.cumsum(alive) - 1, -1).tolist()

    def write_documents(self, writer: W3PerDocWriter) -> None:
        """What is kept of each document: what is stored, its lengths, its date."""
        dates = np.concatenate([part.read_numbers("date") for part in self._parts])[self._alive].tolist()
        stored = chain.from_iterable(map(_list_stored, self._parts))
        kept = (item for item, is_kept in zip(stored, self._kept, strict=True) if is_kept)
        date = self._schema["date"]
        for number, item in enumerate(kept):
            writer.start_doc(number)
            for name, value in item.items():
                writer.add_field(name, self._schema[name], value, 0)
            for name, lengths in self._lengths.items():
                if lengths[number]:
                    writer.add_field(name, self._schema[name], None, lengths[number])
            if dates[number]:
                writer.add_column_value("date", date.column_type, date.to_column_value(dates[number]))
            writer.finish_doc()
        writer.close()

    def write_terms(self, writer: W3FieldWriter) -> None:
        """The terms of all fields with their postings."""
        nothing = [0] * self.count
        for field, terms in groupby(self._merge_terms(), key=itemgetter(0)):
            writer.start_field(field, self._schema[field])
            lengths = self._lengths.get(field, nothing)
            for term, places in groupby(terms, key=itemgetter(1)):
                postings = self._join((at, place) for _, _, at, place in places)
                if postings.documents:
                    writer.start_term(term)
                    writer._postwriter.add_all(postings, lengths)
                    writer.finish_term()
            writer.finish_field()
        writer.close()

    def _join(self, places: Iterable[tuple[int, TermPlace]]) -> Written:
        """The postings of a term in all parts, under their new numbers."""
        documents: list[int] = []
        weights: list[float] = []
        values: list[bytes] = []
        for at, place in places:
            for block in read_blocks(self._parts[at], place):
                kept = block if not len(self._parts[at].deleted) else block.leave_out(self._kept)
                documents += [self._numbers[document] for document in kept.documents]
                weights += kept.weights
                values += kept.values
        return Written(documents, weights, values)

    def _merge_terms(self) -> Iterator[tuple[str, bytes, int, TermPlace]]:
        """Every term of every part in order: field, term, which part, where its postings are."""
        return heapq.merge(*(_list_terms(at, part) for at, part in enumerate(self._parts)), key=itemgetter(0, 1, 2))

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """Of each scored field the length of each document that is left."""
        table = np.array([byte_to_length(code) for code in range(256)])
        codes = {
            name: np.concatenate([part.read_lengths(name) for part in self._parts])[self._alive]
            for name, field in self._schema.items()
            if field.scorable
        }
        return {name: table[column].tolist() for name, column in codes.items()}


def _list_stored(part: IndexSegment) -> Iterator[dict[str, object]]:
    return (part.read_stored(document) for document in range(part.base, part.base + part.count))


def _list_terms(at: int, part: IndexSegment) -> Iterator[tuple[str, bytes, int, TermPlace]]:
    return ((field, term, at, place) for field, term, place in part.list_all_terms())

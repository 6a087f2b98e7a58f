"""The postings of a term out of the engine's blocks, as arrays.

A block holds up to 128 documents: a head (how many, the last document, how it is packed) and, pickled, the documents as
differences, how often each holds the term, and for each a value (its count and, in fields with positions, the places).
Only an index that this archive made is ever read (``generations``).
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC
from whoosh.filedb.structfile import StructFile

from evidence.search.matching import Ids, find_places
from evidence.search.whoosh.segments import IndexSegment, TermPlace

HEAD = 64  # bytes that hold the head of any block
LENGTH = 4  # bytes of a block's length, and of a value's count
PLACE_BITS = 32  # of a key: below them the place in the document, above them the document

Weights = npt.NDArray[np.float32]
_Unpacked = tuple[tuple[int, ...], tuple[float, ...] | float | None, tuple[bytes, ...] | bytes | None]


@dataclass(frozen=True, slots=True)
class _Block:
    last: int  # the number of its last document, within its part
    packed: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Written:
    """Postings side by side: documents, how often each holds the term, values (of a field that has none: none)."""

    documents: Sequence[int]
    weights: Sequence[float]
    values: Sequence[bytes]

    def leave_out(self, wanted: Sequence[bool]) -> Written:
        """Those of wanted documents."""
        chosen = [at for at, document in enumerate(self.documents) if wanted[document]]
        values = [self.values[at] for at in chosen] if self.values else ()
        return Written([self.documents[at] for at in chosen], [self.weights[at] for at in chosen], values)


def read_postings(segment: IndexSegment, place: TermPlace, within: Ids | None = None) -> tuple[Ids, Weights]:
    """The documents that hold the term, ascending, and how often each does; ``within``: of these alone, ascending.
    Blocks with none of them are passed over."""
    gaps: list[int] = []
    weights: list[float] = []
    before = 0
    for block in _choose(segment, place, within):
        some_gaps, some_weights, _ = _unpack(segment.postings, block)
        at = len(gaps)
        gaps.extend(some_gaps)
        gaps[at] -= before
        before = block.last
        if some_weights is None or isinstance(some_weights, float):
            weights.extend([some_weights or 1.0] * len(some_gaps))
        else:
            weights.extend(some_weights)
    ids = np.cumsum(np.array(gaps, dtype=np.int64)) + segment.base
    counts = np.array(weights, dtype=np.float32)
    if within is None:
        return ids, counts
    kept = find_places(ids, within)
    return ids[kept], counts[kept]


def read_blocks(segment: IndexSegment, place: TermPlace) -> Iterator[Written]:
    """The postings of a term as they are written, block by block."""
    for block in _list_blocks(segment.postings, place.offset):
        gaps, weights, values = _unpack(segment.postings, block)
        if weights is None or isinstance(weights, float):
            weights = (weights or 1.0,) * len(gaps)
        if isinstance(values, bytes):
            values = tuple(values[at : at + LENGTH] for at in range(0, len(values), LENGTH))
        yield Written([number + segment.base for number in accumulate(gaps)], weights, values or ())


def read_place_keys(segment: IndexSegment, place: TermPlace, documents: Ids) -> Ids:
    """A key for each place of the term in each of the documents (ascending), ascending: document, then place."""
    held: list[int] = []
    values: list[bytes] = []
    for block in _choose(segment, place, documents):
        gaps, _, data = _unpack(segment.postings, block)
        assert isinstance(data, tuple)
        ids = np.cumsum(np.array(gaps, dtype=np.int64)) + segment.base
        kept = find_places(ids, documents)
        held += ids[kept].tolist()
        values += [data[at] for at in kept.tolist()]
    lists = [pickle.loads(value[LENGTH:]) for value in values]
    counts = np.array([len(places) for places in lists], dtype=np.int64)
    steps = np.fromiter(chain.from_iterable(lists), dtype=np.int64, count=int(counts.sum()))
    sums = np.cumsum(steps)
    starts = np.cumsum(counts) - counts
    before = np.repeat(np.where(starts > 0, sums[starts - 1], 0), counts) if len(sums) else sums
    return (np.repeat(np.array(held, dtype=np.int64), counts) << PLACE_BITS) + sums - before


def _choose(segment: IndexSegment, place: TermPlace, within: Ids | None) -> Iterator[_Block]:
    """The blocks of the term, or those alone that may hold one of the documents."""
    blocks = _list_blocks(segment.postings, place.offset)
    if within is None:
        yield from blocks
        return
    lasts = np.array([block.last for block in blocks], dtype=np.int64) + segment.base
    upto = np.searchsorted(within, lasts, side="right")
    first = int(np.searchsorted(within, segment.base))
    for block, least, most in zip(blocks, [first, *upto[:-1].tolist()], upto.tolist(), strict=True):
        if most > least:
            yield block


def _list_blocks(file: StructFile, offset: int) -> list[_Block]:
    if file.get(offset, len(WHOOSH3_HEADER_MAGIC)) != WHOOSH3_HEADER_MAGIC:
        raise ValueError("no postings there")
    at = offset + len(WHOOSH3_HEADER_MAGIC)
    blocks = []
    length = 1
    while length > 0:
        head = file.get(at, LENGTH + HEAD)
        length = int.from_bytes(head[:LENGTH], "big", signed=True)
        stream = io.BytesIO(head[LENGTH:])
        _, last, _, packed, _, _ = pickle.load(stream)
        following = at + LENGTH + abs(length)
        blocks.append(_Block(last, bool(packed), at + LENGTH + stream.tell(), following))
        at = following
    return blocks


def _unpack(file: StructFile, block: _Block) -> _Unpacked:
    """Differences of the documents (the first one's whole), how often each holds the term (or all; None: once), their
    values (joined where all are of one length, None where there are none)."""
    data = file.get(block.start, block.end - block.start)
    gaps, weights, values = pickle.loads(zlib.decompress(data) if block.packed else data)
    return gaps, weights, values

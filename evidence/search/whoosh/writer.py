"""The engine's writer without what we never use: the same answers, in two thirds of the time.

Whoosh spends much of its time on the generality of its pipeline: a token object a word though our terms are ready, a
look into the file of lengths a posting, ``zlib`` on blocks of one posting (42,000 of the 55,000 blocks of 120
documents), checks of types. Figures in ``docs/benchmarks.md``. Whoosh is pinned (decision 0004); a test holds this
writer's answers against those of the engine's own.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import pairwise
from pickle import dumps

from whoosh import fields
from whoosh.analysis import Tokenizer
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3PerDocReader, W3PostingsWriter
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex
from whoosh.system import pack_int, pack_uint
from whoosh.util.numeric import length_to_byte
from whoosh.writing import PostingPool, SegmentWriter

from evidence.search.whoosh.merge import choose_merge, merge_segments
from evidence.search.whoosh.postings import Written, read_postings
from evidence.search.whoosh.segments import IndexSegment

MEMORY = 128  # MB of postings held before a part is written out
COMPRESSED = 4  # postings of a block from which on zlib gains more than it costs
PICKLE = 3  # the protocol: the first that has bytes
OVERHEAD = 220  # bytes of a posting in memory beside its term and its value


class TermField(fields.TEXT):  # type: ignore[misc]
    """A text field whose value is ready terms joined by blanks, or by ``end``."""

    def __init__(self, *, analyzer: Tokenizer, phrase: bool = True, end: str | None = None) -> None:
        super().__init__(analyzer=analyzer, phrase=phrase)
        self._end = end

    def index(self, value: str, **_unused: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Each term once: its bytes, how often it stands there, its weight, its positions (or its count again)."""
        places: dict[str, list[int]] = {}
        for place, term in enumerate(value.split(self._end)):
            if term in places:
                places[term].append(place)
            else:
                places[term] = [place]
        positions = self.format.supports("positions")
        for term, at in places.items():
            count = len(at)
            data = pack_uint(count)
            if positions:
                at[1:] = [after - before for before, after in pairwise(at)]
                data += dumps(at, 2)
            yield term.encode(), count, float(count), data


class _Postings(W3PostingsWriter):  # type: ignore[misc]
    _ids: array[int]
    _weights: array[float]
    _values: list[bytes]
    _maxweight: float
    _minlength: int | None
    _maxlength: int

    def add_posting(self, id_: int, weight: float, vbytes: bytes, length: int | None = None) -> None:
        """As the engine's, without its checks of types."""
        if len(self._ids) >= self._blocklimit:
            self._write_block()
        self._ids.append(id_)
        self._weights.append(weight)
        if weight > self._maxweight:
            self._maxweight = weight
        if vbytes:
            self._values.append(vbytes)
        if length:
            if self._minlength is None or length < self._minlength:
                self._minlength = length
            if length > self._maxlength:
                self._maxlength = length

    def add_all(self, postings: Written, lengths: Sequence[int]) -> None:
        """All postings of a term; ``lengths``: of every document of the part, in the field."""
        for start in range(0, len(postings.documents), self._blocklimit):
            if self._ids:
                self._write_block()
            some = slice(start, start + self._blocklimit)
            self._ids = array("I", postings.documents[some])
            self._weights = array("f", postings.weights[some])
            self._values = list(postings.values[some])
            self._maxweight = max(self._weights)
            held = [lengths[document] for document in self._ids]
            self._minlength, self._maxlength = min(held) or None, max(held)

    def _write_block(self, last: bool = False) -> None:
        """As the engine's, in one piece, a block of few postings not compressed, and pickled in a way that has bytes:
        in the engine's each value is a call of a function to whoever reads."""
        count = len(self._ids)
        self._terminfo.add_block(self)
        data = dumps((self._mini_ids(), self._mini_weights(), self._mini_values()), PICKLE)
        level = self._compression if count >= COMPRESSED else 0
        if level:
            data = zlib.compress(data, level)
        lengths = (length_to_byte(self._minlength), length_to_byte(self._maxlength))
        info = dumps((count, self._ids[-1], self._maxweight, level, *lengths), PICKLE)
        size = len(info) + len(data)
        magic = b"" if self._blockcount else WHOOSH3_HEADER_MAGIC
        self._postfile.write(magic + pack_int(-size if last else size) + info + data)
        self._blockcount += 1
        self._new_block()


class _Codec(W3Codec):  # type: ignore[misc]
    """The engine's codec, with our postings. What reads is the engine's own, and that is what an index names on disk: a
    class of ours named there would tie every index to where its module lies."""

    def __reduce__(self) -> tuple[type[W3Codec], tuple[int, int, int]]:
        return W3Codec, (self._blocklimit, self._compression, self._inlinelimit)

    def postings_writer(self, dbfile: StructFile, byteids: bool = False) -> _Postings:
        return _Postings(dbfile, blocklimit=self._blocklimit, byteids=byteids)


class _Pool(PostingPool):  # type: ignore[misc]
    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        self.fieldnames.add(item[0])
        self.currentsize += OVERHEAD + len(item[1]) + len(item[4] or b"")
        if self.currentsize > self.limit:
            self.save()
        self.current.append(item)


class IndexWriter(SegmentWriter):  # type: ignore[misc]
    """Writes documents to an open index; to be committed or cancelled."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, codec=_Codec())
        self._index = index
        self.pool = _Pool(self._tempstorage, self.newsegment, limitmb=MEMORY)

    def per_document_reader(self) -> W3PerDocReader:
        """The reader of what was written of each document, which remembers the lengths: asked for every posting."""
        reader = super().per_document_reader()
        reader.doc_field_length = cache(reader.doc_field_length)
        return reader

    def delete_by_term(self, fieldname: str, text: str, searcher: None = None) -> int:
        """Marks what the parts hold of it as deleted; how many documents. The engine's own copies all parts into memory
        to look."""
        count = 0
        for part, segment in zip(self._parts, self.segments, strict=True):
            place = part.find_term(fieldname, text)
            numbers = read_postings(part, place)[0].tolist() if place else []
            for number in numbers:
                segment.delete_document(number - part.base)
            count += len(numbers)
        return count

    def commit(self) -> None:
        """Writes what was added as a part of its own, makes parts of like size into one, and shows the new state."""
        segments = list(self.segments)
        if self._added:
            segments.append(self._finalize_segment())
        else:
            self._close_segment()
        while chosen := choose_merge(segments):
            merged = merge_segments(self._index, self.codec, self.schema, chosen)
            segments = [segment for segment in segments if segment not in chosen]
            segments += [merged] if merged is not None else []
        self._close_parts()
        self._commit_toc(segments)
        self._finish()

    def cancel(self) -> None:
        """Leaves the index as it was."""
        self._close_parts()
        super().cancel()

    @cached_property
    def _parts(self) -> list[IndexSegment]:
        return [IndexSegment(self._index, segment, 0) for segment in self.segments]

    def _close_parts(self) -> None:
        for part in self.__dict__.pop("_parts", ()):
            part.close()

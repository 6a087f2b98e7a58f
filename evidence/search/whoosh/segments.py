"""The parts of an index on disk, read in place: the engine's own reader copies every file into memory when it opens.

What is read is the engine's own layout (``whoosh.codec.whoosh3``, pinned): a compound file a part, in it the hash of
the terms, their postings and the columns. Tests hold what is read here against the engine's own matchers.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from time import sleep

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import W3PerDocReader, W3Segment, W3TermsReader
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex

from evidence.search.matching import Ids

RETRIES, PAUSE = 10, 0.05  # a writer may take a part away while we open it; seconds between

_NOTED = struct.Struct("!BfIBBfIIq")  # of it the third is the number of documents, the last the offset


@dataclass(frozen=True, slots=True)
class TermPlace:
    """Where a part keeps the postings of a term, and how many documents hold it, deleted ones too."""

    documents: int
    offset: int


class _Window(io.RawIOBase):
    """A piece of a mapped file as a file to read from."""

    def __init__(self, view: memoryview) -> None:
        self._view = view
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._view[self._at : self._at + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + (0, self._at, len(self._view))[whence]
        return self._at

    def tell(self) -> int:
        return self._at


class _View(StructFile):  # type: ignore[misc]
    """As the engine's ``BufferFile``, without its copy."""

    def __init__(self, view: memoryview, name: str) -> None:
        super().__init__(_Window(view), name=name)
        self.is_real = False
        self._view = view

    def get(self, position: int, length: int) -> bytes:
        return bytes(self._view[position : position + length])

    def close(self) -> None:
        self._view.release()


class _Mapped(CompoundStorage):  # type: ignore[misc]
    def open_file(self, name: str, *_unused: object, **_names: object) -> _View:
        offset, length = self.range(name)
        return _View(memoryview(self._source)[offset : offset + length], name)


class IndexSegment:
    """A part of the index. Its documents are numbered from ``base`` on among all."""

    def __init__(self, index: FileIndex, segment: W3Segment, base: int) -> None:
        self.base = base
        self.count = int(segment.doc_count_all())
        self.deleted: Ids = np.fromiter(segment.deleted_docs(), dtype=np.int64) + base
        self._lengths: dict[str, int] = segment._fieldlengths
        self._storage = _Mapped(index.storage.open_file(segment.make_filename(segment.COMPOUND_EXT)))
        self._terms: W3TermsReader = segment.codec().terms_reader(self._storage, segment)
        self._documents: W3PerDocReader = segment.codec().per_document_reader(self._storage, segment)
        self.postings: StructFile = self._terms._postfile

    def close(self) -> None:
        """Lets go of the files."""
        self._terms.close()
        self._documents.close()
        self._storage.close()

    def find_term(self, field: str, term: str) -> TermPlace | None:
        """Where the postings of the term are; None: the part has none."""
        if field not in self._terms._fieldmap:
            return None
        try:
            return _read_place(self._terms._tindex[self._terms._keycoder(field, term.encode())])
        except KeyError:
            return None

    def list_terms(self, field: str, start: str = "") -> Iterator[tuple[str, TermPlace]]:
        """The terms of the field that begin so, in order."""
        if field not in self._terms._fieldmap:
            return
        for key, data in self._terms._tindex.items_from(self._terms._keycoder(field, start.encode())):
            name, term = self._terms._keydecoder(key)
            if name != field or not term.startswith(start.encode()):
                return
            yield term.decode(), _read_place(data)

    def list_all_terms(self) -> Iterator[tuple[str, bytes, TermPlace]]:
        """The terms of all fields: field by field, the terms of each in order of their bytes."""
        for key, data in self._terms._tindex.items():
            yield *self._terms._keydecoder(key), _read_place(data)

    def total_length(self, field: str) -> int:
        """How many terms its documents have in the field, each as often as it stands there."""
        return int(self._lengths.get(field, 0))

    def read_lengths(self, field: str) -> npt.NDArray[np.uint8]:
        """Of each document the engine's code of how many terms it has in the field."""
        return self._read_column(f"_{field}_len", np.dtype("u1")).astype(np.uint8)

    def read_numbers(self, field: str) -> npt.NDArray[np.int64]:
        """Of each document the number in a sortable field of 32 bits; 0: none."""
        raw = self._read_column(field, np.dtype(">u4")).astype(np.int64)
        return np.where(raw > 0, raw - (1 << 31), 0)

    def read_stored(self, document: int) -> dict[str, object]:
        """What is stored of a document, numbered among all."""
        stored: dict[str, object] = self._documents.stored_fields(document - self.base)
        return stored

    def _read_column(self, name: str, kind: np.dtype[np.unsignedinteger]) -> npt.NDArray[np.unsignedinteger]:
        column = np.zeros(self.count, dtype=kind)
        if self._documents.has_column(name):
            file, _, length = self._documents._get_column_file(name)
            values = np.frombuffer(file.get(0, length), dtype=kind)
            column[: len(values)] = values
            file.close()
        return column


def open_segments(index: FileIndex) -> tuple[int, tuple[IndexSegment, ...]]:
    """The parts of the index, and which generation of it they are."""
    for attempt in range(RETRIES):
        opened: list[IndexSegment] = []
        try:
            contents = index._read_toc()
            for segment in contents.segments:
                opened.append(IndexSegment(index, segment, sum(part.count for part in opened)))
            return int(contents.generation), tuple(opened)
        except OSError:
            for part in opened:
                part.close()
            if attempt == RETRIES - 1:
                raise
            sleep(PAUSE)
    raise AssertionError("unreachable")


def _read_place(data: bytes) -> TermPlace:
    """Out of what the engine notes of a term; postings are never noted there themselves, for a part is written without
    (its limit for that is one)."""
    noted = _NOTED.unpack_from(data)
    return TermPlace(noted[2], noted[8])

"""Records and pages out of the bytes that are stored of them.

ArchiveError, by the document's hash, where they are no longer what was put there.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeVar

import msgspec

from evidence import codec
from evidence.errors import ArchiveError
from evidence.model.document import Page
from evidence.model.geometry import Box, enclose
from evidence.model.record import Record

T = TypeVar("T")
BATCH = 500  # hashes named in one query
KEPT_PAGES = 1024  # texts that are known still
MOST_KEPT, MOST_UNPACKED, LONGEST = 1 << 14, 1 << 20, 1 << 14  # bytes of such a page, of its words; its characters


class _Word(msgspec.Struct, gc=False):
    text: str
    box: msgspec.Raw = msgspec.Raw(b"null")  # taken out of its bytes where somebody asks for it


class _Line(msgspec.Struct, gc=False):
    words: list[_Word]


class StoredWords(msgspec.Struct, gc=False):
    """The words of a page and where they stand; nothing else is taken out of its bytes."""

    lines: list[_Line]

    @property
    def text(self) -> str:
        """Equal to the ``text`` of the page."""
        return "\n".join([" ".join([word.text for word in line.words]) for line in self.lines])

    def find_box(self, start: int, end: int) -> Box | None:
        """The box round the words that have any of the characters ``start:end`` of the text, in points of the page; of
        a box that was damaged nothing is known (``verify`` names it)."""
        at, boxes = 0, list[msgspec.Raw]()
        for line in self.lines:
            for word in line.words:
                if at >= end:
                    return _enclose(boxes)
                if at + len(word.text) > start:
                    boxes.append(word.box)
                at += len(word.text) + 1
            at += not line.words  # the end of an empty line
        return _enclose(boxes)


def _enclose(raw: Sequence[msgspec.Raw]) -> Box | None:
    try:
        return enclose(tuple(box for box in map(_BOX.decode, raw) if box))
    except msgspec.ValidationError:
        return None


_PAGE_TEXT = msgspec.json.Decoder(StoredWords)
_BOX: msgspec.json.Decoder[Box | None] = msgspec.json.Decoder(Box | None)


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as its bytes, taken out of them only as far as it is looked at."""

    sha256: str
    number: int
    data: bytes

    def read_text(self) -> StoredWords:
        """The words alone: three times as fast as ``read_page``."""
        try:
            return _PAGE_TEXT.decode(zlib.decompress(self.data))
        except (msgspec.DecodeError, zlib.error) as error:
            raise make_bytes_error(self.sha256) from error

    def recall_text(self) -> str:
        """The text alone; of pages that were asked for a while ago it is known still: what is found is found again, by
        a query made narrower or the one before. Not for who reads page after page, and none a second time."""
        try:
            text = _recall_text(self.data) if len(self.data) <= MOST_KEPT else None
        except (msgspec.DecodeError, zlib.error) as error:
            raise make_bytes_error(self.sha256) from error
        return self.read_text().text if text is None else text

    def read_page(self) -> Page:
        """The page with its boxes."""
        try:
            return codec.decode(zlib.decompress(self.data), Page)
        except (ValueError, zlib.error) as error:
            raise make_bytes_error(self.sha256) from error


@lru_cache(KEPT_PAGES)
def _recall_text(data: bytes) -> str | None:
    """The text of a page by its bytes; None for one too large to be kept."""
    unpacking = zlib.decompressobj()
    unpacked = unpacking.decompress(data, MOST_UNPACKED)
    text = _PAGE_TEXT.decode(unpacked).text if unpacking.eof else None
    return text if text is not None and len(text) <= LONGEST else None


def decode_record(sha256: str, data: bytes) -> Record:
    try:
        return codec.decode(data, Record)
    except ValueError as error:
        raise make_bytes_error(sha256) from error


def make_bytes_error(sha256: str) -> ArchiveError:
    """That the bytes of that document are damaged."""
    return ArchiveError("archive-illegible", "archive-illegible-hint", sha256=sha256)


def batch_hashes(hashes: Iterable[T]) -> Iterator[list[T]]:
    """As many at a time as a query may name."""
    rest = iter(hashes)
    while batch := list(islice(rest, BATCH)):
        yield batch

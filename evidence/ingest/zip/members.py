"""The bytes of a ZIP's member, unpacked as they are read and held against their size and checksum at the end."""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from evidence.ingest.zip.directory import LOCAL, LOCAL_FIELDS, ZipEntry

STORED, DEFLATED, BZIP2, LZMA = 0, 8, 12, 14
METHODS = frozenset({STORED, DEFLATED, BZIP2, LZMA})  # others, Deflate64 among them, are told
PIECE = 1 << 18
LZMA_HEAD = struct.Struct("<2xH")  # version, size of the properties
BROKEN = (zlib.error, OSError, lzma.LZMAError, EOFError, ValueError, struct.error)


class UnpackError(Exception):
    """A member that cannot be unpacked: it is damaged."""


class MemberStream:
    """The unpacked bytes of one member. UnpackError where it is damaged, at the latest at its end."""

    def __init__(self, file: BinaryIO, entry: ZipEntry) -> None:
        self._entry = entry
        self._pieces = _unpack(_read_packed(file, entry), entry.method)
        self._checksum = self._size = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes: some, however many were asked for; none at the end."""
        try:
            piece = next((piece for piece in self._pieces if piece), b"")
        except BROKEN as error:
            raise UnpackError(str(error)) from error
        self._checksum = zlib.crc32(piece, self._checksum)
        self._size += len(piece)
        if not piece and not self._is_whole():
            raise UnpackError("size or checksum")
        return piece

    def _is_whole(self) -> bool:
        entry = self._entry
        return entry.size < 0 or (self._size == entry.size and self._checksum == entry.checksum)


def _read_packed(file: BinaryIO, entry: ZipEntry) -> Iterator[bytes]:
    """The packed bytes. EOFError where no member begins at its place, or it is cut short."""
    if entry.offset < 0:
        raise EOFError
    file.seek(entry.offset)
    head = file.read(LOCAL_FIELDS.size)
    if len(head) < LOCAL_FIELDS.size or not head.startswith(LOCAL):
        raise EOFError
    name_size, extra_size = LOCAL_FIELDS.unpack(head)[-2:]
    place, left = entry.offset + LOCAL_FIELDS.size + name_size + extra_size, entry.packed_size
    while left:
        file.seek(place)
        packed = file.read(min(PIECE, left))
        if not packed:
            raise EOFError
        place, left = place + len(packed), left - len(packed)
        yield packed


def _unpack(packed: Iterator[bytes], method: int) -> Iterator[bytes]:
    """The unpacked bytes in pieces of a bounded size. EOFError where they end too soon."""
    if method == STORED:
        yield from packed
    elif method == DEFLATED:
        inflate = zlib.decompressobj(-15)
        for data in packed:
            waiting = data
            while waiting and not inflate.eof:
                yield inflate.decompress(waiting, PIECE)
                waiting = inflate.unconsumed_tail
        yield inflate.flush()
        if not inflate.eof:
            raise EOFError
    else:
        first = next(packed, b"")
        decoder = bz2.BZ2Decompressor() if method == BZIP2 else _lzma_decoder(first)
        body = first if method == BZIP2 else first[LZMA_HEAD.size + LZMA_HEAD.unpack_from(first)[0] :]
        yield from _decode(decoder, body, packed)


def _decode(
    decoder: bz2.BZ2Decompressor | lzma.LZMADecompressor, first: bytes, more: Iterator[bytes]
) -> Iterator[bytes]:
    data: bytes | None = first
    while data is not None and not decoder.eof:
        yield decoder.decompress(data, PIECE)
        data = next(more, None) if decoder.needs_input else b""


def _lzma_decoder(first: bytes) -> lzma.LZMADecompressor:
    """The decoder by the properties at the start of the member."""
    size = LZMA_HEAD.unpack_from(first)[0]
    properties = first[LZMA_HEAD.size : LZMA_HEAD.size + size]
    bits, dictionary = struct.unpack("<BI", properties)
    context, literal, position = bits % 9, bits // 9 % 5, bits // 45
    filters = {
        "id": lzma.FILTER_LZMA1, "lc": context, "lp": literal, "pb": position, "dict_size": dictionary,
    }  # fmt: skip
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[filters])

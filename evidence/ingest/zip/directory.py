"""The list of members of a ZIP, read tolerantly (APPNOTE 6.3.10): what is wrong with one entry costs that one.

The standard library gives up the whole file for one name that is no UTF-8 or one entry that is cut. Where the list is
lost (a download cut short), the members are found by the heads before them.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from evidence.ingest.encoding.names import decode_names, mend_name

END, END_64, ENTRY, LOCAL = b"PK\x05\x06", b"PK\x06\x06", b"PK\x01\x02", b"PK\x03\x04"
END_FIELDS = struct.Struct("<4s4H2IH")
END_64_FIELDS = struct.Struct("<4sQ2H2I4Q")
ENTRY_FIELDS = struct.Struct("<4s6H3I5H2I")
LOCAL_FIELDS = struct.Struct("<4s5H3I2H")
COMMENT = 1 << 16  # the longest comment behind the list
FULL = 0xFFFFFFFF  # a number that stands in a further field
UTF_8, LOCKED, SIZES_BEHIND = 0x800, 0x1, 0x8  # flags
ZIP_64, UNICODE_PATH = 0x0001, 0x7075  # further fields
LONGEST = 64 << 20  # bytes of a list that are read
LINK, FOLDER = 0o120000, 0o040000  # kinds of file, as Unix writes them
UNIX = 3


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """A member: its name in Unicode, how it is packed, and where. ``broken``: its entry is damaged."""

    name: str
    flags: int
    method: int
    checksum: int
    packed_size: int
    size: int
    offset: int
    mode: int = 0
    broken: bool = False

    @property
    def is_folder(self) -> bool:
        return self.size == 0 and (self.name.endswith(("/", "\\")) or self.mode & 0o170000 == FOLDER)

    @property
    def is_link(self) -> bool:
        return self.mode & 0o170000 == LINK

    @property
    def is_locked(self) -> bool:
        return bool(self.flags & LOCKED)


@dataclass(frozen=True, slots=True)
class ZipDirectory:
    """``whole``: whether the list of members was found; else they were found one by one, and some may be lost."""

    entries: tuple[ZipEntry, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _RawEntry:
    fields: tuple[int, ...]  # as ``ZipEntry`` has them, from the flags on
    name: bytes
    extra: dict[int, bytes]


def read_directory(file: BinaryIO, most: int) -> ZipDirectory:
    """The members, up to one more than ``most``; of a file without a list those that begin with a head of their own."""
    size = file.seek(0, os.SEEK_END)
    place = _find_list(file, size)
    if place is None:
        return ZipDirectory(_named(list(_local_entries(file, size, most))), whole=False)
    start, length, shift, count = place
    file.seek(start)
    raw = list(_entries(file.read(min(length, LONGEST)), shift, most))
    if len(raw) < min(count, most):
        raw += _unlisted(raw, list(_local_entries(file, start, most)))
    return ZipDirectory(_named(raw), whole=len(raw) >= min(count, most))


def _unlisted(listed: list[_RawEntry], heads: list[_RawEntry]) -> list[_RawEntry]:
    """Of the members found by their heads those that the list lacks; a member may be a ZIP with heads of its own."""
    taken = [(entry.fields[5], entry.fields[5] + entry.fields[3]) for entry in listed]
    return [entry for entry in heads if not any(low <= entry.fields[5] <= high for low, high in taken)]


def _find_list(file: BinaryIO, size: int) -> tuple[int, int, int, int] | None:
    """Where the list begins, its bytes, what must be added to its offsets (something may lie before the ZIP), and how
    many members it has."""
    start = max(0, size - COMMENT - END_FIELDS.size)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or at + END_FIELDS.size > len(tail):
        return None
    _, _, _, _, count, length, offset, _ = END_FIELDS.unpack_from(tail, at)
    end = start + at
    if FULL in (length, offset):
        wide = tail.rfind(END_64, 0, at)
        if wide < 0 or wide + END_64_FIELDS.size > at:
            return None
        count, length, offset = END_64_FIELDS.unpack_from(tail, wide)[-3:]
        end = start + wide
    begin = end - length
    return (begin, length, begin - offset, count) if begin >= 0 else None


def _entries(data: bytes, shift: int, most: int) -> Iterator[_RawEntry]:
    """The entries of the list; behind one that is damaged the next is looked for."""
    at, count = 0, 0
    while at + ENTRY_FIELDS.size <= len(data) and count <= most:
        if data[at : at + 4] != ENTRY:
            at = data.find(ENTRY, at + 1)
            if at < 0:
                return
            continue
        fields = ENTRY_FIELDS.unpack_from(data, at)
        made, flags, method, checksum, packed, size = fields[1], fields[3], fields[4], fields[7], fields[8], fields[9]
        name_size, extra_size, comment_size, attributes, offset = *fields[10:13], fields[15], fields[16]
        begin = at + ENTRY_FIELDS.size
        name, extra = data[begin : begin + name_size], _extra(data[begin + name_size : begin + name_size + extra_size])
        size, packed, offset = _wide(extra.get(ZIP_64, b""), (size, packed, offset))
        mode = attributes >> 16 if made >> 8 == UNIX else 0
        yield _RawEntry((flags, method, checksum, packed, size, offset + shift, mode), name, extra)
        count += 1
        at = begin + name_size + extra_size + comment_size


def _local_entries(file: BinaryIO, size: int, most: int) -> Iterator[_RawEntry]:
    """The members by the heads before them; one whose sizes stand behind it ends where the next head begins."""
    file.seek(0)
    data = file.read(size)
    at, count = data.find(LOCAL), 0
    while at >= 0 and at + LOCAL_FIELDS.size <= len(data) and count <= most:
        _, _, flags, method, _, _, checksum, packed, unpacked, name_size, extra_size = LOCAL_FIELDS.unpack_from(
            data, at
        )
        begin = at + LOCAL_FIELDS.size
        extra = _extra(data[begin + name_size : begin + name_size + extra_size])
        unpacked, packed, _ = _wide(extra.get(ZIP_64, b""), (unpacked, packed, 0))
        start = begin + name_size + extra_size
        following = data.find(LOCAL, start + packed)
        if flags & SIZES_BEHIND and not packed:
            packed = (following if following >= 0 else len(data)) - start
            checksum = unpacked = -1  # not known
        yield _RawEntry((flags, method, checksum, packed, unpacked, at, 0), data[begin : begin + name_size], extra)
        count += 1
        at = following


def _extra(data: bytes) -> dict[int, bytes]:
    """The further fields of an entry."""
    fields: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        fields.setdefault(kind, data[at + 4 : at + 4 + size])
        at += 4 + size
    return fields


def _wide(field: bytes, numbers: tuple[int, int, int]) -> tuple[int, int, int]:
    """The numbers, those that are too large for their places taken from the field for large ones."""
    wide = iter(struct.unpack(f"<{len(field) // 8}Q", field[: len(field) // 8 * 8]))
    first, second, third = (next(wide, number) if number == FULL else number for number in numbers)
    return first, second, third


def _named(raw: list[_RawEntry]) -> tuple[ZipEntry, ...]:
    """The entries with their names: the Unicode Path field, then UTF-8, then as all names of the ZIP together look."""
    unicode_names = [_unicode_path(entry) for entry in raw]
    others = [entry.name for entry, name in zip(raw, unicode_names, strict=True) if name is None]
    decoded = iter(decode_names(others))
    names = (mend_name(name) if name is not None else next(decoded) for name in unicode_names)
    return tuple(_make_entry(name, entry) for name, entry in zip(names, raw, strict=True))


def _make_entry(name: str, entry: _RawEntry) -> ZipEntry:
    flags, method, checksum, packed, size, offset, mode = entry.fields
    return ZipEntry(name, flags, method, checksum, packed, size, offset, mode, broken=offset < 0)


def _unicode_path(entry: _RawEntry) -> str | None:
    """The name that Info-ZIP's field gives in UTF-8, if it was made for this name."""
    field = entry.extra.get(UNICODE_PATH, b"")
    if len(field) < 6 or field[0] != 1 or int.from_bytes(field[1:5], "little") != zlib.crc32(entry.name):
        return None
    try:
        return field[5:].decode("utf-8")
    except UnicodeDecodeError:
        return None

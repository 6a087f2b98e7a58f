"""TNEF, the ``winmail.dat`` in which Outlook and Exchange wrap what they send ([MS-OXTNEF]): text and attachments.

Read tolerantly: an attribute that is cut or has a wrong sum ends or costs itself, what stands before it is kept.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from evidence.ingest.mail.heads import Heads, read_heads
from evidence.ingest.mail.outlook_properties import (
    BINARY,
    BODY,
    CODE_PAGE,
    FILE_DATA,
    FILE_NAME,
    OBJECT,
    STRING8,
    SUBJECT,
    TRANSPORT_HEADS,
    UNICODE,
    MapiProperties,
    OutlookFile,
    OutlookMessage,
    make_file,
    make_message,
)

SIGNATURE = b"\x78\x9f\x3e\x22"
HEAD = struct.Struct("<BHHI")  # level, name, type, length of an attribute
# attributes of before MAPI, and the property that says the same
ATTRIBUTES = {0x8004: SUBJECT, 0x800C: BODY}
FILE_BEGINS, FILE_DATA_OLD, FILE_TITLE, FILE_PROPERTIES = 0x9002, 0x800F, 0x8010, 0x9005
PROPERTIES, OEM_CODE_PAGE = 0x9003, 0x9007
NAMED = 0x8000  # identifiers from here on bear a name of their own
VARIABLE = frozenset({STRING8, UNICODE, BINARY, OBJECT})
SIZES = {0x0001: 0, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8, 0x0040: 8, 0x0048: 16}  # of types; others have 4
INTERFACE = 16  # bytes before an object, which say what it is
MOST = 100_000  # properties and values of one list


def read_tnef(data: bytes) -> OutlookMessage | None:
    """The message in that stream; ``None`` where it is none."""
    if not data.startswith(SIGNATURE):
        return None
    message = MapiProperties()
    files: list[MapiProperties] = []
    for name, value in _attributes(data):
        if name in ATTRIBUTES:
            message.add(ATTRIBUTES[name], STRING8, value)
        elif name == OEM_CODE_PAGE:
            message.add(CODE_PAGE, 3, value[:4])
        elif name == PROPERTIES:
            _add_properties(value, message)
        elif name == FILE_BEGINS:
            files.append(MapiProperties({CODE_PAGE: message.values[CODE_PAGE]} if CODE_PAGE in message.values else {}))
        elif files and name == FILE_DATA_OLD:
            files[-1].add(FILE_DATA, BINARY, value)
        elif files and name == FILE_TITLE:
            files[-1].add(FILE_NAME, STRING8, value)
        elif files and name == FILE_PROPERTIES:
            _add_properties(value, files[-1])
    sent = message.text(TRANSPORT_HEADS).encode()
    heads = read_heads(sent, 0, len(sent))[0] if sent else Heads()
    return make_message(message, tuple(map(_make_file, files)), heads)


def _make_file(properties: MapiProperties) -> OutlookFile:
    """The attachment; of an object the interface before it is left out. A message in a message is a TNEF stream."""
    kind, data = properties.values.get(FILE_DATA, (0, b""))
    if kind == OBJECT:
        properties.values[FILE_DATA] = (BINARY, data[INTERFACE:])
    return make_file(properties)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = len(SIGNATURE) + 2
    while at + HEAD.size <= len(data):
        level, name, _, length = HEAD.unpack_from(data, at)
        if level not in (1, 2):
            return
        at += HEAD.size
        yield name, data[at : at + length]
        at += length + 2  # the sum


def _add_properties(data: bytes, properties: MapiProperties) -> None:
    """Adds the properties of such a list, as far as it can be read."""
    at = 4
    try:
        for _ in range(min(struct.unpack_from("<I", data)[0], MOST)):
            kind, identifier = struct.unpack_from("<HH", data, at)
            at += 4
            if identifier >= NAMED:
                at = _skip_name(data, at)
            value, at = _read_value(data, at, kind)
            properties.add(identifier, kind & ~0x1000, value)
    except (struct.error, IndexError):
        return


def _skip_name(data: bytes, at: int) -> int:
    kind, size = struct.unpack_from("<II", data, at + 16)
    return at + 24 + ((size + 3) // 4 * 4 if kind == 1 else 0)


def _read_value(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    """The first value of a property, and where the next property begins."""
    several, bare = bool(kind & 0x1000), kind & ~0x1000
    count = 1
    if several or bare in VARIABLE:
        count = min(struct.unpack_from("<I", data, at)[0], MOST)
        at += 4
    first = b""
    for number in range(count):
        if bare in VARIABLE:
            size = struct.unpack_from("<I", data, at)[0]
            at += 4
        else:
            size = SIZES.get(bare, 4)
        if at + size > len(data):
            raise struct.error("cut short")
        if number == 0:
            first = data[at : at + size]
        at += (size + 3) // 4 * 4
    return first, at

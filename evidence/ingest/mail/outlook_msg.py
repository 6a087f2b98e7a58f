"""MSG, the file in which Outlook saves one message ([MS-OXMSG]): an OLE file with a stream a property.

Attached messages lie as storages inside, with the same streams.
"""

from __future__ import annotations

import struct

import olefile

from evidence.errors import UnreadableError
from evidence.ingest.mail.heads import Heads, read_heads
from evidence.ingest.mail.outlook_properties import (
    TRANSPORT_HEADS,
    MapiProperties,
    OutlookFile,
    OutlookMessage,
    make_file,
    make_message,
)
from evidence.ingest.mail.outlook_reader import read_outlook
from evidence.ingest.reader_protocol import ReadRequest, ReadResult

PROPERTIES, STREAM, FILE, MESSAGE = "__properties_version1.0", "__substg1.0_", "__attach_version1.0_", "3701000d"
SKIPPED = {True: 32, False: 24}  # bytes before the properties of a message: of the file itself, of one inside
FILE_SKIPPED = 8  # the same of an attachment
ENTRY = struct.Struct("<HHI8s")  # type, identifier, flags, value
DEEPEST = 5  # messages inside one another
MOST = 20_000  # streams of a file
BROKEN = (OSError, ValueError, struct.error, IndexError, KeyError, AttributeError, TypeError, RecursionError)
# of properties with a value of their own; the others have a stream
FIXED = frozenset({0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0007, 0x000B, 0x0014, 0x0040})

Place = tuple[str, ...]


def read(request: ReadRequest) -> ReadResult:
    """The message's text and heads, and its attachments. UnreadableError for a file that is broken or no message."""
    data = request.file.read_bytes()
    try:
        with olefile.OleFileIO(data) as ole:
            message = _Storages(ole).message((), 0)
    except BROKEN as error:
        raise UnreadableError("damaged", "damaged-office", kind="MSG") from error
    if not message.heads and not message.files and not message.body:
        raise UnreadableError("damaged", "damaged-office", kind="MSG")
    return read_outlook(message, request)


class _Storages:
    """The storages of one file by their places."""

    def __init__(self, ole: olefile.OleFileIO) -> None:
        self._ole = ole
        self._streams: dict[Place, list[str]] = {}
        for place in ole.listdir(streams=True, storages=False)[:MOST]:
            self._streams.setdefault(tuple(place[:-1]), []).append(place[-1])
        self._storages = [tuple(place) for place in ole.listdir(streams=False, storages=True)[:MOST]]

    def message(self, place: Place, depth: int) -> OutlookMessage:
        """The message whose streams lie there."""
        properties = self._properties(place, SKIPPED[not place])
        inside = [each for each in self._storages if each[:-1] == place and each[-1].startswith(FILE)]
        files = tuple(self._file(each, depth) for each in sorted(inside))
        sent = properties.text(TRANSPORT_HEADS).encode("utf-8", "replace")
        return make_message(properties, files, read_heads(sent, 0, len(sent))[0] if sent else Heads())

    def _file(self, place: Place, depth: int) -> OutlookFile:
        properties = self._properties(place, FILE_SKIPPED)
        inner = next((each for each in self._storages if each[:-1] == place and each[-1].lower().endswith(MESSAGE)), ())
        if inner and (*inner, PROPERTIES) in self and depth < DEEPEST:
            return make_file(properties, self.message(inner, depth + 1))
        return make_file(properties)

    def __contains__(self, place: object) -> bool:
        return isinstance(place, tuple) and place[-1] in self._streams.get(place[:-1], ())

    def _properties(self, place: Place, skipped: int) -> MapiProperties:
        properties = MapiProperties()
        if (*place, PROPERTIES) in self:
            for kind, identifier, _, value in ENTRY.iter_unpack(_whole(self._read((*place, PROPERTIES))[skipped:])):
                if kind in FIXED:
                    properties.add(identifier, kind, value)
        for name in self._streams.get(place, ()):
            if name.startswith(STREAM) and len(name) == len(STREAM) + 8:
                code = int(name[len(STREAM) :], 16)
                properties.add(code >> 16, code & 0xFFFF, self._read((*place, name)))
        return properties

    def _read(self, place: Place) -> bytes:
        """The bytes of a stream; none where it is cut: its property alone is lost."""
        try:
            with self._ole.openstream(list(place)) as stream:
                return bytes(stream.read())
        except OSError:
            return b""


def _whole(data: bytes) -> bytes:
    """As many bytes as make whole entries."""
    return data[: len(data) // ENTRY.size * ENTRY.size]

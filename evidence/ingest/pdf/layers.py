"""Whether a PDF may have layers (optional content, ISO 32000-1, 8.11): then every text is looked at in the picture.

pdfium shows layers as the file says, but tells nothing of them. The file's bytes are asked for the names that a
catalogue with layers cannot do without; it may be packed into an object stream, and the last one counts.
"""

from __future__ import annotations

import zlib
from pathlib import Path

NAME = b"/OC"  # of ``/OCProperties`` and ``/OCGs``
ENDS = (b"Properties", b"G", b"#")  # the last: letters written as numbers
CATALOGUE = b"/Catalog"
PACKED = b"/ObjStm"
HEAD = 400  # bytes before the type of an object stream in which its dictionary begins
MOST = 1 << 26  # bytes that are unpacked; a file with more may have layers


def may_have_layers(file: Path) -> bool:
    """False only where the file has none for sure."""
    data = file.read_bytes()
    if _names_layers(data):
        return True
    plain, place, left = data.rfind(CATALOGUE), data.rfind(PACKED), MOST
    if place >= 0 and b"/Encrypt" in data:
        return True
    while place > plain:
        piece = _unpack(data, place, left)
        if piece is None or _names_layers(piece):
            return True
        if CATALOGUE in piece:
            return False
        left -= len(piece)
        place = data.rfind(PACKED, 0, place)
    return False


def _names_layers(data: bytes) -> bool:
    place = data.find(NAME)
    while place >= 0:
        if data.startswith(ENDS, place + len(NAME)):
            return True
        place = data.find(NAME, place + 1)
    return False


def _unpack(data: bytes, place: int, left: int) -> bytes | None:
    """What the object stream whose type stands there holds; ``None`` where that cannot be told."""
    begin = data.find(b"stream", place)
    head = data[max(0, place - HEAD) : begin]
    if begin < 0 or left <= 0 or b"/Predictor" in head or b"FlateDecode" not in head:
        return None
    begin += len(b"stream\r\n") if data.startswith(b"stream\r\n", begin) else len(b"stream\n")
    try:
        return zlib.decompressobj().decompress(memoryview(data)[begin:], left)
    except zlib.error:
        return None

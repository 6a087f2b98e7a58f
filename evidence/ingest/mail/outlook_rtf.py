"""RTF as Outlook packs it ([MS-OXRTFCP], ``LZFu``)."""

from __future__ import annotations

import struct

PACKED, PLAIN = b"LZFu", b"MELA"
WINDOW = 4096
START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans "
    rb"SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u"
    rb"\tab\tx"
)  # what the window holds at first
HEAD = struct.Struct("<II4sI")  # sizes packed and unpacked, kind, sum
LARGEST = 50_000_000  # bytes unpacked


def unpack_rtf(data: bytes) -> bytes:
    """The RTF; as much of it as can be read where the stream is cut, nothing where it is none."""
    if len(data) < HEAD.size:
        return b""
    _, size, kind, _ = HEAD.unpack_from(data)
    if kind == PLAIN:
        return data[HEAD.size : HEAD.size + size]
    return bytes(_unpack(data, min(size, LARGEST))) if kind == PACKED else b""


def _unpack(data: bytes, size: int) -> bytearray:
    window = bytearray(START.ljust(WINDOW, b"\0"))
    place, at = len(START), HEAD.size
    out = bytearray()
    while at < len(data) and len(out) < size:
        flags = data[at]
        at += 1
        for bit in range(8):
            if flags >> bit & 1:
                if at + 1 >= len(data):
                    return out
                reference = data[at] << 8 | data[at + 1]
                at += 2
                source = reference >> 4
                if source == place % WINDOW:
                    return out
                piece = (reference & 15) + 2
            else:
                if at >= len(data):
                    return out
                window[place % WINDOW] = data[at]
                source, piece = place, 1
                at += 1
            for step in range(piece):
                letter = window[(source + step) % WINDOW]
                window[place % WINDOW] = letter
                place += 1
                out.append(letter)
    return out

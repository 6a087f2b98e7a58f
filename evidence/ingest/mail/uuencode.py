"""Files in the text of a message, as mail programs wrote them before MIME: ``begin 644 name`` … ``end``."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} +([^\r\n]+?)[ \t]*\r*\n", re.MULTILINE)
END = re.compile(rb"^end[ \t]*\r*$", re.MULTILINE)
BASE64_END = re.compile(rb"^====[ \t]*\r*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class EncodedFile:
    """A file in a text: its raw name, its bytes, and where in the text it stands. ``data`` is empty where the block is
    damaged."""

    name: bytes
    data: bytes
    start: int
    end: int


def find_files(text: bytes) -> list[EncodedFile]:
    """The files in a text, in their order. A line that begins none, such as ``begin 644 times``, is text."""
    files: list[EncodedFile] = []
    at = 0
    while begin := BEGIN.search(text, at):
        base64 = begin[0].startswith(b"begin-base64")
        end = (BASE64_END if base64 else END).search(text, begin.end())
        stop = end.end() if end else len(text)
        body = text[begin.end() : end.start() if end else len(text)]
        at = begin.end()
        if not base64 and not _looks_encoded(body):
            continue
        try:
            data = binascii.a2b_base64(body) if base64 else decode_lines(body)
        except (binascii.Error, ValueError):
            data = b""
        files.append(EncodedFile(begin[1], data, begin.start(), stop))
        at = stop
    return files


def decode_block(block: bytes) -> bytes:
    """The bytes of the first file in it; of the bare lines where it has no beginning. binascii.Error for others."""
    files = find_files(block)
    return files[0].data if files else decode_lines(block)


def decode_lines(body: bytes) -> bytes:
    """The bytes of such lines. binascii.Error where a line is none."""
    pieces: list[bytes] = []
    for line in body.splitlines():
        bare = line.rstrip(b"\r\n")
        if not bare.strip(b" `"):
            continue
        size = (bare[0] - 32) & 63
        letters = (size + 2) // 3 * 4
        whole = bare[: letters + 1].ljust(letters + 1)  # blanks at its end, which programs cut off
        pieces.append(binascii.a2b_uu(whole))
    return b"".join(pieces)


def _looks_encoded(body: bytes) -> bool:
    """Whether the first line holds as many letters as it says."""
    first = body.lstrip(b"\r\n").partition(b"\n")[0].rstrip(b"\r")
    if not first.strip(b" `"):
        return bool(body.strip())
    letters = (((first[0] - 32) & 63) + 2) // 3 * 4
    return letters > 0 and letters - 3 <= len(first.rstrip()) + first.count(b" ") and len(first) <= letters + 3

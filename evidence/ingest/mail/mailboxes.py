"""A file of mail as the bytes of its messages: what programs put around them is taken away.

``mbox``: a line ``From …`` before each message, such lines inside with ``>``; ``.emlx`` (Apple): a count of bytes
before it and a property list behind; Windows' marks and UTF-16, blank lines above, line ends of the old Mac.
"""

from __future__ import annotations

import codecs
import re

from evidence.ingest.mail.heads import HEAD

BLANK = re.compile(rb"\A(?:[ \t]*\r*\n)+")
COUNT = re.compile(rb"\A[ \t]*(\d{1,10})[ \t]*\r*\n")
PROPERTY_LIST = re.compile(rb"^<\?xml [^\n]*\n<!DOCTYPE plist", re.MULTILINE)
FROM_LINE = re.compile(rb"^From (?:-|[^\n ]+)[^\n]* \d\d:\d\d[^\n]*\n", re.MULTILINE)  # with a time of day
QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def split_messages(data: bytes) -> list[bytes]:
    """The messages of the file, one at least."""
    plain = BLANK.sub(b"", normalise_text(data))
    if count := COUNT.match(plain):
        return [_without_property_list(plain[count.end() :], int(count[1]))]
    if not plain.startswith(b"From "):
        return [plain]
    begins = [line for line in FROM_LINE.finditer(plain) if _begins_message(plain, line)]
    if not begins:
        return [plain.partition(b"\n")[2]]
    ends = [line.start() for line in begins[1:]] + [len(plain)]
    return [QUOTED.sub(rb"\1", plain[line.end() : end]) for line, end in zip(begins, ends, strict=True)]


def normalise_text(data: bytes) -> bytes:
    """The bytes without marks of their encoding, UTF-16 as UTF-8, with line feeds."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    return unify_line_ends(data)


def unify_line_ends(data: bytes) -> bytes:
    """Line feeds where the first line ends as on an old Mac, with a carriage return alone."""
    first = re.search(rb"[\r\n]+", data)
    return re.sub(rb"\r(?!\n)", b"\n", data) if first and b"\n" not in first[0] else data


def _begins_message(data: bytes, line: re.Match[bytes]) -> bool:
    """Whether a head follows, and the line stands at the top or below a blank one: others are text."""
    above = data[max(0, line.start() - 4) : line.start()].replace(b"\r", b"")
    following = data[line.end() : line.end() + 200]
    return (not above or above.endswith(b"\n\n")) and bool(HEAD.match(following) or following.startswith(b">From "))


def _without_property_list(data: bytes, count: int) -> bytes:
    """The message of an ``.emlx``; its count is believed where the list follows."""
    if data[count:].lstrip().startswith(b"<?xml"):
        return data[:count]
    lists = list(PROPERTY_LIST.finditer(data))
    return data[: lists[-1].start()] if lists else data

"""A message as a tree of parts (RFC 2045, 2046), by places in its bytes: nothing is copied, nothing written anew.

An attached message is not parsed but handed on with the bytes that it came with. Boundaries are told by whole lines;
a part that lacks its last boundary ends with the part around it.
"""

from __future__ import annotations

import binascii
import quopri
import re
from dataclasses import dataclass

from evidence.ingest.mail.heads import Heads, decode_base64, read_heads
from evidence.ingest.mail.uuencode import decode_block

DEEPEST = 50  # multiparts inside one another
MOST = 2_000  # parts of a message
# a line that begins a part: what follows it is a head of the kind that parts have
DELIMITER = re.compile(
    rb"^--(?=\S)([^\r\n]{1,200}?)[ \t]*\r*\n(?=(?:content-[a-z-]{2,30}|mime-version|x-[a-z-]{2,40})[ \t]*:)",
    re.IGNORECASE | re.MULTILINE,
)
MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})


@dataclass(frozen=True, slots=True)
class MailPart:
    """One part: its heads, and where in ``data`` its body lies."""

    data: bytes
    heads: Heads
    start: int
    end: int
    default: str = "text/plain"  # the type where none is given

    @property
    def kind(self) -> str:
        """The media type, as declared."""
        value = self.heads.value("content-type")
        return value if "/" in value else {"text": "text/plain", "html": "text/html"}.get(value, self.default)

    @property
    def charset(self) -> str | None:
        return self.heads.parameter("content-type", "charset")

    @property
    def disposition(self) -> str:
        """``attachment``, ``inline``, or nothing."""
        return self.heads.value("content-disposition")

    @property
    def name(self) -> str | None:
        """The name that the part bears as a file; None where it has none."""
        name = self.heads.parameter("content-disposition", "filename") or self.heads.parameter("content-type", "name")
        return name or self.heads.parameter("content-disposition", "name") or None

    def raw(self) -> bytes:
        """The body's bytes as they stand."""
        return self.data[self.start : self.end]

    def content(self) -> bytes:
        """The body's bytes, decoded from how they were sent."""
        match self.heads.value("content-transfer-encoding"):
            case "base64" | "b":
                return decode_base64(self.raw())
            case "quoted-printable" | "q":
                return quopri.decodestring(self.raw())
            case "x-uuencode" | "uuencode" | "x-uue" | "uue":
                return decode_block(self.raw())
            case "binhex" | "x-binhex":
                raise binascii.Error("binhex")
            case _:
                return self.raw()


def read_part(data: bytes, start: int, end: int, default: str = "text/plain") -> MailPart:
    """The part that takes those bytes. What bears no heads but is cut by boundaries is a message that lost them."""
    heads, body = read_heads(data, start, end)
    if not heads.items:
        body = start if data[start:body].strip() else body
    return MailPart(data, heads, body, end, default)


def split_part(part: MailPart) -> list[MailPart]:
    """The parts inside it, what stands above the first of them as one too if it says something; none where it is not
    cut by boundaries."""
    boundary = find_boundary(part)
    if boundary is None:
        return []
    lines = re.compile(rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r*\n|\r*\Z)", re.MULTILINE)
    parts: list[MailPart] = []
    default = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
    begun, last = None, part.start
    for line in lines.finditer(part.data, part.start, part.end):
        if begun is not None:
            parts.append(read_part(part.data, begun, _end(part.data, begun, line.start()), default))
        elif not part.kind.startswith("multipart/"):
            parts.append(MailPart(part.data, Heads(), part.start, line.start()))
        begun, last = None if line[1] else line.end(), line.end()
        if line[1]:
            break
    if begun is not None:
        parts.append(read_part(part.data, begun, part.end, default))
    elif not part.kind.startswith("multipart/"):
        parts.append(MailPart(part.data, Heads(), last, part.end))
    return parts


def find_boundary(part: MailPart) -> bytes | None:
    """The boundary that cuts the part: as it declares, or, where none such stands in it, as its lines show."""
    if part.kind.startswith("multipart/"):
        declared = (part.heads.parameter("content-type", "boundary") or "").encode("utf-8", "replace").rstrip()
        if declared and re.compile(rb"^--" + re.escape(declared), re.MULTILINE).search(part.data, part.start, part.end):
            return declared
    elif part.kind != "text/plain" or part.heads.value("content-transfer-encoding") in ("base64", "quoted-printable"):
        return None
    line = DELIMITER.search(part.data, part.start, part.end)
    return line[1] if line else None


def _end(data: bytes, start: int, end: int) -> int:
    """Without the line break before a boundary, which belongs to the boundary."""
    if end > start and data[end - 1 : end] == b"\n":
        end -= 1
    while end > start and data[end - 1 : end] == b"\r":
        end -= 1
    return end

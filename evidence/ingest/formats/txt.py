"""TXT -> lines, in whatever letters it was written."""

from __future__ import annotations

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets as legacy
from evidence.ingest.layout.line_builder import Lines
from evidence.ingest.reader_protocol import ReadRequest, ReadResult


def read(order: ReadRequest) -> ReadResult:
    """The file's lines on one page. UnreadableError where it is larger than text ever is."""
    return reading(legacy.decode(data(order)))


def data(order: ReadRequest) -> bytes:
    """The bytes of the file, up to the limit of a part."""
    if order.file.stat().st_size > order.limits.part_bytes:
        raise UnreadableError("too-large", "too-large-unpacked", limit=order.limits.part_bytes // 1_000_000)
    return order.file.read_bytes()


def reading(found: legacy.Converted) -> ReadResult:
    """A text as one page."""
    lines = Lines()
    for line in found.text.splitlines():
        lines.add(line)
    return ReadResult((lines.page(),), (), legacy.told(found.encoding))

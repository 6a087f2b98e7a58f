"""TXT -> lines, in whatever letters it was written."""

from __future__ import annotations

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.encoding.declared import lost_letters
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.reader_protocol import ReadRequest, ReadResult


def read(request: ReadRequest) -> ReadResult:
    """The file's lines on one page. UnreadableError where it is larger than text ever is."""
    converted = charsets.decode_bytes(read_bytes(request))
    lines = LineBuilder()
    for line in converted.text.splitlines():
        lines.add(line)
    problems = (*charsets.encoding_problems(converted.encoding), *lost_letters([converted.text]))
    return ReadResult((lines.page(),), (), problems)


def read_bytes(request: ReadRequest) -> bytes:
    """The bytes of the file. UnreadableError where they pass the limit of a part."""
    if request.file.stat().st_size > request.limits.part_bytes:
        raise UnreadableError("too-large", "too-large-unpacked", limit=request.limits.part_bytes // 1_000_000)
    return request.file.read_bytes()

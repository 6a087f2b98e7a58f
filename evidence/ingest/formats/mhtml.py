"""MHTML (RFC 2557) -> the page that it holds: Word's and Excel's "Single File Web Page", often called .doc, and what
browsers save. Its pictures, styles and themes belong to the page and are no files of their own; documents are.
"""

from __future__ import annotations

import email
import io
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from evidence.errors import UnreadableError
from evidence.ingest.formats import html, txt
from evidence.ingest.formats.txt import read_bytes
from evidence.ingest.members import MemberCollector
from evidence.ingest.reader_protocol import ReadRequest, ReadResult

PARTS = 2_000
PAGES = (("text/html", html.read), ("application/xhtml+xml", html.read), ("text/plain", txt.read))
DOCUMENTS = ("application/pdf", "application/msword", "application/vnd.openxmlformats-", "application/vnd.ms-excel",
             "application/zip", "application/rtf", "message/")  # fmt: skip


def read(request: ReadRequest) -> ReadResult:
    """The page. UnreadableError where there is none, and for more files inside than the limits allow."""
    parts = list(_leaves(email.message_from_bytes(read_bytes(request))))
    collector = MemberCollector(request)
    for part in parts:
        if part.get_content_type().startswith(DOCUMENTS) and isinstance(data := part.get_payload(decode=True), bytes):
            collector.take(part.get_filename(), io.BytesIO(data), f".{part.get_content_subtype()}")
    file = request.scratch / "page"
    for kind, read_page in PAGES:
        for part in parts:
            content = part.get_payload(decode=True) if part.get_content_type() == kind else None
            if isinstance(content, bytes) and content.strip():
                file.write_bytes(_as_utf_8(content, part.get_content_charset()))
                result = read_page(replace(request, file=file))
                problems = (*result.problems, *collector.problems)
                return replace(result, problems=problems, embedded=tuple(collector.embedded))
    raise UnreadableError("damaged", "damaged-office", kind="MHT")


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold no others, in their order."""
    waiting, count = [message], 0
    while waiting and count < PARTS:
        part = waiting.pop(0)
        payload = part.get_payload()
        if isinstance(payload, list):
            waiting[:0] = [inner for inner in payload if isinstance(inner, Message)]
        else:
            yield part
        count += 1


def _as_utf_8(content: bytes, charset: str | None) -> bytes:
    """In UTF-8 where the message rightly says what it is in; as it is where the letters must tell."""
    if charset is None or charset in ("utf-8", "us-ascii") or content.startswith(html.UTF_16):
        return content
    try:
        return content.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        return content

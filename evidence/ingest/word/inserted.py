"""Files that stand in a Word document in place of text (``altChunk``, ECMA-376, 17.17.2): Word shows them as its own.

Web programs write the whole document as one piece of HTML or MHT and leave the rest to Word.
"""

from __future__ import annotations

import email
from collections.abc import Callable
from dataclasses import replace
from email.message import Message
from pathlib import Path

from evidence.errors import UnreadableError
from evidence.ingest.formats import html, rtf_text, txt
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.document import Cell

PACKAGE = b"PK\x03\x04"
RICH_TEXT = b"{\\rtf"
HEADS = (b"mime-version", b"content-type", b"from:", b"message-id")
HTML_TYPES = ("html", "xml")  # in a content type: ``text/html``, ``application/xhtml+xml``
PARTS = 500  # of an MHT

ReadPackage = Callable[[ReadRequest], ReadResult]


def read_inserted(data: bytes, content_type: str, name: str, request: ReadRequest, package: ReadPackage) -> ReadResult:
    """What an inserted file says; ``package`` reads another Word document.

    UnreadableError for what is none of the kinds that Word inserts, or damaged.
    """
    wide = data.startswith(html.UTF_16)
    head = data[:1024].decode("utf-16", "ignore").encode() if wide else data[:1024]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    file = request.scratch / "inserted"
    file.write_bytes(data)
    inner = replace(request, file=file, name=name)
    if data.startswith(PACKAGE):
        return package(inner)
    if start.startswith(RICH_TEXT):
        return rtf_text.read_stripped(data)
    if start.startswith(HEADS):
        return _read_mht(data, file, inner)
    if start.startswith(b"<") or any(mark in content_type for mark in HTML_TYPES):
        return html.read(inner)
    if b"\x00" in data and not wide:
        raise UnreadableError("damaged", "damaged-office", kind=name)
    return txt.read(inner)


def _read_mht(data: bytes, file: Path, request: ReadRequest) -> ReadResult:
    """The first page of HTML, or else the first text, in a page saved with its pictures."""
    waiting: list[Message] = [email.message_from_bytes(data)]
    parts: list[Message] = []
    while waiting and len(parts) < PARTS:
        part = waiting.pop(0)
        payload = part.get_payload()
        if isinstance(payload, list):
            waiting[:0] = [inner for inner in payload if isinstance(inner, Message)]
        else:
            parts.append(part)
    for kind, read in (("text/html", html.read), ("application/xhtml+xml", html.read), ("text/plain", txt.read)):
        for part in parts:
            content = part.get_payload(decode=True) if part.get_content_type() == kind else None
            if isinstance(content, bytes) and content.strip():
                file.write_bytes(_as_utf_8(content, part.get_content_charset()))
                return read(request)
    raise UnreadableError("damaged", "damaged-office", kind="MHT")


def _as_utf_8(content: bytes, charset: str | None) -> bytes:
    """In UTF-8 where the message rightly says what it is in; as it is where the letters must tell."""
    if charset is None or charset in ("utf-8", "us-ascii") or content.startswith(html.UTF_16):
        return content
    try:
        return content.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        return content


def add_result(result: ReadResult, lines: LineBuilder, cell: Cell | None) -> None:
    """The lines and tables of an inserted file among those of the document; inside a cell all of it is that cell's."""
    for page in result.pages:
        numbers = [lines.next_table() for _ in page.tables] if cell is None else []
        for line in page.lines:
            own = line.cell
            place = cell or (replace(own, table=numbers[own.table]) if own and own.table < len(numbers) else None)
            lines.add(line.text, place)
        if cell is None:
            lines.tables += page.tables

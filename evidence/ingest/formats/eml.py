"""EML -> the message's own text on one page, and its attachments as files inside it."""

from __future__ import annotations

import email
import io
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import EmailPolicy

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.formats.html import read_html
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.members import MemberCollector
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.problem import ProblemCode

# what the email package raises on broken headers and charsets, instead of a defect of the message
BROKEN = (LookupError, ValueError, AttributeError, TypeError, MessageError)
LONGEST = 10_000  # characters of a header: reading it takes time with the square of them, a minute for 120,000
HEADERS = ("From", "To", "Cc", "Date", "Subject")
PARTS = 2_000  # of a message, all levels


class _ShortHeaders(EmailPolicy):
    """Headers cut to what a person would read, and given on as they came: folding some anew never ends."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST]


POLICY = _ShortHeaders(refold_source="none")


def read(request: ReadRequest) -> ReadResult:
    """Headers and text as lines; every part that bears a name, or is another message, as a file inside.

    UnreadableError for what has no headers, and for more files than the limits allow.
    """
    with request.file.open("rb") as stream:
        message = email.message_from_binary_file(stream, policy=POLICY)
    if not message.keys():
        raise UnreadableError("damaged", "damaged-office", kind="EML")
    lines, collector = LineBuilder(), MemberCollector(request)
    for name in HEADERS:
        if value := _header(message, name):
            lines.add(f"{name}: {value}")
    texts = list(_parts(message, collector))
    chosen = next((text for kind, text in texts if kind == "text/plain"), None)
    if chosen is None:
        chosen = next((text for kind, text in texts if kind == "text/html"), "")
    for line in charsets.convert_text(chosen).text.splitlines():
        lines.add(line)
    return ReadResult((lines.page(),), (), tuple(collector.problems), 1, tuple(collector.embedded))


def _parts(message: Message, collector: MemberCollector) -> list[tuple[str, str]]:
    """The texts of the message by type; attachments are collected. Attached messages are not looked into here."""
    texts: list[tuple[str, str]] = []
    waiting: list[Message] = [message]
    for _ in range(PARTS):
        if not waiting:
            break
        part = waiting.pop(0)
        kind, name = part.get_content_type(), _name(part)
        if kind == "message/rfc822" and part is not message:
            _take_message(part, name and f"{name}.eml", collector)
        elif part.is_multipart():
            payload = part.get_payload()
            waiting[:0] = (
                [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []
            )
        elif name or part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
            _take_attachment(part, name, collector)
        elif kind in ("text/plain", "text/html"):
            texts.append((kind, _text(part, kind)))
    return texts


def _name(part: Message) -> str | None:
    try:
        return part.get_filename()
    except BROKEN:
        return None


def _header(message: Message, name: str) -> str:
    """A header as a person reads it; empty where there is none or it is past reading."""
    try:
        return str(message.get(name, ""))
    except BROKEN:
        return ""


def _take_message(part: Message, name: str | None, collector: MemberCollector) -> None:
    """A message inside the message, as a file of its own."""
    inner = part.get_payload()
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        try:
            data = inner[0].as_bytes()
        except BROKEN:
            collector.refuse(name, ProblemCode.DAMAGED, "member-damaged", ".eml")
        else:
            collector.take(name, io.BytesIO(data), ".eml")


def _take_attachment(part: Message, name: str | None, collector: MemberCollector) -> None:
    data = part.get_payload(decode=True)
    suffix = f".{part.get_content_subtype()}"
    if isinstance(data, bytes) and data:
        collector.take(name, io.BytesIO(data), suffix)
    else:
        collector.refuse(name, ProblemCode.DAMAGED, "member-damaged", suffix)


def _text(part: Message, kind: str) -> str:
    try:
        text = str(part.get_content()) if isinstance(part, EmailMessage) else ""
    except BROKEN:
        data = part.get_payload(decode=True)
        text = charsets.decode_bytes(data if isinstance(data, bytes) else b"").text
    if kind == "text/html" and text.strip():
        return "\n".join(page.text for page in read_html(text).pages)
    return text

"""MAPI properties, in which Outlook keeps a message ([MS-OXPROPS]), and the message that they make.

A property has an identifier and a type; a TNEF stream and a .msg file hold the same ones in two wrappings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

from evidence.ingest.encoding.declared import decode_declared
from evidence.ingest.encoding.names import decode_name, mend_name
from evidence.ingest.mail.heads import Heads

STRING8, UNICODE, BINARY, OBJECT, TIME = 0x001E, 0x001F, 0x0102, 0x000D, 0x0040
SUBJECT, TRANSPORT_HEADS, BODY, RTF, HTML = 0x0037, 0x007D, 0x1000, 0x1009, 0x1013
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP, ON_BEHALF = 0x0C1A, 0x0C1F, 0x5D01, 0x0042
SHOWN_TO, SHOWN_CC, SUBMITTED, DELIVERED = 0x0E04, 0x0E03, 0x0039, 0x0E06
CODE_PAGE, BODY_CODE_PAGE = 0x3FFD, 0x3FDE
FILE_DATA, FILE_NAME, FILE_LONG_NAME, SHOWN_NAME = 0x3701, 0x3704, 0x3707, 0x3001
FILE_METHOD, FILE_TYPE, CONTENT_ID, FILE_PATH = 0x3705, 0x370E, 0x3712, 0x3708
BY_REFERENCE = (2, 3, 4, 7)  # methods of attachments that lie elsewhere
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
INDOCHINA = timezone(timedelta(hours=7))
UTF_8 = 65001


@dataclass(slots=True)
class MapiProperties:
    """Properties by identifier: type and bytes. Only the first of an identifier counts."""

    values: dict[int, tuple[int, bytes]] = field(default_factory=dict)

    def add(self, identifier: int, kind: int, data: bytes) -> None:
        if data or identifier not in self.values:
            self.values.setdefault(identifier, (kind, data))

    def data(self, identifier: int) -> bytes:
        return self.values.get(identifier, (0, b""))[1]

    def number(self, identifier: int) -> int | None:
        data = self.data(identifier)
        return int.from_bytes(data[:4], "little") if data else None

    def text(self, identifier: int) -> str:
        """The text of that property; letters of one byte by what they look like, whatever the code page says."""
        kind, data = self.values.get(identifier, (0, b""))
        if kind == UNICODE:
            return data.decode("utf-16-le", "replace").rstrip("\0")
        return decode_declared(data.rstrip(b"\0"), self.charset(CODE_PAGE)).text

    def name(self, identifier: int) -> str:
        """The text of that property as the name of a file."""
        kind, data = self.values.get(identifier, (0, b""))
        return mend_name(self.text(identifier)) if kind == UNICODE else decode_name(data.rstrip(b"\0"))

    def charset(self, identifier: int) -> str | None:
        page = self.number(identifier)
        return ("utf-8" if page == UTF_8 else f"cp{page}") if page else None

    def time(self, identifier: int) -> str:
        """A moment as a head of a message says it, in Vietnamese time; empty where there is none."""
        ticks = int.from_bytes(self.data(identifier)[:8], "little")
        try:
            return format_datetime((EPOCH + timedelta(microseconds=ticks // 10)).astimezone(INDOCHINA)) if ticks else ""
        except (OverflowError, ValueError):
            return ""


@dataclass(frozen=True, slots=True)
class OutlookFile:
    """An attachment. ``message``: it is a message itself; ``elsewhere``: only where it lies is told."""

    name: str | None
    data: bytes = b""
    message: OutlookMessage | None = None
    kind: str = "application/octet-stream"
    content_id: str | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class OutlookMessage:
    """A message as Outlook keeps it; ``html`` and ``rtf`` in the bytes that they have there."""

    heads: tuple[tuple[str, str], ...]
    body: str = ""
    html: bytes = b""
    charset: str | None = None
    rtf: bytes = b""
    files: tuple[OutlookFile, ...] = ()

    @property
    def subject(self) -> str:
        return dict(self.heads).get("Subject", "")


def make_message(properties: MapiProperties, files: tuple[OutlookFile, ...], sent: Heads) -> OutlookMessage:
    """The message of those properties. ``sent``: the heads that it travelled with, where they were kept."""
    name = properties.text(SENDER_NAME) or properties.text(ON_BEHALF)
    address = properties.text(SENDER_SMTP) or properties.text(SENDER_ADDRESS)
    sender = f"{name} <{address}>" if name and "@" in address and address != name else name or address
    shown = {
        "From": sent.text("from") or sender,
        "To": sent.text("to") or properties.text(SHOWN_TO),
        "Cc": sent.text("cc") or properties.text(SHOWN_CC),
        "Date": sent.text("date") or properties.time(SUBMITTED) or properties.time(DELIVERED),
        "Subject": properties.text(SUBJECT) or sent.text("subject"),
    }
    kind, html = properties.values.get(HTML, (0, b""))
    charset = properties.charset(BODY_CODE_PAGE)
    if kind == UNICODE:
        html, charset = html.decode("utf-16-le", "replace").encode(), "utf-8"
    heads = tuple((name, " ".join(value.split())) for name, value in shown.items() if value.strip())
    return OutlookMessage(heads, properties.text(BODY), html.rstrip(b"\0"), charset, properties.data(RTF), files)


def make_file(properties: MapiProperties, message: OutlookMessage | None = None) -> OutlookFile:
    """The attachment of those properties."""
    names = (properties.name(each) for each in (FILE_LONG_NAME, FILE_NAME, SHOWN_NAME))
    name = next((name for name in names if name.strip()), None)
    data = properties.data(FILE_DATA)
    elsewhere = not data and message is None and properties.number(FILE_METHOD) in BY_REFERENCE
    kind = properties.text(FILE_TYPE).strip().lower() or "application/octet-stream"
    return OutlookFile(name, data, message, kind, properties.text(CONTENT_ID).strip() or None, elsewhere)

"""Mail -> the message's own text on one page, its attachments as files inside; a mailbox -> its messages."""

from __future__ import annotations

import binascii
import io
import re
from itertools import chain

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.encoding.declared import lost_letters
from evidence.ingest.encoding.names import decode_name
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.mail.attachments import LEFT_OUT, collect_file, refuse_file
from evidence.ingest.mail.heads import Heads
from evidence.ingest.mail.mailboxes import split_messages
from evidence.ingest.mail.outlook_reader import collect_files, outlook_texts
from evidence.ingest.mail.parts import DEEPEST, MESSAGES, MOST, MailPart, read_part, split_part
from evidence.ingest.mail.signed_content import SIGNED_DATA, CmsContent, open_envelope
from evidence.ingest.mail.texts import PartText, choose_text, make_text
from evidence.ingest.mail.tnef import SIGNATURE, read_tnef
from evidence.ingest.mail.uuencode import find_files
from evidence.ingest.members import MemberCollector
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.problem import Problem, ProblemCode

SHOWN = ("From", "To", "Cc", "Date", "Subject")
# heads that servers and programs write; a block without any was written by a person, who may say more in it
TECHNICAL = frozenset({"received", "message-id", "mime-version", "return-path", "content-type"})
TEXTS = frozenset({"text/plain", "text/html"})
REPORTS = frozenset({
    "text/enriched", "text/rfc822-headers", "message/delivery-status", "message/disposition-notification",
    "message/feedback-report",
})  # fmt: skip
CMS = re.compile(r"application/(?:x-)?pkcs7-mime")
CUT_TEXT = re.compile(r"ATT\d{3,}\.(?:txt|html?|bin|c)", re.IGNORECASE)  # a part of the text, by Exchange's name
ENVELOPE_SUFFIX = re.compile(r"\.p7[msc]$", re.IGNORECASE)


def read(request: ReadRequest) -> ReadResult:
    """Heads and text as lines; every part that bears a name, or is another message, as a file inside.

    UnreadableError for more files or parts than the limits allow.
    """
    messages = split_messages(request.file.read_bytes())
    if len(messages) == 1:
        return read_message(messages[0], request)
    collector = MemberCollector(request)
    for message in messages:
        collector.take(None, io.BytesIO(message), ".eml")
    return ReadResult((), (), tuple(collector.problems), 0, tuple(collector.embedded))


def read_message(data: bytes, request: ReadRequest) -> ReadResult:
    """The same of one message."""
    reader = _MessageReader(request)
    message = read_part(data, 0, len(data))
    lines = LineBuilder()
    for text in _shown_heads(message.heads):
        lines.add(text)
    for part in reader.read(message):
        for line in charsets.convert_text(part.text).text.splitlines():
            lines.add(line)
    lost = lost_letters(line.text for line in lines.lines)
    return ReadResult((lines.page(),), (), (*reader.problems, *lost), 1, tuple(reader.collector.embedded))


def _shown_heads(heads: Heads) -> list[str]:
    """What the top of the page says."""
    shown = {name: heads.text(name.lower()) for name in SHOWN}
    if not TECHNICAL & {name for name, _ in heads.items}:
        shown |= {
            name.title(): heads.text(name) for name, _ in heads.items if name.title() not in shown and name[:2] != "x-"
        }
    return [f"{name}: {value}" for name, value in shown.items() if value]


class _MessageReader:
    """Walks through one message: texts are given back, files are collected."""

    def __init__(self, request: ReadRequest) -> None:
        self.collector = MemberCollector(request)
        self._parts = 0
        self._wrapped: list[PartText] = []  # what Outlook's wrappings say beside the text
        self._texts: list[PartText] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        return (*chain.from_iterable(text.problems for text in self._texts), *self.collector.problems)

    def read(self, message: MailPart) -> list[PartText]:
        """The message's texts in their order; what a wrapping says where they say nothing."""
        texts = self._walk(message, 0, outermost=True)
        self._texts = texts if any(text.letters for text in texts) else self._wrapped or texts
        return self._texts

    def _walk(self, part: MailPart, depth: int, outermost: bool = False) -> list[PartText]:
        self._parts += 1
        if self._parts > MOST:
            raise UnreadableError("too-large", "too-many-members", count=f"> {MOST}", limit=MOST)
        if part.kind in MESSAGES and not outermost:
            self._take_message(part)
            return []
        if part.kind == "multipart/encrypted":
            self.collector.refuse(part.name, ProblemCode.ENCRYPTED, "member-encrypted", ".eml")
            return []
        inside = split_part(part)
        if inside and depth >= DEEPEST:
            self.collector.refuse(None, ProblemCode.TOO_LARGE, "member-too-deep", ".eml")
            return []
        versions = [self._walk(each, depth + 1) for each in inside]
        if part.kind == "multipart/alternative" and inside:
            return choose_text(versions)
        return list(chain.from_iterable(versions)) if inside else self._read_leaf(part, depth)

    def _read_leaf(self, part: MailPart, depth: int) -> list[PartText]:
        """What is no multipart: text, or a file."""
        name, kind = part.name, part.kind
        if kind in ("message/partial", "message/external-body"):
            self.collector.refuse(name, ProblemCode.UNSUPPORTED, "member-elsewhere")
            return []
        try:
            data = part.content()
        except (binascii.Error, ValueError):
            refuse_file(name, kind, self.collector)
            return []
        shown = kind in REPORTS or kind.startswith("multipart/")
        if kind in TEXTS and part.disposition != "attachment" and (not name or CUT_TEXT.fullmatch(name)):
            shown = True
        if not shown:
            inline = bool(part.heads.raw("content-id")) or part.disposition == "inline"
            return self._take_file(name, data, kind, inline, depth)
        return [make_text(data, part)] if kind == "text/html" else [self._plain_text(data, part, depth)]

    def _plain_text(self, data: bytes, part: MailPart, depth: int) -> PartText:
        """The text without the files that were written into it."""
        pieces, at = [], 0
        for file in find_files(data):
            pieces.append(data[at : file.start])
            at = file.end
            if file.data:
                self._take_file(decode_name(file.name), file.data, "application/octet-stream", False, depth)
            else:
                refuse_file(decode_name(file.name), "application/octet-stream", self.collector)
        return make_text(b"".join([*pieces, data[at:]]), part)

    def _take_file(self, name: str | None, data: bytes, kind: str, inline: bool, depth: int) -> list[PartText]:
        """Takes a file out, or opens what only wraps others; what a signed envelope says is text of the message."""
        if data.startswith(SIGNATURE) and (message := read_tnef(data)) is not None:
            collect_files(message, self.collector)
            self._wrapped += outlook_texts(message)
            return []
        is_envelope = CMS.match(kind) or SIGNED_DATA in data[:64]
        if is_envelope and not LEFT_OUT.match(kind):
            return self._open_envelope(name, data, depth)
        collect_file(name, data, kind, inline, self.collector)
        return []

    def _open_envelope(self, name: str | None, data: bytes, depth: int) -> list[PartText]:
        state, content = open_envelope(data)
        if state is CmsContent.OPENED:
            part = read_part(content, 0, len(content))
            if "content-type" in dict(part.heads.items) and depth < DEEPEST:
                return self._walk(part, depth + 1)
            collect_file(
                ENVELOPE_SUFFIX.sub("", name or "") or None, content, "application/octet-stream", False, self.collector
            )
        elif state is CmsContent.ENCRYPTED:
            self.collector.refuse(name, ProblemCode.ENCRYPTED, "member-encrypted", ".p7m")
        elif state is CmsContent.DAMAGED:
            refuse_file(name, "application/p7m", self.collector)
        return []

    def _take_message(self, part: MailPart) -> None:
        """A message inside the message, as a file of its own, with the bytes that it came with."""
        name = part.name
        if name and not name.lower().endswith(".eml"):
            name = f"{name}.eml"
        data = part.content()
        if data.strip():
            self.collector.take(name, io.BytesIO(data), ".eml")
        else:
            self.collector.refuse(name, ProblemCode.DAMAGED, "member-damaged", ".eml")

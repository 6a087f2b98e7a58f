"""An Outlook message, from a MSG file or a TNEF stream, as a page of text and files inside."""

from __future__ import annotations

import io
from itertools import chain

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.encoding.declared import lost_letters
from evidence.ingest.formats.rtf_text import read_stripped
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.mail.attachments import collect_file, refuse_file
from evidence.ingest.mail.message_writer import write_message
from evidence.ingest.mail.outlook_properties import OutlookFile, OutlookMessage
from evidence.ingest.mail.outlook_rtf import unpack_rtf
from evidence.ingest.mail.texts import PartText, choose_text, read_source
from evidence.ingest.mail.tnef import read_tnef
from evidence.ingest.members import MemberCollector
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.problem import ProblemCode


def read(request: ReadRequest) -> ReadResult:
    """A TNEF stream that was handed in as a file. UnreadableError where it is none."""
    message = read_tnef(request.file.read_bytes())
    if message is None:
        raise UnreadableError("damaged", "damaged-office", kind="TNEF")
    return read_outlook(message, request)


def read_outlook(message: OutlookMessage, request: ReadRequest) -> ReadResult:
    """Heads and text as lines, attachments as files inside. UnreadableError for more of them than the limits allow."""
    lines, collector = LineBuilder(), MemberCollector(request)
    for name, value in message.heads:
        lines.add(f"{name}: {value}")
    texts = outlook_texts(message)
    for text in texts:
        for line in charsets.convert_text(text.text).text.splitlines():
            lines.add(line)
    collect_files(message, collector)
    problems = (*chain.from_iterable(text.problems for text in texts), *collector.problems)
    lost = lost_letters(line.text for line in lines.lines)
    return ReadResult((lines.page(),), (), (*problems, *lost), 1, tuple(collector.embedded))


def outlook_texts(message: OutlookMessage) -> list[PartText]:
    """What the message says, in the best of the versions that it holds."""
    versions = [[PartText(message.body)]]
    if message.html.strip():
        versions.append([read_source(message.html, message.charset)])
    chosen = choose_text(versions)
    if not chosen and message.rtf and (rtf := unpack_rtf(message.rtf)).strip():
        try:
            result = read_stripped(rtf)
        except UnreadableError:
            return []
        return [PartText("\n".join(page.text for page in result.pages), problems=result.problems)]
    return chosen


def collect_files(message: OutlookMessage, collector: MemberCollector) -> None:
    """Takes the message's attachments out; a message among them becomes a message file of its own."""
    for file in message.files:
        _collect(file, collector)


def _collect(file: OutlookFile, collector: MemberCollector) -> None:
    if file.message is not None:
        name = file.name or file.message.subject
        collector.take(f"{name}.eml" if name else None, io.BytesIO(write_message(file.message)), ".eml")
    elif file.elsewhere:
        collector.refuse(file.name, ProblemCode.UNSUPPORTED, "member-elsewhere")
    elif file.data:
        collect_file(file.name, file.data, file.kind, file.content_id is not None, collector)
    else:
        refuse_file(file.name, file.kind, collector)

"""edXML envelopes (QCVN 102:2016/BTTTT): the metadata as a second witness, the documents as files inside.

Elements are matched by their local names: builders differ in namespaces and in what stands around them.
"""

from __future__ import annotations

import base64
import binascii
import io
from datetime import date

from evidence.errors import UnreadableError
from evidence.ingest.formats.safe_xml import Element, local_name, parse_xml
from evidence.ingest.formats.txt import read_bytes
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.members import MemberCollector
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.document import Envelope
from evidence.model.problem import ProblemCode

ENVELOPE = b"edXMLEnvelope"
CONTENT = ("ContentTransferEncoded", "AttachmentContent", "Content")
NAMES = ("AttachmentName", "ContentFileName", "FileName", "Name")


def read(request: ReadRequest) -> ReadResult:
    """The envelope's words as lines of one page, its attachments, and what it says of the document.

    UnreadableError for what is no XML or no envelope, and for more attachments than the limits allow.
    """
    root = parse_xml(read_bytes(request), "edXML")
    header = next((element for element in root.iter() if local_name(element) == "MessageHeader"), None)
    if header is None:
        raise UnreadableError("unsupported", "not-edxml")
    lines, collector = LineBuilder(), MemberCollector(request)
    for name, text in _leaves(header):
        lines.add(f"{name}: {text}")
    for element in root.iter():
        if local_name(element) == "Attachment":
            _take_attachment(element, collector)
    return ReadResult(
        (lines.page(),), (), tuple(collector.problems), 1, tuple(collector.embedded), read_envelope(header)
    )


def read_envelope(header: Element) -> Envelope:
    """What the header of a message says of the document in it."""
    number, notation = _text_at(header, "Code", "CodeNumber"), _text_at(header, "Code", "CodeNotation")
    return Envelope(
        number="/".join(part for part in (number, notation) if part) or None,
        date=_parse_day(_text_at(header, "PromulgationInfo", "PromulgationDate")),
        issuer=_text_at(header, "From", "OrganName"),
        kind=_text_at(header, "DocumentType", "TypeName"),
        subject=_text_at(header, "Subject"),
        signer=_text_at(header, "SignerInfo", "FullName"),
    )


def _text_at(element: Element, *names: str) -> str | None:
    """The text of the element reached by going down those names."""
    for name in names:
        child = next((child for child in element if local_name(child) == name), None)
        if child is None:
            return None
        element = child
    return " ".join("".join(element.itertext()).split()) or None


def _parse_day(text: str | None) -> date | None:
    """A day as QCVN 102 writes it (2019/03/15) or ISO does."""
    try:
        return date.fromisoformat((text or "").replace("/", "-")[:10])
    except ValueError:
        return None


def _leaves(header: Element) -> list[tuple[str, str]]:
    """Name and text of the elements that hold no others."""
    return [
        (local_name(element), " ".join(element.text.split()))
        for element in header.iter()
        if len(element) == 0 and local_name(element) and element.text and element.text.strip()
    ]


def _take_attachment(element: Element, collector: MemberCollector) -> None:
    parts = {local_name(part): (part.text or "").strip() for part in element.iter() if local_name(part)}
    name = next((parts[key] for key in NAMES if parts.get(key)), None)
    content = next((parts[key] for key in CONTENT if parts.get(key)), None)
    if content is None:
        return  # named in the manifest only; the file travels beside the envelope
    try:
        collector.take(name, io.BytesIO(base64.b64decode(content, validate=False)))
    except (binascii.Error, ValueError):
        collector.refuse(name, ProblemCode.DAMAGED, "member-damaged")

"""edXML envelopes (QCVN 102:2016/BTTTT): the metadata as a second witness, the documents as files inside.

Elements are matched by their local names: builders differ in namespaces and in what stands around them.
"""

from __future__ import annotations

import base64
import binascii
import io
from datetime import date
from typing import Any

from evidence.errors import UnreadableError
from evidence.ingest.formats import safe_xml as markup
from evidence.ingest.formats import txt as textfile
from evidence.ingest.layout.line_builder import Lines
from evidence.ingest.members import Tray
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.document import Envelope
from evidence.model.problem import ProblemCode

ENVELOPE = b"edXMLEnvelope"
CONTENT = ("ContentTransferEncoded", "AttachmentContent", "Content")
NAMES = ("AttachmentName", "ContentFileName", "FileName", "Name")


def read(order: ReadRequest) -> ReadResult:
    """The envelope's words as lines of one page, its attachments, and what it says of the document."""
    root = markup.xml(textfile.data(order), "edXML")
    head = next((one for one in root.iter() if markup.local(one) == "MessageHeader"), None)
    if head is None:
        raise UnreadableError("unsupported", "not-edxml")
    lines, tray = Lines(), Tray(order)
    for name, text in _leaves(head):
        lines.add(f"{name}: {text}")
    for one in root.iter():
        if markup.local(one) == "Attachment":
            _attachment(one, tray)
    return ReadResult((lines.page(),), (), tuple(tray.problems), 1, tuple(tray.held), envelope(head))


def envelope(head: Any) -> Envelope:
    """What the header of a message says of the document in it."""
    number, notation = _at(head, "Code", "CodeNumber"), _at(head, "Code", "CodeNotation")
    return Envelope(
        number="/".join(part for part in (number, notation) if part) or None,
        date=_day(_at(head, "PromulgationInfo", "PromulgationDate")),
        issuer=_at(head, "From", "OrganName"),
        kind=_at(head, "DocumentType", "TypeName"),
        subject=_at(head, "Subject"),
        signer=_at(head, "SignerInfo", "FullName"),
    )


def _at(element: Any, *names: str) -> str | None:
    """The text of the element found by going down those names."""
    for name in names:
        element = next((one for one in element if markup.local(one) == name), None)
        if element is None:
            return None
    return " ".join("".join(element.itertext()).split()) or None


def _day(text: str | None) -> date | None:
    """A day as QCVN 102 writes it (2019/03/15) or ISO does."""
    try:
        return date.fromisoformat((text or "").replace("/", "-")[:10])
    except ValueError:
        return None


def _leaves(head: Any) -> list[tuple[str, str]]:
    return [
        (markup.local(one), " ".join(one.text.split()))
        for one in head.iter()
        if len(one) == 0 and markup.local(one) and one.text and one.text.strip()
    ]


def _attachment(element: Any, tray: Tray) -> None:
    parts = {markup.local(one): (one.text or "").strip() for one in element.iter() if markup.local(one)}
    name = next((parts[key] for key in NAMES if parts.get(key)), None)
    coded = next((parts[key] for key in CONTENT if parts.get(key)), None)
    if coded is None:
        return  # named in the manifest only; the file travels beside the envelope
    try:
        tray.take(name, io.BytesIO(base64.b64decode(coded, validate=False)))
    except (binascii.Error, ValueError):
        tray.refuse(name, ProblemCode.DAMAGED, "member-damaged")

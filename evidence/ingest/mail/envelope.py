"""A signed envelope handed in as a file (``.p7m``, PKCS #7): what was signed, as a message or a file inside."""

from __future__ import annotations

import io
import re

from evidence.errors import UnreadableError
from evidence.ingest.mail.eml import read_message
from evidence.ingest.mail.parts import read_part
from evidence.ingest.mail.signed_content import CmsContent, open_envelope
from evidence.ingest.members import MemberCollector
from evidence.ingest.reader_protocol import ReadRequest, ReadResult

SUFFIX = re.compile(r"\.p7[msc]$", re.IGNORECASE)


def read(request: ReadRequest) -> ReadResult:
    """What the envelope holds. UnreadableError where it is encrypted, damaged, or a signature beside a document."""
    state, content = open_envelope(request.file.read_bytes())
    if state is CmsContent.ENCRYPTED:
        raise UnreadableError("encrypted", "encrypted-envelope")
    if state is CmsContent.DETACHED:
        raise UnreadableError("unsupported", "signature-alone")
    if state is CmsContent.DAMAGED or not content:
        raise UnreadableError("damaged", "damaged-office", kind="P7M")
    if "content-type" in dict(read_part(content, 0, len(content)).heads.items):
        return read_message(content, request)
    collector = MemberCollector(request)
    collector.take(SUFFIX.sub("", request.name) or None, io.BytesIO(content))
    return ReadResult((), (), tuple(collector.problems), 0, tuple(collector.embedded))

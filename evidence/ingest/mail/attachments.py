"""What of the files in a message is handed in with it: not the signatures, and not the pictures of its layout."""

from __future__ import annotations

import io
import re
import warnings

from PIL import Image

from evidence.ingest.formats.image import BROKEN, FORMATS, known_decoders
from evidence.ingest.members import MemberCollector
from evidence.model.problem import ProblemCode

# signatures beside what they sign, and what macOS keeps beside a file
LEFT_OUT = re.compile(r"application/(?:(?:x-)?pkcs7-signature|pgp-signature|pgp-keys|applefile)")
RIGHTS = (b"\x76\xe8\x04\x60\xc4\x11\xe3\x86", b"\x76\xe8\x04\x60\xc4\x11\xf3\x86")  # message.rpmsg, under IRM
SMALL_SIDE = 400  # pixels of the shorter side of a page that can be read; logos and banners have less


def collect_file(name: str | None, data: bytes, kind: str, inline: bool, collector: MemberCollector) -> None:
    """Takes an attachment out. ``inline``: the text shows it in its place; a small picture there is a logo."""
    if LEFT_OUT.match(kind) or (inline and is_decoration(data)):
        return
    if data.startswith(RIGHTS):
        collector.refuse(name, ProblemCode.ENCRYPTED, "member-encrypted", _suffix(kind))
    elif data:
        collector.take(name, io.BytesIO(data), _suffix(kind))
    else:
        refuse_file(name, kind, collector)


def refuse_file(name: str | None, kind: str, collector: MemberCollector) -> None:
    """Writes down that an attachment is damaged or empty."""
    if not LEFT_OUT.match(kind):
        collector.refuse(name, ProblemCode.DAMAGED, "member-damaged", _suffix(kind))


def is_decoration(data: bytes) -> bool:
    """Whether it is a picture too small to be a page."""
    warnings.simplefilter("ignore")
    try:
        formats = [name for name in FORMATS if name in known_decoders()]
        with Image.open(io.BytesIO(data), formats=formats) as picture:
            return min(picture.size) < SMALL_SIDE
    except BROKEN:
        return False


def _suffix(kind: str) -> str:
    """What a file without a name is called by: ``.pdf`` for ``application/pdf``."""
    subtype = re.sub(r"[^\w.+-]", "", kind.partition("/")[2])[:40]
    return f".{'ics' if subtype == 'calendar' else subtype}" if subtype else ""

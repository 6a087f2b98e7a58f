"""What a CMS envelope (PKCS #7, ``smime.p7m``, RFC 5652) holds: signed content is opened, encrypted content is told.

Signatures are not judged here; documents are signed inside, where ``digital_signatures`` reads them.
"""

from __future__ import annotations

import importlib
import re
import zlib
from enum import StrEnum

from evidence.ingest.mail.heads import decode_base64

SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"  # the identifier 1.2.840.113549.1.7.2
PEM = re.compile(rb"-----BEGIN (?:PKCS7|CMS)-----\s+(.*?)-----END", re.DOTALL)
BROKEN = (ValueError, TypeError, KeyError, AttributeError, IndexError, zlib.error, RecursionError)
LARGEST = 200_000_000  # bytes of what was compressed


class CmsContent(StrEnum):
    """What such a file turns out to be."""

    OPENED = "opened"
    ENCRYPTED = "encrypted"
    DETACHED = "detached"  # a signature beside what it signs
    DAMAGED = "damaged"


def open_envelope(data: bytes) -> tuple[CmsContent, bytes]:
    """What the envelope is, and the bytes that were signed, where it holds them."""
    der = _find_der(data)
    cms = importlib.import_module("asn1crypto.cms")
    try:
        info = cms.ContentInfo.load(der)
        kind = info["content_type"].native
        if kind in ("enveloped_data", "encrypted_data", "authenticated_enveloped_data", "signed_and_enveloped_data"):
            return CmsContent.ENCRYPTED, b""
        if kind == "compressed_data":
            packed = info["content"]["encap_content_info"]["content"].parsed.native
            return CmsContent.OPENED, zlib.decompressobj().decompress(packed, LARGEST)
        if kind != "signed_data":
            return CmsContent.DAMAGED, b""
        content = info["content"]["encap_content_info"]["content"]
        native = content.native
    except BROKEN:
        return CmsContent.DAMAGED, b""
    if native is None:
        return CmsContent.DETACHED, b""
    return (CmsContent.OPENED, native) if isinstance(native, bytes) else (CmsContent.DAMAGED, b"")


def _find_der(data: bytes) -> bytes:
    """The envelope's bytes; it may be sent as base64, with lines around it or without."""
    armoured = PEM.search(data)
    if armoured:
        return decode_base64(armoured[1])
    bare = data.strip()
    return decode_base64(bare) if bare[:2] in (b"MI", b"MC") and bare[:400].isascii() else data

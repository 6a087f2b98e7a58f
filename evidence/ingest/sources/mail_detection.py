"""What makes a file mail: a block of heads (RFC 5322), or the traces of a message that lost them.

Programs put much above the heads: a mailbox's line, a count of bytes (Apple), a mark of Unicode, blank lines. Heads
come in any order, and any may be the first. A text with boundaries of MIME or with an encoded file is a message without
heads: read as a note, what is attached to it would be lost.
"""

from __future__ import annotations

import re

from evidence.ingest.mail.mailboxes import unify_line_ends
from evidence.ingest.media_types import CMS, EML, TNEF

ABOVE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[ \t]*\r*\n)*(?:[ \t]*\d{1,10}[ \t]*\r*\n)?(?:>?From [^\n]*\r*\n)*")
HEAD = re.compile(rb"([!-9;-~]{1,80})[ \t]*:")
# the heads that every message has some of
COMMON = frozenset(
    b"from to cc bcc date subject sender reply-to received return-path delivered-to message-id mime-version "
    b"content-type content-transfer-encoding dkim-signature x-mailer user-agent in-reply-to references".split()
)
FAMILIES = (b"x-", b"arc-", b"resent-", b"list-", b"thread-", b"authentication-", b"content-", b"received-")
PART = re.compile(
    rb"^--(?=\S)[^\r\n]{1,200}\r*\n(?=(?:content-[a-z-]{2,30}|mime-version)[ \t]*:)", re.IGNORECASE | re.MULTILINE
)
UUENCODED = re.compile(
    rb"^begin(?:-base64)? [0-7]{3,4} +[^\r\n]+\r*\n(?:[!-`]{20,64} *\r*\n|[A-Za-z0-9+/=]{20,80}\r*\n)", re.MULTILINE
)
WINDOW = 1 << 20  # bytes of a text that are searched for traces
TNEF_START = b"\x78\x9f\x3e\x22"
PKCS_7 = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07"  # begins the identifier of every such envelope
PKCS_7_BASE64 = (b"KoZIhvcNAQc", b"GCSqGSIb3DQEH", b"BgkqhkiG9w0BBw")


def detect_wrapping(head: bytes) -> str | None:
    """TNEF or a signed envelope by the file's first bytes; ``None`` for others."""
    if head.startswith(TNEF_START):
        return TNEF
    armoured = head.startswith((b"-----BEGIN PKCS7", b"-----BEGIN CMS"))
    base64 = head[:2] in (b"MI", b"MC") and any(mark in head[:80] for mark in PKCS_7_BASE64)
    return CMS if armoured or base64 or (head[:1] == b"\x30" and PKCS_7 in head[:40]) else None


def detect_mail(text: bytes) -> str | None:
    """Whether a text is mail, by its beginning of up to ``WINDOW`` bytes."""
    plain = unify_line_ends(text)
    above = ABOVE.match(plain)
    assert above is not None
    names, whole = _head_names(plain[above.end() :])
    common = {name for name in names if name in COMMON}
    known = {name for name in names if name in COMMON or name.startswith(FAMILIES)}
    if common and len(known) > 1 and (whole or len(known) > 2):
        return EML
    return EML if PART.search(plain) or UUENCODED.search(plain) else None


def _head_names(text: bytes) -> tuple[set[bytes], bool]:
    """The names of the block of heads at the top, in small letters, and whether a blank line or the text's end closes
    it."""
    names: set[bytes] = set()
    for line in text.split(b"\n", 2_000):
        bare = line.rstrip(b"\r")
        if not bare:
            return names, True
        if bare[:1] in (b" ", b"\t") and names:
            continue
        head = HEAD.match(bare)
        if head is None:
            return names, False
        names.add(head[1].lower())
    return names, True

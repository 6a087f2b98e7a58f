"""A message in a message of Outlook's as bytes of its own (RFC 5322): the same message gives the same bytes, always."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import quote

from evidence.ingest.mail.outlook_properties import OutlookFile, OutlookMessage
from evidence.ingest.mail.outlook_rtf import unpack_rtf


def write_message(message: OutlookMessage) -> bytes:
    """The message with its text in all versions and its attachments."""
    texts = [_part("text/plain; charset=utf-8", message.body.encode("utf-8", "replace"))] if message.body else []
    if message.html:
        texts.append(_part(f"text/html; charset={message.charset or 'unknown'}", message.html))
    if not texts and (rtf := unpack_rtf(message.rtf)):
        texts.append(_part("application/rtf; name*=utf-8''message.rtf", rtf))
    parts = [_multipart("alternative", texts) if len(texts) > 1 else part for part in texts[:1]]
    parts += [_file(file) for file in message.files]
    heads = [f"{name}: {_word(value)}".encode() for name, value in message.heads]
    return b"\r\n".join([*heads, b"MIME-Version: 1.0", _multipart("mixed", parts)])


def _file(file: OutlookFile) -> bytes:
    name = quote(file.name or (file.message.subject if file.message else "") or "", safe="")
    if file.message is not None:
        return _part(f"message/rfc822; name*=utf-8''{name}", write_message(file.message))
    disposition = f"attachment; filename*=utf-8''{name}" if name else "attachment"
    content_id = f"\r\nContent-ID: <{_word(file.content_id)}>" if file.content_id else ""
    return _part(_kind(file.kind), file.data, f"\r\nContent-Disposition: {disposition}{content_id}")


def _kind(kind: str) -> str:
    return kind if kind.isascii() and "/" in kind and len(kind.split()) == 1 else "application/octet-stream"


def _part(kind: str, data: bytes, more: str = "") -> bytes:
    heads = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64{more}\r\n\r\n"
    return heads.encode() + base64.encodebytes(data)


def _multipart(kind: str, parts: list[bytes]) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    line = f"--{digest.hexdigest()}".encode()
    heads = f'Content-Type: multipart/{kind}; boundary="{digest.hexdigest()}"\r\n\r\n'.encode()
    return heads + b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"


def _word(value: str) -> str:
    """A value as it may stand in a head."""
    bare = " ".join(value.split())
    return bare if bare.isascii() else f"=?utf-8?B?{base64.b64encode(bare.encode('utf-8', 'replace')).decode()}?="

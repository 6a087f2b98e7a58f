"""What makes a text a page saved with its pictures (MHTML), by Word, Excel or a browser, and no letter."""

from __future__ import annotations


def is_web_archive(head: bytes) -> bool:
    """Whether a text that begins so is a page with its pictures, and no letter: nobody sent it.

    >>> is_web_archive(b"MIME-Version: 1.0\\nContent-Type: multipart/related; boundary=b\\n\\n")
    True
    >>> is_web_archive(b"From: a@b.vn\\nMIME-Version: 1.0\\nContent-Type: multipart/related; boundary=b\\n\\n")
    False
    """
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    lines = start.split(b"\n")
    names = {line.partition(b":")[0].strip() for line in lines if line[:1] not in (b" ", b"\t")}
    sent = names & {b"to", b"received", b"return-path", b"message-id", b"delivered-to", b"cc"}
    is_saved = b"from" not in names or b"saved by" in start
    return b"content-type" in names and b"multipart/related" in start and is_saved and not sent

"""The head block of a message or of a part of one (RFC 5322): names, values, words in other letters, parameters.

Heads are read as they come: folded anywhere, in raw letters of any encoding, with words of RFC 2047 cut between the
bytes of a letter, with parameters of RFC 2231 in pieces. The letters decide, whatever is declared (``encoding.names``).
"""

from __future__ import annotations

import binascii
import quopri
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from evidence.ingest.encoding.declared import decode_declared
from evidence.ingest.encoding.names import decode_name, mend_name

LINE = re.compile(rb"[^\n]*\n?")
HEAD = re.compile(rb"([!-9;-~]{1,80})[ \t]*:[ \t]*")
MBOX = re.compile(rb">?From [^\n]")  # the line that a mailbox puts before a message
MOST = 2_000  # heads of a block
LONGEST = 10_000  # bytes of a head that are kept: a person reads no more
WORD = re.compile(rb"=\?([^?\s*]{1,60})(?:\*[^?]{0,20})?\?([bBqQ])\?([^?]*)\?=")
PARAMETER = re.compile(rb';[\s]*([^\s=;"]{1,100})[\s]*=[\s]*(?:"((?:[^"\\]|\\.)*)(?:"|$)|([^;]*))', re.DOTALL)
PIECE = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*?)")
STANDARD = bytes.maketrans(b"-_", b"+/")  # the letters of base64 in addresses, and those of mail
OTHERS = bytes(byte for byte in range(256) if not (chr(byte).isalnum() and byte < 128) and byte not in b"+/-_")
PERCENT = re.compile(rb"%[0-9A-Fa-f]{2}")


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of one block: lower-case names and raw values, line breaks of folded ones kept as ``\\n``."""

    items: tuple[tuple[str, bytes], ...] = ()

    def raw(self, name: str) -> bytes:
        """The first value of that name; empty where there is none."""
        return next((value for known, value in self.items if known == name), b"")

    def text(self, name: str) -> str:
        """The same as a person reads it."""
        return decode_words(self.raw(name))

    def value(self, name: str) -> str:
        """What stands before the parameters, in small letters: ``multipart/mixed``."""
        words = self.raw(name).partition(b";")[0].split(b"(")[0].decode("latin-1").split()
        return words[0].strip("\"'").lower() if words else ""

    def parameter(self, name: str, key: str) -> str | None:
        """A parameter of that head, its pieces joined; ``None`` where there is none."""
        return read_parameters(self.raw(name)).get(key)


def read_heads(data: bytes, start: int, end: int) -> tuple[Heads, int]:
    """The heads from ``start`` on, and where what follows them begins: behind a blank line, or at the first line that
    is no head. Lines that mailboxes put above them are passed over."""
    items: list[tuple[str, bytearray]] = []
    at = start
    while at < end:
        line = LINE.match(data, at, end)
        assert line is not None
        bare = line[0].rstrip(b"\r\n")
        if not bare:
            return _freeze(items), line.end()
        if bare[:1] in (b" ", b"\t") and (items or not bare.strip()):
            if items and len(items[-1][1]) < LONGEST:
                items[-1][1].extend(b"\n" + bare.strip())
        elif head := HEAD.match(bare):
            if len(items) < MOST:
                items.append((head[1].decode("ascii").lower(), bytearray(bare[head.end() :])))
        elif not MBOX.match(bare) or items:
            return _freeze(items), at
        at = line.end()
    return _freeze(items), end


def _freeze(items: list[tuple[str, bytearray]]) -> Heads:
    return Heads(tuple((name, bytes(value[:LONGEST])) for name, value in items))


def decode_words(raw: bytes) -> str:
    """The text of a value: encoded words decoded, those beside each other joined, raw letters by what they look like.

    >>> decode_words(b"=?utf-8?B?QsOhbyBjw6FvIHF1w70gSQ==?= 2019")
    'Báo cáo quý I 2019'
    >>> decode_words(b"=?utf-8?Q?Quy=E1=BA?=\\n=?utf-8?Q?=BFt_?= =?UTF-8?Q?=C4=91=E1=BB=8Bnh?=")
    'Quyết định'
    """
    texts: list[str] = []
    waiting, charset, at = bytearray(), b"", 0
    for word in WORD.finditer(raw):
        between = raw[at : word.start()]
        data = _word_bytes(word)
        if waiting and not between.strip() and word[1].lower() == charset:
            waiting += data
        else:
            texts.append(_decode(bytes(waiting), charset))
            if between.strip() or not waiting:
                texts.append(_plain(between))
            waiting, charset = bytearray(data), word[1].lower()
        at = word.end()
    texts += [_decode(bytes(waiting), charset), _plain(raw[at:])]
    return " ".join("".join(texts).split())


def _word_bytes(word: re.Match[bytes]) -> bytes:
    text = word[3].replace(b"\n", b"").replace(b"\r", b"")
    if word[2] in b"qQ":
        return quopri.decodestring(text, header=True)
    return decode_base64(text)


def decode_base64(data: bytes) -> bytes:
    """The bytes of base64 as it comes: broken over lines, without its padding, with more behind the padding."""
    pieces: list[bytes] = []
    for piece in re.split(rb"=+", data):
        letters = piece.translate(STANDARD, OTHERS)
        if len(letters) % 4 == 1:
            letters = letters[:-1]
        pieces.append(binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)))
    return b"".join(pieces)


def _decode(data: bytes, charset: bytes) -> str:
    return decode_declared(data, charset.decode("ascii", "replace")).text if data else ""


def _plain(raw: bytes) -> str:
    """Raw letters outside of encoded words; a name of few letters may be in any encoding."""
    text = raw.replace(b"\n", b" ")
    return text.decode("ascii") if text.isascii() else decode_name(text)


def read_parameters(raw: bytes) -> dict[str, str]:
    """The parameters behind a value, by name; what is given in Unicode goes before what is not.

    >>> read_parameters(b"attachment; filename*0*=utf-8''Qu%C3%BD%20; filename*1=I.docx; size=3")
    {'size': '3', 'filename': 'Quý I.docx'}
    >>> read_parameters(b'a/b; name="=?utf-8?B?UXXDvQ==?=\\n =?utf-8?B?IEkuZG9j?="')["name"]
    'Quý I.doc'
    """
    plain: dict[str, bytes] = {}
    pieces: dict[str, dict[int, tuple[bytes, bool]]] = {}
    for match in PARAMETER.finditer(raw):
        value = re.sub(rb'\\(["\\])', rb"\1", match[2]) if match[2] is not None else (match[3] or b"").strip()
        key = PIECE.fullmatch(match[1].decode("latin-1").lower())
        if key is None:
            continue
        if key[2] is None and not key[3]:
            plain.setdefault(key[1], value)
        else:
            pieces.setdefault(key[1], {}).setdefault(int(key[2] or 0), (value, bool(key[3])))
    values = {name: _plain_parameter(value) for name, value in plain.items()}
    return values | {name: _join_pieces(numbered) for name, numbered in pieces.items()}


def _plain_parameter(value: bytes) -> str:
    if WORD.search(value):
        return decode_words(value)
    if PERCENT.search(value):
        unquoted = unquote_to_bytes(value)
        try:
            return unquoted.decode("utf-8") if not unquoted.isascii() else value.decode("ascii")
        except UnicodeDecodeError:
            pass
    return mend_name(_plain(value))


def _join_pieces(pieces: dict[int, tuple[bytes, bool]]) -> str:
    """The pieces of RFC 2231 in their order; the first says the charset."""
    charset, data = b"", b""
    for number in sorted(pieces):
        value, extended = pieces[number]
        if extended and number == min(pieces) and value.count(b"'") >= 2:
            charset, _, value = value.split(b"'", 2)
        data += unquote_to_bytes(value) if extended else value
    if WORD.search(data):
        return decode_words(data)
    return decode_name(data.replace(b"\n", b""), charset.decode("ascii", "replace") or None)

"""Files as no program writes them: real ones with bytes flipped, cut, doubled and swapped, fields at their extremes.

Pure: the same bytes and the same dice give the same mutant, so a finding is its base and its seed. Formats that pack
their contents are opened first (members of ZIPs, streams of PDFs): a flipped bit in packed bytes tests zlib only.
"""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable

Change = Callable[[bytes, random.Random], bytes]
LARGEST = 8_000_000  # bytes of a mutant
SECTOR = 512  # of an OLE file; swaps along its borders leave a file that still opens
WORDS = (
    # PDF
    b"%PDF-1.7\n", b"%%EOF\n", b"startxref\n0\n", b"xref\n0 1\n", b"trailer<</Root 1 0 R/Prev 0>>", b" 0 R", b" obj\n",
    b"endobj\n", b"stream\r\n", b"endstream\n", b"/Filter[/FlateDecode/FlateDecode/FlateDecode]", b"/Kids[1 0 R]",
    b"/Count 2147483647", b"/Length -1", b"/W[8 8 8]", b"/Predictor 15/Columns 99999999", b"/MediaBox[0 0 1e30 1e30]",
    b"/Rotate 45", b"/Encrypt 1 0 R", b"/JBIG2Decode", b"/JPXDecode", b"/Type/ObjStm/N 99999/First 9", b"/FT/Sig",
    b"/ByteRange[0 1 -5 99999999999]", b"/Names[(a)1 0 R]", b"/AcroForm<</XFA 1 0 R>>", b"BT /F1 1e9 Tf ET ",
    # ZIP
    b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x07\x08", b"\x01\x00\x10\x00" + b"\xff" * 16,
    # OLE and Office
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"W\x00o\x00r\x00d\x00", b"\xfe\xff\xff\xff", b"\xfd\xff\xff\xff", b"\xec\xa5",
    b"<w:tbl><w:tr><w:tc>", b"</w:p>", b"<w:txbxContent>", b'<w:gridSpan w:val="2147483647"/>', b"<w:del>", b"]]>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", b"<?xml version='1.0' encoding='UTF-7'?>", b"&#0;", b"&#x10FFFF;",
    b'<table:table-cell table:number-columns-repeated="2147483647"/>', b'r="XFD1048576"', b't="s"><v>99999999</v>',
    # mail, RTF, HTML, text
    b"\r\n\r\n", b"\nContent-Type: multipart/mixed; boundary=a\n\n--a\n", b"\nContent-Transfer-Encoding: base64\n\n",
    b"\nContent-Type: message/rfc822\n\n", b"=?utf-8?B?////?=", b"; charset=utf-7", b"; charset=,",
    b"{\\*\\bin99999999 ", b"\\u-32768?", b"\\u9999999999?", b"\\'zz", b"{" * 500, b"\\ansicpg99999", b"<p>" * 999,
    # pictures
    b"\xff\xd8\xff\xe1", b"\xff\xda", b"II*\x00", b"IHDR", b"ftypheic", b"Exif\x00\x00",
    # letters that trip up text
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", "\u0301".encode() * 300,
)  # fmt: skip
EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"255",
    b"65536",
    b"2147483647",
    b"2147483648",
    b"-2147483649",
    b"99999999999999999999",
    b"1e308",
)
FIGURE = re.compile(rb"-?\d+")
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
PART = re.compile(rb"<[^<>]{1,300}>")


def mutate(data: bytes, dice: random.Random) -> bytes:
    """One mutant of the file."""
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        opened = _inner(data)
        change = opened if opened and dice.random() < 0.6 else dice.choice(PLAIN)
        data = change(data, dice)[:LARGEST]
    return data or b"\x00"


def _inner(data: bytes) -> Change | None:
    """The change that looks inside the packing; ``None`` where nothing is packed."""
    if data.startswith(b"PK"):
        return repack
    return restream if b"%PDF-" in data[:1024] else None


# --- changes of bytes -----------------------------------------------------------------------------------------------


def flip(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 3, 10, 100)) if data else 0):
        changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def cut(data: bytes, dice: random.Random) -> bytes:
    """The start of the file, more often most of it."""
    return data[: int(len(data) * dice.random() ** 0.3)]


def behead(data: bytes, dice: random.Random) -> bytes:
    return data[dice.randrange(min(len(data), 64) + 1) :]


def double(data: bytes, dice: random.Random) -> bytes:
    start, end = _stretch(data, dice)
    return data[:end] + data[start:end] * dice.choice((1, 1, 5, 50)) + data[end:]


def drop(data: bytes, dice: random.Random) -> bytes:
    start, end = _stretch(data, dice)
    return data[:start] + data[end:]


def swap(data: bytes, dice: random.Random) -> bytes:
    (one, two), (three, four) = sorted((_stretch(data, dice), _stretch(data, dice)))
    if two > three:
        return drop(data, dice)
    return data[:one] + data[three:four] + data[two:three] + data[one:two] + data[four:]


def insert(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice(WORDS) * dice.choice((1, 1, 1, 2, 40)) + data[at:]


def overwrite(data: bytes, dice: random.Random) -> bytes:
    word = dice.choice(WORDS)
    at = dice.randrange(len(data) + 1)
    return data[:at] + word + data[at + len(word) :]


def extreme(data: bytes, dice: random.Random) -> bytes:
    """A binary field of 1, 2, 4 or 8 bytes at its extreme, near the start or anywhere."""
    width, value = dice.choice((1, 2, 4, 8)), dice.choice(EXTREMES)
    field = (value & (1 << 8 * width) - 1).to_bytes(width, dice.choice(("little", "big")))
    at = dice.randrange(min(len(data), dice.choice((600, LARGEST))) + 1)
    return data[:at] + field + data[at + width :]


def figure(data: bytes, dice: random.Random) -> bytes:
    """A number written in figures (a length, an offset, an object's number) at its extreme."""
    start = dice.randrange(len(data) + 1)
    found = FIGURE.search(data, start) or FIGURE.search(data)
    return data if found is None else data[: found.start()] + dice.choice(NUMBERS) + data[found.end() :]


def tag(data: bytes, dice: random.Random) -> bytes:
    """A tag of XML doubled, nested 300 deep, or gone."""
    start = dice.randrange(len(data) + 1)
    found = PART.search(data, start) or PART.search(data)
    if found is None:
        return insert(data, dice)
    return data[: found.start()] + found[0] * dice.choice((0, 2, 300)) + data[found.end() :]


def _stretch(data: bytes, dice: random.Random) -> tuple[int, int]:
    step = dice.choice((1, 1, SECTOR))
    size = step * dice.choice((1, 2, 7, 30)) if dice.random() < 0.7 else max(1, len(data) // dice.choice((3, 10, 30)))
    start = dice.randrange(max(1, len(data) - size + 1)) // step * step
    return start, min(len(data), start + size)


PLAIN: tuple[Change, ...] = (flip, cut, behead, double, drop, swap, insert, overwrite, extreme, figure, tag)
TEXT: tuple[Change, ...] = (flip, cut, double, drop, swap, insert, overwrite, figure, figure, tag, tag, tag)


# --- changes inside the packing -------------------------------------------------------------------------------------


def repack(data: bytes, dice: random.Random) -> bytes:
    """The ZIP with one to three members changed, lost, doubled or renamed; as it is where it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(one.filename, archive.read(one)) for one in archive.infolist() if one.file_size < LARGEST]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return flip(data, dice)
    for _ in range(dice.choice((1, 1, 2, 3)) if parts else 0):
        at = dice.randrange(len(parts))
        name, inner = parts[at]
        what = dice.random()
        if what < 0.75:
            parts[at] = (name, dice.choice(TEXT if inner[:1] == b"<" else PLAIN)(inner, dice))
        elif what < 0.85:
            parts.insert(at, (name, dice.choice(parts)[1]))
        elif what < 0.95:
            parts[at] = (dice.choice(("../x", "/x", "a\x1bb", "", "word/document.xml", dice.choice(parts)[0])), inner)
        elif len(parts) > 1:
            del parts[at]
    return packed(parts)


def packed(parts: list[tuple[str, bytes]]) -> bytes:
    """A ZIP of these members; the same ones give the same bytes."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # two members of one name are what we want
        for name, inner in parts:
            info = zipfile.ZipInfo(name or "x")  # a fixed date: the mutant must not depend on the clock
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, inner)
    return out.getvalue()


def restream(data: bytes, dice: random.Random) -> bytes:
    """The PDF with one stream unpacked, changed and packed again; its /Length is left to lie."""
    found = list(STREAM.finditer(data))
    if not found:
        return flip(data, dice)
    one = dice.choice(found)
    try:
        unpacker = zlib.decompressobj()
        inner = unpacker.decompress(one[1], LARGEST)
    except zlib.error:
        inner = None
    changed = dice.choice(PLAIN)(one[1] if inner is None else inner, dice)
    again = changed if inner is None else zlib.compress(changed[:LARGEST], 1)
    return data[: one.start(1)] + again + data[one.end(1) :]

"""Hostile files, made on the spot: each small on the disk and large, long or endless for whoever opens it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption

from tests.support import papers

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>"


def pdf(file: Path, objects: dict[int, bytes], tail: bytes = b"") -> Path:
    """A PDF of numbered objects, with a right cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, tail, start)
    file.write_bytes(out)
    return file


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), more, data)


def tree(resources: bytes = b"", box: bytes = b"0 0 595 842") -> dict[int, bytes]:
    page = PAGE.replace(b"0 0 595 842", box) % resources
    return {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: page}


def deflated(size: int, letter: bytes = b" ") -> bytes:
    """About that many letters, packed: one packed block of a million, again and again, and the checksum of them all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(letter * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    count = size // 1_000_000 * 1_000_000
    first = (1 + count * letter[0]) % 65521  # Adler-32 of letters that are all the same
    second = (count + letter[0] * count * (count + 1) // 2) % 65521
    return b"\x78\xda" + block * (size // 1_000_000) + packer.flush() + struct.pack(">HH", second, first)


def double_flate(file: Path, size: int = 1_200_000_000) -> Path:
    """A page whose content is packed twice: a few kilobytes unpack to ``size`` bytes."""
    twice = zlib.compress(deflated(size), 9)
    return pdf(file, {**tree(), 4: stream(twice, b"/Filter[/FlateDecode/FlateDecode]")})


def many_letters(file: Path, count: int = 4_000_000) -> Path:
    """A page of four million letters."""
    line = b"(" + b"a" * 1000 + b") Tj\n"
    text = b"BT /F 1 Tf 10 10 Td\n" + line * (count // 1000) + b"ET"
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return pdf(file, {**tree(font), 4: stream(zlib.compress(text, 9), b"/Filter/FlateDecode")})


def laughing_forms(file: Path, depth: int = 24) -> Path:
    """Forms that each draw the next one ten times: "billion laughs" as a drawing."""
    objects = {**tree(b"/XObject<</X 5 0 R>>"), 4: stream(b"/X Do")}
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    for level in range(depth):
        head = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>%s>>" % (level + 6, font)
        last = level == depth - 1
        objects[5 + level] = stream(b"BT /F 9 Tf (ha) Tj ET" if last else b"/X Do " * 10, head)
    return pdf(file, objects)


def wide_page(file: Path) -> Path:
    """A page 14,400 points wide and high, which is 5 m, with paths to be drawn."""
    lines = b"".join(b"0 %d m 14400 %d l S\n" % (y, y) for y in range(0, 14400, 100))
    return pdf(file, {**tree(box=b"0 0 14400 14400"), 4: stream(lines)})


def xref_loop(file: Path) -> Path:
    """A cross-reference table whose predecessor is itself."""
    pdf(file, {**tree(), 4: stream(b"")})
    data = file.read_bytes()
    start = data.rindex(b"xref\n0")
    file.write_bytes(data.replace(b"/Size", b"/Prev %d/Size" % start))
    return file


def huge_bitmap(file: Path, side: int = 60_000) -> Path:
    """A page that shows an image of 60,000 x 60,000 pixels of one bit."""
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode"
    image = stream(deflated(side * side // 8, b"\xff"), head % (side, side))
    return pdf(file, {**tree(b"/XObject<</I 5 0 R>>"), 4: stream(b"595 0 0 842 0 0 cm /I Do"), 5: image})


def huge_png(file: Path, side: int = 60_000) -> Path:
    """The same as a PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = deflated(side * (side // 8 + 1), b"\x00")
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b""))
    return file


def shut(file: Path) -> Path:
    """A PDF behind a user's password."""
    return papers.digital(file, encrypt=StandardEncryption("user", "owner"))


def docx(file: Path, paragraphs: int = 6_000_000) -> Path:
    """A DOCX of six million empty paragraphs: 100 kB or so."""
    papers.word(file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    head, _, tail = parts.pop("word/document.xml").partition(b"<w:body>")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        with archive.open("word/document.xml", "w", force_zip64=True) as out:
            out.write(head + b"<w:body>")
            for _ in range(paragraphs // 100_000):
                out.write(b"<w:p/>" * 100_000)
            out.write(tail)
    return file


def eps(file: Path, mark: Path) -> Path:
    """PostScript that writes a file where an interpreter runs it, named like a photo."""
    file.write_text(f"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n({mark}) (w) file closefile\nshowpage\n")
    return file


def frames(file: Path, count: int = 301) -> Path:
    """A TIFF of that many pages."""
    page = Image.new("1", (8, 8), 1)
    page.save(file, "TIFF", save_all=True, append_images=[page] * (count - 1))
    return file


def twenty_fat_members(file: Path, size: int = 100_000_000) -> Path:
    """20 files of 100 MB in a ZIP of 2 MB."""
    packer = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with packer as archive, archive.open("0.txt", "w") as out:
        for _ in range(size // 1_000_000):
            out.write(bytes(1_000_000))
    return _repeated(file, file.read_bytes(), 20)


def _repeated(file: Path, data: bytes, times: int) -> Path:
    """The ZIP's one member listed that many times under other names: they share their bytes, the list does not."""
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    at = entry.index(b"0.txt")
    listed = b"".join(entry[:at] + b"%c.txt" % (97 + count) + entry[at + 5 :] for count in range(times))
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, times, times, len(listed), start, 0)
    file.write_bytes(data[:start] + listed + tail)
    return file


def quine_like(file: Path, depth: int = 6) -> Path:
    """ZIPs inside one another."""
    inner = b"the end"
    for level in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(f"{level}.zip" if level else "end.txt", inner)
        inner = out.getvalue()
    file.write_bytes(inner)
    return file

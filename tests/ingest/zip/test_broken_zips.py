"""One bad name, head or member costs that member alone; names in every encoding that programs wrote them in."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path

import pytest

from evidence.ingest import media_types
from evidence.ingest.zip.directory import read_directory
from tests.support.format_reading import media_type, pack, read, refused, write
from tests.support.windows_letters import windows

NAME = "SNV/1.2/Quyết định 615.txt"


def packed(*members: tuple[bytes, bytes], flags: int = 0, extra: bytes = b"") -> bytes:
    """A ZIP of stored members with those raw names."""
    body, entries = b"", b""
    for name, data in members:
        common = struct.pack(
            "<HHHHIIIHH", flags, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(name), len(extra)
        )
        entries += b"PK\x01\x02" + struct.pack("<HH", 20, 20) + common
        entries += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name + extra
        body += b"PK\x03\x04" + struct.pack("<H", 20) + common + name + extra + data
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(members), len(members), len(entries), len(body), 0)
    return body + entries + end


def names(file: Path) -> list[str]:
    return [member.name for member in read(file).embedded]


RAW = [
    (NAME.encode(), 0x800), (NAME.encode(), 0), (windows(NAME), 0), (windows(NAME), 0x800),
    ("SNV/1.2/QuyÕt ®Þnh 615.txt".encode("latin-1"), 0), ("SNV/1.2/QuyÕt ®Þnh 615.txt".encode(), 0x800),
    ("SNV/1.2/Quyeát ñònh 615.txt".encode("latin-1"), 0),
    (unicodedata.normalize("NFD", NAME).encode(), 0x800), (NAME.replace("/", "\\").encode(), 0),
    (("/../C/../" + NAME).replace("/C", "").encode(), 0),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "flags"), RAW)
def test_names_in_every_encoding(tmp_path: Path, raw: bytes, flags: int) -> None:
    assert names(write(tmp_path / "a.zip", packed((raw, b"x"), flags=flags))) == [NAME]


def test_the_unicode_path_goes_before_the_name(tmp_path: Path) -> None:
    raw = b"Quy?t d?nh.txt"
    for checksum, shown in ((zlib.crc32(raw), NAME), (1, "Quy?t d?nh.txt")):
        field = b"\1" + struct.pack("<I", checksum) + NAME.encode()
        extra = struct.pack("<HH", 0x9999, 1) + b"z" + struct.pack("<HH", 0x7075, len(field)) + field
        assert names(write(tmp_path / "a.zip", packed((raw, b"x"), extra=extra))) == [shown]


def test_names_alike_and_empty(tmp_path: Path) -> None:
    assert names(write(tmp_path / "a.zip", packed((b"a", b"1"), (b"a", b"2"), (b"", b"3")))) == ["a", "a (2)", "3"]


def spoil(data: bytes, place: int, with_bytes: bytes) -> bytes:
    return data[:place] + with_bytes + data[place + len(with_bytes) :]


WHOLE = packed((b"lanh.txt", b"lanh" * 30), (b"hong.txt", b"hong" * 30))
SECOND = WHOLE.index(b"PK\x03\x04", 4)
LIST = WHOLE.rindex(b"PK\x01\x02")
BROKEN = {
    "head": spoil(WHOLE, SECOND, b"XX"),
    "checksum": spoil(WHOLE, SECOND + 50, b"?"),
    "offset": spoil(WHOLE, LIST + 42, b"\xf0\xff\xff\x00"),
    "locked": spoil(WHOLE, LIST + 8, b"\x01"),
    "method": spoil(WHOLE, LIST + 10, b"\x63"),
    "size": spoil(WHOLE, LIST + 24, b"\x05"),
    "longer": spoil(WHOLE, LIST + 20, b"\xff\xff\xff\x00"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_member_costs_itself(tmp_path: Path, fault: str) -> None:
    result = read(write(tmp_path / "a.zip", BROKEN[fault]))
    assert [member.name for member in result.embedded] == ["lanh.txt"]
    assert [problem.member for problem in result.problems] == ["hong.txt"]


def test_a_broken_entry_of_the_list_costs_itself(tmp_path: Path) -> None:
    file = write(tmp_path / "a.zip", spoil(WHOLE, LIST, b"PK\x09\x09"))
    assert names(file) == ["lanh.txt", "hong.txt"]
    file = write(tmp_path / "a.zip", spoil(spoil(WHOLE, LIST, b"PK\x09\x09"), SECOND, b"XX"))
    assert names(file) == ["lanh.txt"]
    assert [problem.message.code for problem in read(file).problems] == ["zip-cut"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_way_of_packing(tmp_path: Path, method: int) -> None:
    contents = {"a.txt": b"abc " * 200_000, "b.txt": bytes(range(256)) * 9, "c.txt": b""}
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    result = read(tmp_path / "a.zip")
    assert {member.name: Path(member.file).read_bytes() for member in result.embedded} == contents
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[60] ^= 0xFF
    assert [problem.member for problem in read(write(tmp_path / "b.zip", bytes(data))).problems] == ["a.txt"]


def test_written_to_a_stream_and_behind_other_bytes(tmp_path: Path) -> None:
    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("a.txt", "w", force_zip64=True) as member:
            member.write(b"abc" * 99)
        archive.writestr("b.txt", b"x")
    data = stream.getvalue()
    assert names(write(tmp_path / "a.zip", data)) == ["a.txt", "b.txt"]
    with (write(tmp_path / "b.zip", b"#!/bin/sh\n" + data)).open("rb") as file:
        assert [entry.name for entry in read_directory(file, 9).entries] == ["a.txt", "b.txt"]
    cut = read(write(tmp_path / "c.zip", data[: data.index(b"PK\x01\x02")]))
    assert [member.name for member in cut.embedded] == ["a.txt", "b.txt"]
    assert [problem.message.code for problem in cut.problems] == ["zip-cut"]


def test_a_zip_cut_short_gives_what_is_whole(tmp_path: Path) -> None:
    file = pack(tmp_path / "a.zip", {"a.txt": "abc" * 99, "b.txt": "x" * 99})
    cut = read(write(tmp_path / "b.zip", file.read_bytes()[: file.read_bytes().index(b"b.txt") + 8]))
    assert [member.name for member in cut.embedded] == ["a.txt"]
    assert [problem.message.code for problem in cut.problems] == ["member-damaged", "zip-cut"]
    assert refused(write(tmp_path / "c.zip", b"PK\x03\x04" + bytes(20))) == ("damaged", "damaged-zip")


def test_links_and_folders(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("link.pdf")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "../../etc/passwd")
        archive.writestr("thu muc/", "")
        archive.writestr("a.txt", "x")
    result = read(tmp_path / "a.zip")
    assert [member.name for member in result.embedded] == ["a.txt"]
    assert [problem.message.code for problem in result.problems] == ["member-link"]


def test_names_that_say_utf_8_and_are_not_make_no_word_file(tmp_path: Path) -> None:
    data = packed((b"\xc3(.docx", b"word/document.xml"), (b"b", b"[Content_Types].xml"), flags=0x800)
    assert media_type(write(tmp_path / "a.zip", data)) == media_types.ZIP


def test_a_zip_whose_first_head_is_lost_keeps_its_other_members(tmp_path: Path) -> None:
    whole = packed((b"a.txt", b"mot"), (b"b.txt", b"hai"))
    file = write(tmp_path / "a.zip", bytes(30) + whole[30:])
    assert media_type(file) == media_types.ZIP
    assert names(file) == ["b.txt"] and len(read(file).problems) == 1

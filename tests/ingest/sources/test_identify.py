from __future__ import annotations

import hashlib
import os
import socket
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest import media_types
from evidence.ingest.sources.identify import identify
from evidence.ingest.sources.paths import display, find_path, find_paths
from tests.support import papers
from tests.support.format_reading import media_type

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
HEADS: list[tuple[bytes, str]] = [
    (b"%PDF-1.7\n", media_types.PDF),
    (b"\n\n junk before %PDF-1.4\n", media_types.PDF),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00\x08\x00\x00\x00", "image/tiff"),
    (b"MM\x00*\x00\x00\x00\x08", "image/tiff"),
    (b"{\\rtf1\\ansi", "application/rtf"),
    (b"%!PS-Adobe-3.0 EPSF", "application/postscript"),
    (b"GIF89a", "image/gif"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"MZ\x90\x00", "application/x-msdownload"),
    (OLE + "WordDocument".encode("utf-16-le"), media_types.DOC),
    (OLE + "EncryptedPackage".encode("utf-16-le"), media_types.ENCRYPTED),
    (OLE + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
    (OLE, "application/x-ole-storage"),
    ("Kính gửi: Sở Nội vụ".encode(), "text/plain"),
    (b"\xef\xbb\xbf<!DOCTYPE html><p>", "text/html"),
    ("\ufeff<html><head><meta charset=unicode>".encode("utf-16-le"), "text/html"),
    ("\ufeffSố: 72/KH-SNV".encode("utf-16-le"), "text/plain"),
    ("Số: 72/KH-SNV\nNơi nhận: như trên\n\x1a".encode(), "text/plain"),
    ("Số: 72/KH-SNV \x1b[31mđỏ\x1b[0m ngày 2/3/2019 của Sở Nội vụ tỉnh".encode(), "text/plain"),
    (b"<?xml version='1.0'?>", "application/xml"),
    (b"<?xml version='1.0'?><w:w xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'>", media_types.DOC),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n", media_types.EML),
    (b"From: a@example.vn\r\nContent-Type: multipart/related; boundary=a\r\n", media_types.EML),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n", media_types.MHTML),
    (b"\x00\x01\x02\x03", "application/octet-stream"),
    (b"PK\x03\x04 no real zip", "application/zip"),
    (b"PK\x03\x04 cut [Content_Types].xml word/", media_types.DOCX),
]


@pytest.mark.parametrize(("data", "kind"), HEADS, ids=lambda value: value if isinstance(value, str) else "")
def test_content_decides_whatever_the_name(tmp_path: Path, data: bytes, kind: str) -> None:
    file = tmp_path / "to trinh.pdf"
    file.write_bytes(data)
    assert media_type(file) == kind


INSIDE = [("word/document.xml", media_types.DOCX), ("xl/workbook.xml", SHEET), ("a", "application/zip")]


@pytest.mark.parametrize(("member", "kind"), INSIDE)
def test_zips_by_what_they_hold(tmp_path: Path, member: str, kind: str) -> None:
    with zipfile.ZipFile(tmp_path / "x", "w") as archive:
        archive.writestr(member, "")
    assert media_type(tmp_path / "x") == kind


def test_identity_is_the_hash(tmp_path: Path) -> None:
    file = papers.digital(tmp_path / "a.pdf")
    source = identify(file, Limits())
    assert source.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (source.size, source.media_type, source.path) == (file.stat().st_size, media_types.PDF, str(file))


def refused(file: Path, limits: Limits | None = None) -> tuple[str, str]:
    with pytest.raises(UnreadableError) as caught:
        identify(file, limits or Limits())
    assert str(file) in caught.value.say("vi")
    return caught.value.problem, caught.value.message.code


def test_what_cannot_be_identified(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert refused(tmp_path / "empty") == ("damaged", "empty-file")
    assert refused(tmp_path / "gone") == ("damaged", "file-vanished")
    (tmp_path / "large").write_bytes(bytes(2_000_001))
    assert refused(tmp_path / "large", replace(Limits(), file_bytes=1_000_000)) == ("too-large", "too-large-file")
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") == ("unsupported", "not-a-file")
    assert refused(tmp_path) == ("unsupported", "not-a-file")
    assert refused(Path("/dev/null")) == ("unsupported", "not-a-file")
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(tmp_path / "plug"))
        assert refused(tmp_path / "plug") == ("unsupported", "not-a-file")
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    assert refused(tmp_path / "ring") == ("damaged", "link-loop")
    (tmp_path / "broken").symlink_to(tmp_path / "nothing")
    assert refused(tmp_path / "broken") == ("damaged", "link-broken")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = papers.digital(tmp_path / "shut.pdf")

    def forbid(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "open", forbid)  # root may read everything, so a mode would not do
    assert refused(file) == ("damaged", "file-forbidden")


NAMES = ["Tờ trình.pdf", "bản 'sao' \"hai\".pdf", "dòng\nmới.pdf", " cách .pdf", "đường dẫn; $(x).pdf", "\\.pdf"]


@pytest.mark.parametrize("name", [*NAMES, *(unicodedata.normalize("NFD", name) for name in NAMES)])
def test_any_name_is_shown_composed_and_found_again(tmp_path: Path, name: str) -> None:
    folder = tmp_path / unicodedata.normalize("NFD", "Sở Nội vụ")
    folder.mkdir()
    file = papers.digital(tmp_path / "a.pdf").rename(folder / name)
    source = identify(file, Limits())
    assert source.path == unicodedata.normalize("NFC", str(file))
    assert find_path(Path(source.path)) == file


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/t\xf4.pdf"
    papers.digital(tmp_path / "a.pdf").rename(os.fsdecode(raw))
    source = identify(Path(os.fsdecode(raw)), Limits())
    assert source.path.endswith("t\ufffd.pdf")
    assert os.fsencode(str(find_path(Path(source.path)))) == raw


def test_what_is_gone_is_not_found(tmp_path: Path) -> None:
    assert find_path(tmp_path / "không" / "có") is None
    assert display(unicodedata.normalize("NFD", "Hoà")) == "Hoà"


def test_of_names_that_are_shown_alike_the_exact_one_is_meant(tmp_path: Path) -> None:
    composed, decomposed = (tmp_path / unicodedata.normalize(form, "Tờ trình.pdf") for form in ("NFC", "NFD"))
    for file in (composed, decomposed):
        papers.digital(tmp_path / "a.pdf").rename(file)
    assert find_paths(composed) == (composed,)
    assert find_paths(decomposed) == (decomposed,)
    half = tmp_path / "To\u031b\u0300 trình.pdf"
    assert set(find_paths(half)) == {composed, decomposed}
    assert find_path(half) is None

"""What is this file: hash, size, and type by its content. A name says nothing."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.media_types import DOC, DOCX, EDXML, EML, EXCEL_2003, HEIC, HTML, ODT, OLE_STORAGE, PDF
from evidence.model.document import Source

HEAD = 4096
PIECE = 1 << 20
WORD_2003 = b"schemas.microsoft.com/office/word/2003/wordml"  # saved as .doc or .xml; LibreOffice opens it
SHEET_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
    (b"\xc5\xd0\xd3\xc6", "application/postscript"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-elf"),
)
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# a member that only this kind of ZIP holds
INSIDE: tuple[tuple[str, str], ...] = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
ODF = b"mimetypeapplication/vnd.oasis.opendocument."  # an OpenDocument's first member, never compressed
BRANDS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc")
LIST_END = b"PK\x05\x06"
LONGEST_LIST = 8 << 20  # bytes of a ZIP's list of members that are looked through here
# heads that every mail program and server writes, and Word in a "single file web page"; two at the start make a message
MAIL = re.compile(
    rb"^(?:received|return-path|delivered-to|message-id|mime-version|content-type|from|to|date|subject|x-[\w-]+"
    rb"|dkim-signature):",
    re.IGNORECASE | re.MULTILINE,
)
CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 2, 5, 6, 20, 25, 30}  # VISCII uses the last six as letters
# streams of an OLE file, as their names stand in its directory (UTF-16)
STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "application/x-ole-encrypted"),
    ("WordDocument", DOC),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__substg1.0", "application/vnd.ms-outlook"),
)


def identify(path: Path, limits: Limits, received: date | None = None) -> Source:
    """Hash, size and media type. UnreadableError where the file is empty, gone, shut or larger than the limit.

    A type that no reader knows is no error here: the pipeline says so in the record.
    """
    shown = display(path)
    try:
        _refuse_strange(path, shown)
        digest = hashlib.sha256()
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > limits.file_bytes:
                raise UnreadableError("too-large", "too-large-file", path=shown, limit=limits.file_bytes // 1_000_000)
            for piece in _pieces(file.fileno(), limits.file_bytes):
                digest.update(piece)
    except OSError as error:
        raise UnreadableError("damaged", told(error), path=shown) from error
    if size == 0:
        raise UnreadableError("damaged", "empty-file", path=shown)
    return Source(shown, digest.hexdigest(), media_type(path), size, None, received)


def _refuse_strange(path: Path, shown: str) -> None:
    """Only plain files are opened: a pipe or device would block for ever, a folder stands for what lies in it."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        with os.scandir(path):
            raise UnreadableError("unsupported", "not-a-file", path=shown)
    if not stat.S_ISREG(mode):
        raise UnreadableError("unsupported", "not-a-file", path=shown)


def _pieces(descriptor: int, most: int) -> Iterator[bytes]:
    read = 0
    while read <= most and (piece := os.read(descriptor, PIECE)):
        read += len(piece)
        yield piece


def told(error: OSError) -> str:
    """The code of the sentence that says why the system would not give the file."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "file-vanished"
    return "file-forbidden" if isinstance(error, PermissionError) else "file-broken"


def display(path: Path | str) -> str:
    """The path as it is shown and stored: composed (NFC), bytes that are no UTF-8 replaced."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text)


def media_type(path: Path) -> str:
    """The type by content: ``application/octet-stream`` for the unknown, ``text/plain`` for readable text."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(ZIP):
        return _zip_type(path)  # before the next line: a PDF may lie unpacked at the start of a ZIP
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(OLE):
        return _ole_type(path)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:12] in BRANDS:
        return HEIC
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    return _text_type(head)


def _zip_type(path: Path) -> str:
    """The kind of ZIP by its list of members; by the start of the file where the list is broken or very long."""
    with path.open("rb") as file:
        start = file.read(1 << 16)
    if ODF in start[:200]:
        return ODT if ODF + b"text" in start[:200] else "application/vnd.oasis.opendocument"
    try:
        if _list_size(path) > LONGEST_LIST:
            return "application/zip"
        with zipfile.ZipFile(path) as archive:
            names = {member.filename for member in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        names = {"word/document.xml"} if b"word/" in start or b"[Content_Types].xml" in start else set()
    return next((kind for member, kind in INSIDE if member in names), "application/zip")


def _list_size(path: Path) -> int:
    """The bytes of the list of members as the ZIP's end declares them."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - (1 << 16) - 22))
        tail = file.read()
    at = tail.rfind(LIST_END)
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0


def _ole_type(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(64 << 20)
    return next((kind for name, kind in STREAMS if name.encode("utf-16-le") in content), OLE_STORAGE)


def _text_type(head: bytes) -> str:
    if head.startswith(UTF_16):
        return "text/plain"
    if b"\x00" in head:
        return "application/octet-stream"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return HTML
    if b"edxmlenvelope" in start:
        return EDXML
    if start.startswith(b"<?xml"):
        if WORD_2003 in start:
            return DOC
        if SHEET_2003 in start:
            return EXCEL_2003
        return HTML if b"<html" in start else "application/xml"
    if MAIL.match(head) and len({one.lower() for one in MAIL.findall(head)}) > 1:
        return EML
    return "application/octet-stream" if any(byte in CONTROLS for byte in head) else "text/plain"


def locate(source: Source) -> Path:
    """The file of a source on disk. FileNotFoundError where there is none any more."""
    found = find(Path(source.path))
    if found is None:
        raise FileNotFoundError(source.path)
    return found


def find(path: Path) -> Path | None:
    """The file or folder by the name it really bears, which may be decomposed (NFD) or no UTF-8 at all."""
    if path.exists():
        return path
    found = [Path(path.anchor or ".")]
    for part in path.parts[1:] if path.anchor else path.parts:
        wanted = display(part)
        found = [entry for folder in found for entry in _entries(folder) if display(entry.name) == wanted]
    return found[0] if found else None


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        return []

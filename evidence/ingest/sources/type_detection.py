"""The media type of a file by its content. A name says nothing."""

from __future__ import annotations

import os
import zipfile
from typing import BinaryIO

from evidence.ingest.encoding.charsets import detect_wide
from evidence.ingest.media_types import DOC, EDXML, EXCEL_2003, FLAT_OPC, HEIC, HTML, MHTML, MSG, OLE_STORAGE, PDF, PPT
from evidence.ingest.media_types import ZIP as ZIP_TYPE
from evidence.ingest.office.kinds import damaged_type, open_document_type, package_type
from evidence.ingest.sources.mail_detection import WINDOW, detect_mail, detect_wrapping
from evidence.ingest.sources.web_archives import is_web_archive

HEAD = 4096
WORD_2003 = b"schemas.microsoft.com/office/word/2003/wordml"  # saved as .doc or .xml; LibreOffice opens it
PACKAGE = b"schemas.microsoft.com/office/2006/xmlpackage"
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
UNKNOWN = "application/octet-stream"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
BEFORE = b"\xef\xbb\xbf\r\n\t "  # what web programs let slip before the ZIP that they send
ODF = b"mimetypeapplication/vnd.oasis.opendocument."  # an OpenDocument's first member, never compressed
BRANDS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc")
LIST_END = b"PK\x05\x06"
LONGEST_LIST = 8 << 20  # bytes of a ZIP's list of members that are looked through here
CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 2, 5, 6, 20, 25, 30}  # VISCII uses the last six as letters
# a text has one control among so many bytes at most: the end of a file of DOS, the escapes of a terminal
RARE, VERY_RARE = 10, 50
# streams of an OLE file, as their names stand in its directory (UTF-16)
STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "application/x-ole-encrypted"),
    ("WordDocument", DOC),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", PPT),
    ("__substg1.0", MSG),
    ("Book", "application/vnd.ms-excel"),  # Excel 5 and 95
)

MESSAGE_CLASS = bytes.fromhex("0b0d020000000000c000000000000046")  # of the root storage
MESSAGE_STREAMS = ("__nameid_version1.0", "__properties_version1.0")


def detect_media_type(file: BinaryIO) -> str:
    """The type by content: ``application/octet-stream`` for the unknown, ``text/plain`` for readable text."""
    head = _bytes_at(file, 0, HEAD)
    if head.lstrip(BEFORE).startswith(ZIP):
        return _zip_type(file)  # before the next line: a PDF may lie unpacked at the start of a ZIP
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(OLE):
        return _ole_type(file)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:12] in BRANDS:
        return HEIC
    for magic, kind in MAGIC:
        if head.startswith(magic) and (magic != b"BM" or head[6:10] == bytes(4)):  # "BM01" begins a text
            return kind
    kind = _text_type(file, head)
    return _zip_type(file) if kind == UNKNOWN and _has_list(file) else kind


def _has_list(file: BinaryIO) -> bool:
    """Whether a file ends as a ZIP does, whatever became of its beginning: the list of members stands where its end
    says."""
    try:
        with zipfile.ZipFile(file) as archive:
            return bool(archive.filelist) and _list_size(file) <= LONGEST_LIST
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _zip_type(file: BinaryIO) -> str:
    """The kind of ZIP by its list of members; by the start of the file where the list is broken or very long."""
    start = _bytes_at(file, 0, 1 << 16)
    if ODF in start[:200]:
        return open_document_type(start[:200].partition(b"mimetype")[2]) or ZIP_TYPE
    try:
        if _list_size(file) > LONGEST_LIST:
            return ZIP_TYPE
        with zipfile.ZipFile(file) as archive:
            return package_type(archive) or ZIP_TYPE
    except UnicodeDecodeError:  # a name that is no UTF-8 although it says so: no Office program writes such
        return ZIP_TYPE
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return damaged_type(start)


def _list_size(file: BinaryIO) -> int:
    """The bytes of the list of members as the ZIP's end declares them."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - (1 << 16) - 22)
    tail = _bytes_at(file, start, size - start)
    at = tail.rfind(LIST_END)
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0


def _ole_type(file: BinaryIO) -> str:
    if _is_outlook_message(file):
        return MSG
    content = _bytes_at(file, 0, 64 << 20)
    return next((kind for name, kind in STREAMS if name.encode("utf-16-le") in content), OLE_STORAGE)


def _is_outlook_message(file: BinaryIO) -> bool:
    """Whether an OLE file's root says so by its class or its first streams: attachments hold Word's streams."""
    head = _bytes_at(file, 0, 80)
    size = 1 << min(int.from_bytes(head[30:32], "little"), 12)
    directory = _bytes_at(file, (int.from_bytes(head[48:52], "little") + 1) * size, size)
    return directory[80:96] == MESSAGE_CLASS or any(name.encode("utf-16-le") in directory for name in MESSAGE_STREAMS)


def _text_type(file: BinaryIO, head: bytes) -> str:
    if head.startswith(UTF_16):
        text = _bytes_at(file, 0, WINDOW).decode("utf-16", "ignore").encode("utf-8", "ignore")
        return detect_mail(text) or _markup_type(text.lstrip(BEFORE).lower()[:HEAD]) or "text/plain"
    if wrapping := detect_wrapping(head):
        return wrapping
    if wide := detect_wide(head):
        words = head[:400].decode(wide, "ignore").split()
        return "text/plain" if all(word.isprintable() for word in words) else UNKNOWN
    if b"\x00" in head:
        return UNKNOWN
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if markup := _markup_type(start):
        return markup
    if start.startswith(b"<?xml"):
        return "application/xml"
    if is_web_archive(head):
        return MHTML
    if mail := detect_mail(_bytes_at(file, 0, WINDOW)):
        return mail
    controls = sum(byte in CONTROLS for byte in head)
    return UNKNOWN if controls * (RARE if _is_utf_8(head) else VERY_RARE) > len(head) else "text/plain"


def _is_utf_8(head: bytes) -> bool:
    """Whether bytes are UTF-8, less a letter cut at their end."""
    return "\ufffd" not in head.decode("utf-8", "replace")[:-1]


def _markup_type(start: bytes) -> str | None:
    """The type of a page of HTML, or of one of the XML forms that are read, by its beginning in small letters."""
    if start.startswith((b"<!doctype html", b"<html")):
        return HTML
    if b"edxmlenvelope" in start:
        return EDXML
    if not start.startswith(b"<?xml"):
        return None
    if WORD_2003 in start:
        return DOC
    if PACKAGE in start:
        return FLAT_OPC
    if SHEET_2003 in start:
        return EXCEL_2003
    return HTML if b"<html" in start else None


def _bytes_at(file: BinaryIO, start: int, count: int) -> bytes:
    file.seek(start)
    return file.read(count)

"""Which kind of office document a ZIP is, by the content types that it declares and by the names of its parts.

Programs write the main part under names of their own (``word/document2.xml``), in other letters (``Word/Document.xml``)
and with ``\\`` between folders; what stays is the content type of the main part and, where that is missing, the folder.
Nothing is parsed here: the parent looks at no more than the first bytes of ``[Content_Types].xml``.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable

from evidence.ingest.media_types import (
    DOCM,
    DOCX,
    DOTM,
    DOTX,
    IWORK,
    ODF,
    PPTX,
    VSDX,
    XLSB,
    XLSM,
    XLSX,
    XLTM,
    XLTX,
    XPS,
)

TYPES = "[content_types].xml"
HEAD = 1 << 18  # bytes of the content types, and of an OpenDocument's own type, that are looked at
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LOCKED = 0x1
# what the content type of a main part holds, in small letters
MAIN: tuple[tuple[bytes, str], ...] = (
    (b"ms-word.document.macroenabled.main", DOCM),
    (b"ms-word.template.macroenabledtemplate.main", DOTM),
    (b"wordprocessingml.template.main", DOTX),
    (b"wordprocessingml.document.main", DOCX),
    (b"ms-excel.sheet.binary.macroenabled.main", XLSB),
    (b"ms-excel.sheet.macroenabled.main", XLSM),
    (b"ms-excel.template.macroenabled.main", XLTM),
    (b"ms-excel.addin.macroenabled.main", XLSM),
    (b"spreadsheetml.template.main", XLTX),
    (b"spreadsheetml.sheet.main", XLSX),
    (b"presentationml.presentation.main", PPTX),
    (b"presentationml.slideshow.main", PPTX),
    (b"presentationml.template.main", PPTX),
    (b"ms-powerpoint.presentation.macroenabled.main", PPTX),
    (b"ms-powerpoint.slideshow.macroenabled.main", PPTX),
    (b"ms-powerpoint.template.macroenabled.main", PPTX),
    (b"ms-visio.drawing.main", VSDX),
    (b"xps-fixeddocumentsequence", XPS),
)
FIRST = re.compile(b"|".join(re.escape(mark) for mark, _ in MAIN))
# a part that only this kind of package holds, where the content types say nothing
PARTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"word/document\d*\.xml"), DOCX),
    (re.compile(r"xl/workbook\d*\.xml"), XLSX),
    (re.compile(r"xl/workbook\d*\.bin"), XLSB),
    (re.compile(r"ppt/presentation\d*\.xml"), PPTX),
    (re.compile(r"index/document\.iwa|(?:metadata/)?buildversionhistory\.plist|index\.apxl"), IWORK),
)
OPENDOCUMENT = "application/vnd.oasis.opendocument."


def part_key(name: str) -> str:
    """The name by which a part is looked for: ``/`` between folders, none in front, small letters.

    >>> part_key("\\\\Word\\\\Document.xml")
    'word/document.xml'
    """
    return "/".join(piece for piece in name.replace("\\", "/").split("/") if piece not in ("", ".")).casefold()


def package_type(archive: zipfile.ZipFile) -> str | None:
    """The media type of the office document that the ZIP is; ``None`` where it is a package of files."""
    members = {part_key(member.filename): member for member in archive.infolist()}
    if TYPES in members or "_rels/.rels" in members:
        declared = _first_type(_head(archive, members.get(TYPES)))
        if declared is not None:
            return declared
    elif "mimetype" in members and "content.xml" in members:  # an OpenDocument packed again: its type is not the first
        return open_document_type(_head(archive, members["mimetype"]))
    return next((kind for pattern, kind in PARTS if _any_matches(pattern, members)), None)


def open_document_type(mimetype: bytes) -> str | None:
    """The type that an OpenDocument states of itself; ``None`` where it states another."""
    name = mimetype[:100].decode("ascii", "replace").strip()
    return next((known for known in sorted(ODF, key=len, reverse=True) if name.startswith(known)), None) or (
        OPENDOCUMENT.rstrip(".") if name.startswith(OPENDOCUMENT) else None
    )


def damaged_type(start: bytes) -> str:
    """The type of a ZIP whose list of members cannot be read, by the names at its start."""
    bare = start.replace(b"\\", b"/").lower()
    if b"xl/" in bare and b"word/" not in bare:
        return XLSX
    if b"ppt/" in bare and b"word/" not in bare:
        return PPTX
    return DOCX if b"word/" in bare or TYPES.encode() in bare else "application/zip"


def _first_type(declared: bytes) -> str | None:
    """The first main part among the content types: a package of one kind may hold documents, but no main parts, of
    another."""
    mark = FIRST.search(declared.lower())
    return next((kind for known, kind in MAIN if mark and known == mark[0]), None)


def _any_matches(pattern: re.Pattern[str], names: Iterable[str]) -> bool:
    return any(pattern.fullmatch(name) for name in names)


def _head(archive: zipfile.ZipFile, member: zipfile.ZipInfo | None) -> bytes:
    """The first bytes of a member; none where it is not there, locked or broken."""
    if member is None or member.compress_type not in PLAIN or member.flag_bits & LOCKED:
        return b""
    try:
        with archive.open(member) as stream:
            head = stream.read(HEAD)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError, NotImplementedError):
        return b""
    return head.decode("utf-16", "replace").encode() if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head

"""The dict of formats: media type -> the reader that opens it. A new format is one file beside this one and a line.

Readers are loaded when the first file of their kind comes, by the parent, so that the children find them: all of them
with their libraries take 0.6 s, which a search has no use for.
"""

from __future__ import annotations

import importlib

from evidence.config import Limits
from evidence.ingest.reader_protocol import Reader

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "text/plain"

XLS = "application/vnd.ms-excel"
EXCEL_2003 = "application/x-spreadsheetml"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
HTML = "text/html"
ZIP = "application/zip"
EML = "message/rfc822"
EDXML = "application/x-edxml"
HEIC = "image/heic"

# the module beside this one, and its function where that is not ``read``
READERS = {
    PDF: "pdf.reader",
    "image/jpeg": "formats.image",
    "image/png": "formats.image",
    "image/tiff": "formats.image",
    "image/webp": "formats.image",
    HEIC: "formats.image:read_heic",
    DOCX: "formats.docx",
    DOC: "formats.doc",
    ODT: "formats.odt",
    RTF: "formats.rtf",
    TEXT: "formats.txt",
    HTML: "formats.html",
    XLSX: "formats.xlsx",
    XLS: "formats.xls",
    EXCEL_2003: "formats.excel2003_xml",
    ZIP: "formats.zip_package",
    EML: "formats.eml",
    EDXML: "formats.edxml",
}
SHEETS = {TEXT: "formats.csv"}  # read as tables where tables are asked for
PACKAGES = frozenset({ZIP, EML, EDXML})  # what is handed in for the sake of the files inside

# what a reader starts; without a line here it may start nothing, nor call LibreOffice in a child of its own
PROGRAMS = {DOC: ("antiword",), RTF: ("soffice",)}

OLE_STORAGE = "application/x-ole-storage"  # of no kind that its directory tells
ENCRYPTED = "application/x-ole-encrypted"  # a DOCX or XLSX behind a password
SUFFIXES = frozenset(
    ".pdf .jpg .jpeg .png .tif .tiff .webp .heic .docx .doc .odt .rtf .xlsx .xls .zip .eml".split()  # noqa: SIM905
)

# text has no mark of its own at its start: under such a name it is a failed download or a note, not the document
PLAIN = frozenset(["text/plain", HTML])
NEVER_PLAIN = SUFFIXES - frozenset([".doc", ".xls", ".rtf", ".eml"])


def reader(media_type: str, tables: bool = False) -> Reader | None:
    """The reader of that type, loaded; ``None`` where no one takes it."""
    place = (SHEETS.get(media_type) if tables else None) or READERS.get(media_type)
    if place is None:
        return None
    module, _, function = place.partition(":")
    found: Reader = getattr(importlib.import_module(f"evidence.ingest.{module}"), function or "read")
    return found


def longest(media_type: str, limits: Limits) -> tuple[int, str]:
    """How many pages of a file of that type are read, and the limit's name."""
    picture = media_type.startswith("image/")
    return (limits.frames, "frames") if picture else (limits.pages, "pages")

"""The dict of formats: media type -> the reader that opens it. A new format is one file beside this one and a line.

Readers are loaded when the first file of their kind comes, by the parent, so that the children find them: all of them
with their libraries take 0.6 s, which a search has no use for.
"""

from __future__ import annotations

import importlib

from evidence.config import Limits
from evidence.ingest.media_types import (
    CMS,
    DOC,
    EDXML,
    EML,
    EXCEL_2003,
    FLAT_OPC,
    HEIC,
    HTML,
    JPEG,
    MHTML,
    MSG,
    ODP,
    ODS,
    ODT,
    PDF,
    PNG,
    PPTX,
    RTF,
    TEXT,
    TIFF,
    TNEF,
    WEBP,
    WORD_PACKAGES,
    WORKBOOKS,
    XLS,
    XLSB,
    ZIP,
)
from evidence.ingest.reader_protocol import Reader

# the module of ``evidence.ingest``, and its function where that is not ``read``
READERS = {
    PDF: "pdf.reader",
    JPEG: "formats.image",
    PNG: "formats.image",
    TIFF: "formats.image",
    WEBP: "formats.image",
    HEIC: "formats.image:read_heic",
    **dict.fromkeys((*WORD_PACKAGES, FLAT_OPC), "formats.docx"),
    DOC: "formats.doc",
    ODT: "formats.odt",
    RTF: "formats.rtf",
    TEXT: "formats.txt",
    HTML: "formats.html",
    MHTML: "formats.mhtml",
    **dict.fromkeys(WORKBOOKS, "formats.xlsx"),
    XLS: "formats.xls",
    XLSB: "formats.xls",
    ODS: "formats.ods",
    PPTX: "formats.pptx",
    ODP: "formats.odt",
    EXCEL_2003: "formats.excel2003_xml",
    ZIP: "zip.package",
    EML: "mail.eml",
    MSG: "mail.outlook_msg",
    TNEF: "mail.outlook_reader",
    CMS: "mail.envelope",
    EDXML: "formats.edxml",
}
TABLE_READERS = {TEXT: "formats.csv"}  # where tables are asked for

# what a reader starts; without a line here it may start nothing, nor call LibreOffice in a child of its own
PROGRAMS = {DOC: ("antiword",), RTF: ("soffice",)}


def load_reader(media_type: str, tables: bool = False) -> Reader | None:
    """The reader of that type, loaded with what it needs (its ``preload``), so that children forked later need not;
    ``None`` where no one takes it."""
    place = (TABLE_READERS.get(media_type) if tables else None) or READERS.get(media_type)
    if place is None:
        return None
    module, _, function = place.partition(":")
    loaded = importlib.import_module(f"evidence.ingest.{module}")
    preload = getattr(loaded, "preload", None)
    if preload is not None:
        preload()
    reader: Reader = getattr(loaded, function or "read")
    return reader


def page_limit(media_type: str, limits: Limits) -> tuple[int, str]:
    """How many pages of a file of that type are read, and the limit's name."""
    picture = media_type.startswith("image/")
    return (limits.frames, "frames") if picture else (limits.pages, "pages")

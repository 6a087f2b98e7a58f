"""The dicts of formats: media type -> the reader that opens it.

Spreadsheets are opened where tables are asked for (an annex of criteria, a self-assessment), not as evidence.
"""

from __future__ import annotations

from evidence.ingest import image, office, pdf, sheet, word97
from evidence.ingest.reading import Reader

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "text/plain"

READERS: dict[str, Reader] = {
    PDF: pdf.read,
    "image/jpeg": image.read,
    "image/png": image.read,
    "image/tiff": image.read,
    DOCX: office.read,
    DOC: word97.read,
}
SHEETS: dict[str, Reader] = {XLSX: sheet.read, TEXT: sheet.read_csv}

PROGRAMS = {DOC: ("antiword",)}  # what a reader starts; without a line here it may start nothing

ENCRYPTED = "application/x-ole-encrypted"  # a DOCX or XLSX behind a password
SUFFIXES = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".docx", ".doc"})


def reader(media_type: str, tables: bool = False) -> Reader | None:
    """The reader of that type; ``None`` where no one takes it."""
    return READERS.get(media_type) or (SHEETS.get(media_type) if tables else None)

"""The dict of formats: media type -> the reader that opens it."""

from __future__ import annotations

from evidence.ingest import image, office, pdf, word97
from evidence.ingest.reading import Reader

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"

READERS: dict[str, Reader] = {
    PDF: pdf.read,
    "image/jpeg": image.read,
    "image/png": image.read,
    "image/tiff": image.read,
    DOCX: office.read,
    DOC: word97.read,
}

ENCRYPTED = "application/x-ole-encrypted"  # a DOCX or XLSX behind a password
SUFFIXES = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".docx", ".doc"})

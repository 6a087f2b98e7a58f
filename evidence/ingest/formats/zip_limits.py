"""What a ZIP may unpack to, weighed by what its directory declares before a byte is unpacked.

A DOCX of 630 kB held 6 million paragraphs.
"""

from __future__ import annotations

import zipfile

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.reader_protocol import ReadRequest

OFFICE_MEMBERS = 5_000  # parts of one office document
MEGABYTE = 1_000_000


def check_office_file(request: ReadRequest) -> None:
    """UnreadableError for an office document (DOCX, XLSX, ODT) that is no ZIP or would unpack to more than the limits
    allow."""
    try:
        with zipfile.ZipFile(request.file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableError("damaged", "damaged-docx") from error
    parts = [member for member in members if member.filename.endswith((".xml", ".rels"))]
    largest = max((member.file_size for member in parts), default=0)
    _check_count(members, OFFICE_MEMBERS)
    _check_total(members, request.limits)
    if largest > request.limits.part_bytes:
        raise UnreadableError("too-large", "too-large-unpacked", limit=request.limits.part_bytes // MEGABYTE)


def _check_count(members: list[zipfile.ZipInfo], most: int) -> None:
    if len(members) > most:
        raise UnreadableError("too-large", "too-many-members", count=len(members), limit=most)


def _check_total(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        raise UnreadableError("too-large", "too-large-unpacked", limit=limits.unpacked_bytes // MEGABYTE)

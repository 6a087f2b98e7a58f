"""What a ZIP may unpack to, weighed by what its directory declares before a byte is unpacked.

A DOCX of 630 kB held 6 million paragraphs.
"""

from __future__ import annotations

import zipfile

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.members import clean_name
from evidence.ingest.reader_protocol import ReadRequest

OFFICE_MEMBERS = 5_000  # parts of one office document
SMALL = 1_000_000  # bytes; below this the ratio harms nobody
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


def check_package(members: list[zipfile.ZipInfo], request: ReadRequest) -> None:
    """UnreadableError for a package of files that would unpack to more than the limits allow, or far too densely."""
    limits = request.limits
    _check_count(members, limits.members)
    _check_total(members, limits)
    for member in members:
        if member.file_size > SMALL and member.file_size > limits.ratio * max(1, member.compress_size):
            raise UnreadableError("too-large", "too-dense", name=clean_name(member.filename), limit=limits.ratio)
    total = sum(member.file_size for member in members)
    if total > SMALL and total > limits.ratio * request.file.stat().st_size:  # members that share their bytes
        raise UnreadableError("too-large", "too-dense", name=clean_name(request.name), limit=limits.ratio)


def _check_count(members: list[zipfile.ZipInfo], most: int) -> None:
    if len(members) > most:
        raise UnreadableError("too-large", "too-many-members", count=len(members), limit=most)


def _check_total(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        raise UnreadableError("too-large", "too-large-unpacked", limit=limits.unpacked_bytes // MEGABYTE)

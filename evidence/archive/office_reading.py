"""How this machine reads the old office formats, proved by reading: ``doctor`` asks. No archive need be there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence.pipeline import reading_proof


@dataclass(frozen=True, slots=True)
class OfficeReading:
    """Whether LibreOffice is installed, and which of the old formats (``doc``, ``rtf``, ``xls``) were read wrongly."""

    libreoffice: bool
    misread: tuple[str, ...]


def prove_office_reading(home: Path) -> OfficeReading:
    """Reads a file of each old format, in the fonts of before Unicode, within the walls; takes some two seconds."""
    installed = reading_proof.has_libreoffice()
    kinds = ("xls", *(reading_proof.CONVERTED if installed else ()))
    return OfficeReading(installed, reading_proof.misread_formats(kinds, home))

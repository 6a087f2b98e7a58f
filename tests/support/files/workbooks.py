"""Workbooks of Excel 97-2003, which no Python library writes: LibreOffice made those in ``ingest/formats/xls``."""

from __future__ import annotations

import shutil
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "ingest" / "formats" / "xls"


def xls(name: str, folder: Path) -> Path:
    """A copy of that workbook as ``<name>.xls`` in the folder."""
    return Path(shutil.copy(FOLDER / f"{name}.xls", folder))

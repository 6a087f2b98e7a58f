"""Findings and records for people and machines: terminal, JSON Lines, CSV, one self-contained HTML page, workbook.

``FORMATS`` holds the formats of a report that are text, ``BOOKS`` those that are a file of bytes, by name: a format out
is one module and one row here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from evidence.messages import Language
from evidence.model.appraisal import Statements
from evidence.model.assessment import Assessment
from evidence.report import findings_csv
from evidence.report import findings_html as page
from evidence.report import findings_json as finding_json
from evidence.report import findings_terminal as table
from evidence.report import remediation as remedy

FORMATS: dict[str, Callable[[Assessment, Language], str]] = {
    "table": table.render,
    "json": finding_json.lines,
    "csv": findings_csv.render,
    "html": page.render,
    "remedy": remedy.render,
}


def _workbook(assessment: Assessment, language: Language, standing: Statements) -> bytes:
    """Loaded only here: openpyxl takes longer to load than an archive to search."""
    made: bytes = importlib.import_module("evidence.report.findings_xlsx").render(assessment, language, standing)
    return made


BOOKS: dict[str, Callable[[Assessment, Language, Statements], bytes]] = {"xlsx": _workbook}

"""Findings and records for people and machines: terminal, JSON Lines, CSV, one self-contained HTML page.

``FORMATS`` holds the formats of a report, by name: a format out is one module and one row here.
"""

from __future__ import annotations

from collections.abc import Callable

from evidence.messages import Language
from evidence.model import Assessment
from evidence.report import finding_json, findings_csv, page, table

FORMATS: dict[str, Callable[[Assessment, Language], str]] = {
    "table": table.render,
    "json": finding_json.lines,
    "csv": findings_csv.render,
    "html": page.render,
}

"""The formats of a report: ``TEXT_FORMATS`` are text, ``BINARY_FORMATS`` a file of bytes, by name. A format out is one
module and one row here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from evidence.messages import Language
from evidence.model.appraisal import Statements
from evidence.model.assessment import Assessment
from evidence.report import findings_csv, findings_html, findings_json, findings_terminal, remediation

TEXT_FORMATS: dict[str, Callable[[Assessment, Language], str]] = {
    "table": findings_terminal.render,
    "json": findings_json.render,
    "csv": findings_csv.render,
    "html": findings_html.render,
    "remedy": remediation.render,
}


def _workbook(assessment: Assessment, language: Language, statements: Statements) -> bytes:
    """Loaded only here: openpyxl takes longer to load than an archive to search."""
    content: bytes = importlib.import_module("evidence.report.findings_xlsx").render(assessment, language, statements)
    return content


BINARY_FORMATS: dict[str, Callable[[Assessment, Language, Statements], bytes]] = {"xlsx": _workbook}

"""Findings as CSV for a spreadsheet: UTF-8 with the mark that Excel needs, one row a finding, the coverage last.

A cell that begins like a formula (``=``, ``+``, ``-``, ``@``, tab, return) gets an apostrophe in front: file names and
subjects come from strangers, and a spreadsheet would run them.
"""

from __future__ import annotations

import csv
from io import StringIO

from evidence.messages import Language, say
from evidence.model.assessment import Assessment, Finding
from evidence.report import labels
from evidence.report.findings_terminal import coverage_lines
from evidence.report.labels import label
from evidence.report.text.visible import escape_hidden

BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = (
    "unit", "unit-name", "criterion", "requirement", "title", "status-code", "status", "due", "clock", "actual",
    "days-late", "points-max", "points-suggested", "points-at-stake", "documents", "reasons",
)  # fmt: skip


def render(assessment: Assessment, language: Language = Language.VI) -> str:
    """The whole table as text, beginning with the byte order mark."""
    out = StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([label(f"csv-{name}", language) for name in COLUMNS])
    names = {unit.code: unit.name for unit in assessment.criteria.units}
    for finding in assessment.findings:
        writer.writerow([escape_formula(cell) for cell in _cells(finding, names, assessment.paths, language)])
    for line in coverage_lines(assessment.coverage, language):
        writer.writerow([escape_formula(line), *[""] * (len(COLUMNS) - 1)])
    return out.getvalue()


def escape_formula(cell: str) -> str:
    """The cell, so that no spreadsheet takes it for a formula, and nothing in it is hidden.

    >>> escape_formula("=1+1"), escape_formula("1.2"), escape_formula(" =x")
    ("'=1+1", '1.2', "' =x")
    """
    shown = escape_hidden(cell)
    return f"'{shown}" if cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA) else shown


def _cells(finding: Finding, names: dict[str, str], paths: dict[str, str], language: Language) -> list[str]:
    worth = finding.points
    return [
        finding.unit,
        names.get(finding.unit, ""),
        finding.criterion,
        finding.requirement,
        finding.title,
        finding.status.value,
        labels.status_label(finding.status, language),
        finding.due.isoformat() if finding.due else "",
        label(f"clock-{finding.clock.value}", language),
        finding.actual.isoformat() if finding.actual else "",
        str(finding.days_late) if finding.days_late is not None else "",
        labels.format_decimal(worth.max) or "",
        labels.format_decimal(worth.suggested) or "",
        labels.format_decimal(worth.at_stake) or "",
        "; ".join(paths.get(sha, sha) for sha in finding.documents),
        " | ".join(say(reason.message, language) for reason in finding.reasons),
    ]

"""Findings as the JSON that others rely on (``docs/record-format.md``): one line a finding, the coverage last."""

from __future__ import annotations

import json

from evidence.messages import Language, say
from evidence.model.assessment import Assessment, Coverage, Finding, Reason
from evidence.report.labels import format_decimal, label
from evidence.report.record_json import rounded_box


def finding_json(finding: Finding, language: Language = Language.VI) -> dict[str, object]:
    """One finding; points are texts, so that no reader makes them binary fractions."""
    return {
        "unit": finding.unit,
        "criterion": finding.criterion,
        "requirement": finding.requirement,
        "title": finding.title,
        "status": finding.status.value,
        "due": finding.due.isoformat() if finding.due else None,
        "clock": finding.clock.value,
        "actual": finding.actual.isoformat() if finding.actual else None,
        "days_late": finding.days_late,
        "documents": list(finding.documents),
        "reasons": [_reason(reason, language) for reason in finding.reasons],
        "points": {
            "max": format_decimal(finding.points.max),
            "suggested": format_decimal(finding.points.suggested),
            "suggested_min": format_decimal(finding.points.suggested_min),
            "suggested_max": format_decimal(finding.points.suggested_max),
            "at_stake": format_decimal(finding.points.at_stake),
        },
    }


def coverage_json(coverage: Coverage, language: Language = Language.VI) -> dict[str, object]:
    """What the findings rest on."""
    return {
        "coverage": {
            "files": coverage.files,
            "pages": coverage.pages,
            "pages_ocr": coverage.pages_ocr,
            "unreadable": list(coverage.unreadable),
            "doubtful": coverage.doubtful,
            "as_of": coverage.as_of.isoformat(),
            "criteria_set": coverage.criteria_set,
            "version": coverage.version,
            "proposed": coverage.proposed,
            "sentence": label("only-read", language),
        }
    }


def render(assessment: Assessment, language: Language = Language.VI) -> str:
    """JSON Lines: the findings in order, then ``{"coverage": …}``."""
    rows = [finding_json(finding, language) for finding in assessment.findings]
    return "".join(
        json.dumps(row, ensure_ascii=False) + "\n" for row in [*rows, coverage_json(assessment.coverage, language)]
    )


def _reason(reason: Reason, language: Language) -> dict[str, object]:
    return {
        "rule": reason.rule,
        "ok": reason.ok,
        "sentence": say(reason.message, language),
        "document": reason.document,
        "page": reason.page,
        "box": rounded_box(reason.box),
    }

"""Findings as the JSON that others rely on (``docs/record-format.md``): one line a finding, the coverage last."""

from __future__ import annotations

import json
from typing import Any

from evidence.messages import Language, say
from evidence.model.assessment import Assessment, Coverage, Finding, Reason
from evidence.report.labels import label, plain
from evidence.report.record_json import box


def render(finding: Finding, language: Language = Language.VI) -> dict[str, Any]:
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
        "reasons": [_reason(one, language) for one in finding.reasons],
        "points": {
            "max": plain(finding.points.max),
            "suggested": plain(finding.points.suggested),
            "suggested_min": plain(finding.points.suggested_min),
            "suggested_max": plain(finding.points.suggested_max),
            "at_stake": plain(finding.points.at_stake),
        },
    }


def coverage(one: Coverage, language: Language = Language.VI) -> dict[str, Any]:
    """What the findings rest on."""
    return {
        "coverage": {
            "files": one.files,
            "pages": one.pages,
            "pages_ocr": one.pages_ocr,
            "unreadable": list(one.unreadable),
            "doubtful": one.doubtful,
            "as_of": one.as_of.isoformat(),
            "criteria_set": one.criteria_set,
            "version": one.version,
            "proposed": one.proposed,
            "sentence": label("only-read", language),
        }
    }


def lines(assessment: Assessment, language: Language = Language.VI) -> str:
    """JSON Lines: the findings in order, then ``{"coverage": …}``."""
    rows = [render(finding, language) for finding in assessment.findings]
    return "".join(
        json.dumps(row, ensure_ascii=False) + "\n" for row in [*rows, coverage(assessment.coverage, language)]
    )


def _reason(one: Reason, language: Language) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "ok": one.ok,
        "sentence": say(one.message, language),
        "document": one.document,
        "page": one.page,
        "box": box(one.box),
    }

"""Rounds of an appraisal: what a decision must be, and what changed since a round was opened."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from evidence.errors import UsageError
from evidence.model.appraisal import Change, Decision
from evidence.model.assessment import Finding
from evidence.model.criteria import CriteriaSet, walk_criteria
from evidence.vietnamese.text import fold


def validate_decision(decision: Decision, criteria: CriteriaSet, number: int) -> Decision:
    """The decision in the set's own spelling, for that round.

    UsageError for a unit or criterion that the set lacks, for points below zero or above the maximum, and for a
    decision that says nothing.
    """
    name = fold(decision.unit)
    unit = next((unit for unit in criteria.units if name in (fold(unit.code), fold(unit.name))), None)
    if unit is None:
        known = ", ".join(unit.code for unit in criteria.units)
        raise UsageError("match-unknown-unit", unit=decision.unit, set=criteria.set, units=known)
    code = fold(decision.criterion)
    criterion = next((each for each in walk_criteria(criteria.criteria) if fold(each.code) == code), None)
    if criterion is None:
        raise UsageError("round-unknown-criterion", criterion=decision.criterion, set=criteria.set)
    if decision.points is not None and not Decimal(0) <= decision.points <= criterion.points:
        raise UsageError("round-bad-points", points=decision.points, max=criterion.points, criterion=criterion.code)
    if decision.points is None and not decision.note:
        raise UsageError("round-says-nothing")
    return replace(decision, unit=unit.code, criterion=criterion.code, round=number)


def compare_findings(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> tuple[Change, ...]:
    """The findings that differ in status, documents, days late or points, in the order of the later ones."""
    old = {(finding.unit, finding.requirement): finding for finding in before}
    new = {(finding.unit, finding.requirement): finding for finding in after}
    changed = [Change(old.get(key), finding) for key, finding in new.items() if _facts(old.get(key)) != _facts(finding)]
    return (*changed, *(Change(finding, None) for key, finding in old.items() if key not in new))


def _facts(finding: Finding | None) -> object:
    """What makes two findings the same; how the reasons are worded does not."""
    if finding is None:
        return None
    points, documents = finding.points, tuple(sorted(finding.documents))
    return finding.status, documents, finding.days_late, finding.due, points.suggested, points.max

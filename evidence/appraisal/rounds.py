"""Rounds of an appraisal: what a decision must be, and what changed since a round was opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from evidence.errors import UsageError
from evidence.model.appraisal import Change, Decision
from evidence.model.assessment import Finding
from evidence.model.criteria import CriteriaSet, Criterion
from evidence.vietnamese.text import fold


def settled(decision: Decision, criteria: CriteriaSet, number: int) -> Decision:
    """The decision in the set's own spelling, for that round.

    UsageError for a unit or criterion that the set lacks, for points below zero or above the maximum, and for a
    decision that says nothing.
    """
    unit = next((one for one in criteria.units if fold(decision.unit) in (fold(one.code), fold(one.name))), None)
    if unit is None:
        known = ", ".join(one.code for one in criteria.units)
        raise UsageError("match-unknown-unit", unit=decision.unit, set=criteria.set, units=known)
    one = next((one for one in _walk(criteria.criteria) if fold(one.code) == fold(decision.criterion)), None)
    if one is None:
        raise UsageError("round-unknown-criterion", criterion=decision.criterion, set=criteria.set)
    if decision.points is not None and not Decimal(0) <= decision.points <= one.points:
        raise UsageError("round-bad-points", points=decision.points, max=one.points, criterion=one.code)
    if decision.points is None and not decision.note:
        raise UsageError("round-says-nothing")
    return replace(decision, unit=unit.code, criterion=one.code, round=number)


def changes(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> tuple[Change, ...]:
    """The findings that differ in status, documents, days late or points, in the order of the later ones."""
    old = {(one.unit, one.requirement): one for one in before}
    new = {(one.unit, one.requirement): one for one in after}
    changed = [Change(old.get(key), one) for key, one in new.items() if _facts(old.get(key)) != _facts(one)]
    return (*changed, *(Change(one, None) for key, one in old.items() if key not in new))


def _facts(one: Finding | None) -> object:
    """What makes two findings the same; how the reasons are worded does not."""
    if one is None:
        return None
    return one.status, tuple(sorted(one.documents)), one.days_late, one.due, one.points.suggested, one.points.max


def _walk(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    for one in criteria:
        yield one
        yield from _walk(one.children)

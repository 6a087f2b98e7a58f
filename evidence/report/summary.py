"""Findings put together: by unit, by criterion, in points; and the one sentence that says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evidence.model.assessment import Assessment, Finding, Reason, Verdict
from evidence.model.criteria import Criterion, Unit
from evidence.report.labels import URGENCY

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tally:
    """Points of some criteria. ``sure`` is what the rules give; ``open`` what a person must still decide."""

    max: Decimal
    sure: Decimal
    open: Decimal

    @property
    def lost(self) -> Decimal:
        return self.max - self.sure - self.open

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.max + other.max, self.sure + other.sure, self.open + other.open)


@dataclass(frozen=True, slots=True)
class Group:
    """The findings on one criterion for one unit. ``worst`` speaks for all."""

    criterion: Criterion
    findings: tuple[Finding, ...]

    @property
    def worst(self) -> Verdict:
        return worst(self.findings)

    @property
    def key(self) -> str:
        """Unit and requirement of the finding that speaks for all."""
        first = next(finding for finding in self.findings if finding.status is self.worst)
        return f"{first.unit} {first.requirement}"

    @property
    def met(self) -> int:
        return sum(1 for finding in self.findings if finding.status is Verdict.MET)


@dataclass(frozen=True, slots=True)
class UnitView:
    unit: Unit
    groups: tuple[Group, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for group in self.groups for finding in group.findings)

    @property
    def counts(self) -> dict[Verdict, int]:
        return counts(self.findings)

    @property
    def tally(self) -> Tally:
        return sum((tally(group) for group in self.groups), Tally(ZERO, ZERO, ZERO))


def counts(findings: tuple[Finding, ...]) -> dict[Verdict, int]:
    """How many of each status, the most urgent first; statuses that do not occur are left out."""
    found = Counter(finding.status for finding in findings)
    return {verdict: found[verdict] for verdict in URGENCY if found[verdict]}


def worst(findings: tuple[Finding, ...]) -> Verdict:
    return min((finding.status for finding in findings), key=URGENCY.index)


def walk(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    """Every criterion, parents first."""
    for one in criteria:
        yield one
        yield from walk(one.children)


def units(assessment: Assessment) -> tuple[UnitView, ...]:
    """The units with findings, in the order of the set, each with its criteria in order."""
    rows: dict[tuple[str, str], list[Finding]] = {}
    for finding in assessment.findings:
        rows.setdefault((finding.unit, finding.criterion), []).append(finding)
    named = {unit for unit, _ in rows}
    criteria = tuple(walk(assessment.criteria.criteria))
    return tuple(
        UnitView(
            unit,
            tuple(Group(one, tuple(rows[unit.code, one.code])) for one in criteria if (unit.code, one.code) in rows),
        )
        for unit in assessment.criteria.units
        if unit.code in named
    )


def tally(group: Group) -> Tally:
    """Points of one criterion. Under ``all-or-nothing`` and ``manual`` each finding carries the whole, so it counts
    once; the other rules deal it out."""
    parts = [finding.points for finding in group.findings if finding.status is not Verdict.NOT_APPLICABLE]
    if not parts:
        return Tally(ZERO, ZERO, ZERO)
    if group.criterion.additive:
        return sum((_single(one.max, one.suggested) for one in parts), Tally(ZERO, ZERO, ZERO))
    return _single(parts[0].max, parts[0].suggested)


def _single(whole: Decimal, suggested: Decimal | None) -> Tally:
    return Tally(whole, suggested or ZERO, whole if suggested is None else ZERO)


def headline(finding: Finding) -> Reason:
    """The reason that says most: what speaks against, else what is in doubt, else the deadline, else the first."""
    ranked = sorted(finding.reasons, key=lambda reason: _rank(reason, finding.status))
    return ranked[0]


def _rank(reason: Reason, status: Verdict) -> int:
    specific = reason.rule not in ("verdict", "place", "coverage", "readable")
    if status in (Verdict.WRONG, Verdict.LATE):
        return 0 if reason.ok is False and specific else 1
    if status is Verdict.UNCLEAR:
        return 0 if reason.ok is None and (specific or reason.rule == "readable") else 1
    if status is Verdict.MET:
        return {"deadline": 0, "place": 1}.get(reason.rule, 2)
    return 0

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
class PointsTotal:
    """Points of some criteria. ``sure`` is what the rules give; ``open`` what a person must still decide."""

    max: Decimal
    sure: Decimal
    open: Decimal

    @property
    def lost(self) -> Decimal:
        return self.max - self.sure - self.open

    def __add__(self, other: PointsTotal) -> PointsTotal:
        return PointsTotal(self.max + other.max, self.sure + other.sure, self.open + other.open)


@dataclass(frozen=True, slots=True)
class CriterionFindings:
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
class UnitFindings:
    """The findings on one unit, criterion by criterion."""

    unit: Unit
    groups: tuple[CriterionFindings, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for group in self.groups for finding in group.findings)

    @property
    def counts(self) -> dict[Verdict, int]:
        return count_by_status(self.findings)

    @property
    def points(self) -> PointsTotal:
        return sum((total_points(group) for group in self.groups), PointsTotal(ZERO, ZERO, ZERO))


def count_by_status(findings: tuple[Finding, ...]) -> dict[Verdict, int]:
    """How many of each status, the most urgent first; statuses that do not occur are left out."""
    counted = Counter(finding.status for finding in findings)
    return {verdict: counted[verdict] for verdict in URGENCY if counted[verdict]}


def worst(findings: tuple[Finding, ...]) -> Verdict:
    """The status that most wants a person's attention."""
    return min((finding.status for finding in findings), key=URGENCY.index)


def walk_criteria(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    """Every criterion, parents first."""
    for criterion in criteria:
        yield criterion
        yield from walk_criteria(criterion.children)


def group_by_unit(assessment: Assessment) -> tuple[UnitFindings, ...]:
    """The units with findings, in the order of the set, each with its criteria in order."""
    rows: dict[tuple[str, str], list[Finding]] = {}
    for finding in assessment.findings:
        rows.setdefault((finding.unit, finding.criterion), []).append(finding)
    named = {unit for unit, _ in rows}
    criteria = tuple(walk_criteria(assessment.criteria.criteria))
    return tuple(
        UnitFindings(
            unit,
            tuple(
                CriterionFindings(criterion, tuple(findings))
                for criterion in criteria
                if (findings := rows.get((unit.code, criterion.code)))
            ),
        )
        for unit in assessment.criteria.units
        if unit.code in named
    )


def list_units(assessment: Assessment) -> tuple[UnitFindings, ...]:
    """Every unit that was looked at, with findings or without: before a person has confirmed what a set asks for, there
    are points to give and nothing was found."""
    views = {view.unit.code: view for view in group_by_unit(assessment)}
    scored = {score.unit for score in assessment.scores}
    return tuple(
        views.get(unit.code) or UnitFindings(unit, ())
        for unit in assessment.criteria.units
        if unit.code in views or unit.code in scored
    )


def total_points(group: CriterionFindings) -> PointsTotal:
    """Points of one criterion. Under ``all-or-nothing`` and ``manual`` each finding carries the whole, so it counts
    once; the other rules deal it out."""
    parts = [finding.points for finding in group.findings if finding.status is not Verdict.NOT_APPLICABLE]
    if not parts:
        return PointsTotal(ZERO, ZERO, ZERO)
    if group.criterion.additive:
        return sum((_single(points.max, points.suggested) for points in parts), PointsTotal(ZERO, ZERO, ZERO))
    return _single(parts[0].max, parts[0].suggested)


def _single(whole: Decimal, suggested: Decimal | None) -> PointsTotal:
    return PointsTotal(whole, suggested or ZERO, whole if suggested is None else ZERO)


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
    if status is Verdict.MISSING:  # a draft in hand, a document that others cite: where to look for it
        return {"draft": 0, "cited": 1}.get(reason.rule, 2)
    if status is Verdict.MET:
        return {"deadline": 0, "place": 1}.get(reason.rule, 2)
    return 0

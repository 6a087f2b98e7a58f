"""Criteria, what was handed in, and a day -> findings: one for each requirement of each unit, in order of the set.

Pure; today is an argument. Each unit's documents are indexed once, so the work grows with documents plus
requirements, not with their product over all units.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence.errors import UsageError
from evidence.match import points
from evidence.match.assign import Desk, serve, settle
from evidence.match.verdict import Judgement, judge
from evidence.messages import Message
from evidence.model import (
    CriteriaSet,
    Criterion,
    Finding,
    Points,
    Reason,
    Record,
    Requirement,
    Submission,
    Unit,
    Verdict,
)
from evidence.text import fold


@dataclass(frozen=True, slots=True)
class _Asked:
    """A criterion with what stands above and below it."""

    criterion: Criterion
    above: tuple[str, ...]
    below: tuple[str, ...]
    not_for: frozenset[str]


def check(
    criteria: CriteriaSet,
    submissions: Iterable[tuple[Submission, Record]],
    units: tuple[str, ...],
    as_of: datetime.date,
) -> tuple[Finding, ...]:
    """The findings on those units (all of the set where none is named) as of that day.

    UsageError where the set has no such unit. Submissions of other units are left alone.
    """
    chosen = _chosen(criteria, units)
    asked = tuple(_asked(criteria.criteria, (), frozenset()))
    handed: dict[str, list[tuple[Submission, Record]]] = {unit.code: [] for unit in chosen}
    names = {fold(name): unit.code for unit in chosen for name in (unit.name, unit.code)}
    for submission, record in submissions:
        code = names.get(fold(submission.unit)) if submission.unit else None
        if code is not None:
            handed[code].append((submission, record))
    desks = (Desk(unit, handed[unit.code]) for unit in chosen)
    return tuple(finding for desk in desks for finding in _of_unit(asked, desk, as_of))


def _of_unit(asked: tuple[_Asked, ...], desk: Desk, as_of: datetime.date) -> Iterator[Finding]:
    for one in asked:
        settle(one.criterion.evidence, desk, one.criterion.code)
    for one in asked:
        yield from _findings(one, desk, as_of)


def _chosen(criteria: CriteriaSet, units: tuple[str, ...]) -> tuple[Unit, ...]:
    if not units:
        return criteria.units
    known = {fold(name): unit for unit in criteria.units for name in (unit.name, unit.code)}
    wanted = set()
    for name in units:
        if fold(name) not in known:
            codes = ", ".join(unit.code for unit in criteria.units)
            raise UsageError("match-unknown-unit", unit=name, set=criteria.set, units=codes)
        wanted.add(known[fold(name)].code)
    return tuple(unit for unit in criteria.units if unit.code in wanted)


def _asked(criteria: tuple[Criterion, ...], above: tuple[str, ...], not_for: frozenset[str]) -> Iterator[_Asked]:
    """Every criterion that asks for evidence, in order; a profile freed of a group is freed of its parts."""
    for one in criteria:
        freed = not_for | frozenset(one.not_for)
        if one.evidence:
            yield _Asked(one, above, tuple(_codes(one.children)), freed)
        yield from _asked(one.children, (*above, one.code), freed)


def _codes(criteria: tuple[Criterion, ...]) -> Iterator[str]:
    for one in criteria:
        yield one.code
        yield from _codes(one.children)


def _findings(asked: _Asked, desk: Desk, as_of: datetime.date) -> Iterator[Finding]:
    criterion, unit = asked.criterion, desk.unit
    if unit.profile in asked.not_for:
        judged = tuple(_free(unit, criterion) for _ in criterion.evidence)
    else:
        served = serve(criterion.evidence, desk, criterion.code, (*asked.above, *asked.below), asked.below)
        rows = zip(criterion.evidence, served, strict=True)
        judged = tuple(judge(wanted, one, desk, as_of) for wanted, one in rows)
    results = zip(criterion.evidence, judged, strict=True)
    dealt = points.score(criterion, tuple((wanted, one.status, len(one.documents)) for wanted, one in results))
    for wanted, one, worth in zip(criterion.evidence, judged, dealt, strict=True):
        yield _finding(unit, criterion, wanted, one, worth)


def _free(unit: Unit, criterion: Criterion) -> Judgement:
    params = {"profile": unit.profile or "", "criterion": criterion.code}
    return Judgement(Verdict.NOT_APPLICABLE, (Reason("profile", True, Message("verdict-not-applicable", params)),))


def _finding(unit: Unit, criterion: Criterion, wanted: Requirement, one: Judgement, worth: Points) -> Finding:
    return Finding(
        unit=unit.code,
        criterion=criterion.code,
        requirement=f"{criterion.code}/{wanted.id}",
        title=wanted.title,
        status=one.status,
        reasons=one.reasons,
        points=worth,
        documents=one.documents,
        due=wanted.due,
        clock=wanted.clock,
        actual=one.actual,
        days_late=one.days_late,
    )

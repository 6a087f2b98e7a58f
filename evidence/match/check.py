"""Criteria, what was handed in, and a day -> findings: one for each requirement of each unit, in order of the set.

Pure; today is an argument. Each unit's documents are indexed once, so the work grows with documents plus
requirements, not with their product over all units.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from evidence.criteria.applicability import is_exempt, points_for_profile, walk_criteria
from evidence.criteria.confirmation import without_proposals
from evidence.errors import UsageError
from evidence.match import triggers
from evidence.match.assign import serve
from evidence.match.rules.document_register import Register
from evidence.match.triggers import Timed, anchor, timed
from evidence.match.unit_documents import Desk, Frame
from evidence.match.verdict import Judgement, judge
from evidence.messages import Message
from evidence.model.assessment import Figure, Finding, Points, Reason, Score, Submission, Verdict
from evidence.model.criteria import CriteriaSet, Criterion, Unit
from evidence.model.record import Record
from evidence.scoring import points
from evidence.scoring.score_rules import Row
from evidence.scoring.totals import scores
from evidence.vietnamese.text import fold

Handed = tuple[Submission, Record]


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings in order of unit and criterion, and the points of each criterion, group and unit."""

    findings: tuple[Finding, ...]
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A criterion with what stands above and below it; ``freeing`` are the criteria whose freedom frees it."""

    criterion: Criterion
    above: tuple[str, ...]
    below: tuple[str, ...]
    freeing: tuple[Criterion, ...]


def check(
    criteria: CriteriaSet, submissions: Iterable[Handed], units: tuple[str, ...], as_of: datetime.date
) -> tuple[Finding, ...]:
    """The findings on those units (all of the set where none is named) as of that day.

    UsageError where the set has no such unit. Submissions of other units are left alone.
    """
    return assess(criteria, submissions, units, as_of).findings


def assess(
    criteria: CriteriaSet,
    submissions: Iterable[Handed],
    units: tuple[str, ...],
    as_of: datetime.date,
    figures: tuple[Figure, ...] = (),
    others: Iterable[Record] = (),
) -> Checked:
    """Findings and points. ``others`` are records beside the submissions that may end or date a unit's documents.

    What no person has confirmed of the set is not asked for.
    """
    checking = Checking(criteria, as_of, figures)
    chosen = checking.units(units)
    handed: dict[str, list[Handed]] = {unit.code: [] for unit in chosen}
    names = {fold(name): unit.code for unit in chosen for name in (unit.name, unit.code)}
    records = {one.source.sha256: one for one in others}
    for submission, record in submissions:
        records[record.source.sha256] = record
        code = names.get(fold(submission.unit)) if submission.unit else None
        if code is not None:
            handed[code].append((submission, record))
    register = Register(records.values())
    parts = [checking.of(unit, handed.pop(unit.code), register) for unit in chosen]
    return Checked(
        tuple(finding for part in parts for finding in part.findings),
        tuple(score for part in parts for score in part.scores),
    )


class Checking:
    """A check under way, unit by unit, so that nobody has to hold the documents of all units at once."""

    def __init__(self, criteria: CriteriaSet, as_of: datetime.date, figures: tuple[Figure, ...] = ()) -> None:
        self.criteria, self.as_of, self.figures = without_proposals(criteria), as_of, figures
        self._asked = tuple(_asked(self.criteria.criteria, (), ()))
        self._requirements = {
            f"{one.criterion.code}/{wanted.id}": wanted for one in self._asked for wanted in one.criterion.evidence
        }
        self._codes = frozenset(fold(one.code) for one in walk_criteria(self.criteria.criteria))

    def units(self, names: tuple[str, ...]) -> tuple[Unit, ...]:
        """The units of those names, all where none is named. UsageError where the set has no such unit."""
        return _chosen(self.criteria, names)

    def of(self, unit: Unit, handed: Iterable[Handed], register: Register) -> Checked:
        """Findings and points of one unit, from what it handed in."""
        calendar = self.criteria.calendar
        frame = Frame(self.as_of, register, self._requirements, self._codes, calendar)
        typed = _figures(self.figures, unit)
        rows: dict[str, tuple[Row, ...]] = {}
        findings = tuple(_of_unit(self._asked, Desk(unit, handed, frame), rows, typed, self.criteria))
        return Checked(findings, scores(self.criteria, unit, rows, typed, self.as_of))


def _of_unit(
    asked: tuple[_Asked, ...], desk: Desk, rows: dict[str, tuple[Row, ...]],
    figures: Mapping[str, Mapping[str, Decimal]], criteria: CriteriaSet,
) -> Iterator[Finding]:  # fmt: skip
    kin = {one.criterion.code: ((*one.above, *one.below), one.below) for one in asked}
    for name in triggers.named(desk.frame.requirements.values()):
        if name in desk.frame.requirements:  # else it waits for a person to confirm it
            desk.anchors[name] = anchor(name, desk, kin)
    for one in asked:
        judged = _judged(one, desk)
        code = one.criterion.code
        rows[code] = tuple(_row(wanted, it) for wanted, it in judged)
        whole = points_for_profile(one.criterion, desk.unit.profile)
        dealt = points.score(one.criterion, rows[code], figures.get(code), criteria.rounding, whole)
        for (wanted, it), worth in zip(judged, dealt, strict=True):
            yield _finding(desk.unit, one.criterion, wanted, it, worth)


def _figures(figures: tuple[Figure, ...], unit: Unit) -> dict[str, dict[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = {}
    for one in figures:
        if fold(one.unit) in (fold(unit.code), fold(unit.name)):
            found.setdefault(one.criterion, {})[one.name] = one.value
    return found


def _chosen(criteria: CriteriaSet, units: tuple[str, ...]) -> tuple[Unit, ...]:
    if not criteria.units:
        raise UsageError("match-no-units", set=criteria.set)
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


def _asked(criteria: tuple[Criterion, ...], above: tuple[str, ...], freeing: tuple[Criterion, ...]) -> Iterator[_Asked]:
    """Every criterion that asks for evidence, in order; a unit freed of a group is freed of its parts."""
    for one in criteria:
        line = (*freeing, one)
        if one.evidence:
            yield _Asked(one, above, tuple(_codes(one.children)), line)
        yield from _asked(one.children, (*above, one.code), line)


def _codes(criteria: tuple[Criterion, ...]) -> Iterator[str]:
    for one in criteria:
        yield one.code
        yield from _codes(one.children)


def _judged(asked: _Asked, desk: Desk) -> tuple[tuple[Timed, Judgement], ...]:
    criterion, unit = asked.criterion, desk.unit
    if any(is_exempt(one, unit.profile, unit.not_applicable) for one in asked.freeing):
        return tuple((Timed(wanted), _free(unit, criterion)) for wanted in criterion.evidence)
    when = tuple(timed(wanted, desk) for wanted in criterion.evidence)
    wanted = tuple(one.wanted for one in when)
    served = serve(wanted, desk, criterion.code, (*asked.above, *asked.below), asked.below)
    return tuple((one, judge(one, it, desk)) for one, it in zip(when, served, strict=True))


def _row(wanted: Timed, one: Judgement) -> Row:
    days = one.days_late if one.status is Verdict.LATE else None if one.late else 0
    return Row(wanted.wanted, one.status, one.in_time, one.late, days)


def _free(unit: Unit, criterion: Criterion) -> Judgement:
    params = {"profile": unit.profile or "", "criterion": criterion.code, "unit": unit.name}
    code = "verdict-not-applicable" if unit.profile else "verdict-not-applicable-unit"
    return Judgement(Verdict.NOT_APPLICABLE, (Reason("profile", True, Message(code, params)),))


def _finding(unit: Unit, criterion: Criterion, asked: Timed, one: Judgement, worth: Points) -> Finding:
    wanted = asked.wanted
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

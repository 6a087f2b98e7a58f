"""Criteria, what was handed in, and a day -> findings: one for each requirement of each unit, in order of the set.

Pure; today is an argument. Each unit's documents are indexed once, so the work grows with documents plus
requirements, not with their product over all units.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from evidence.criteria.applicability import exempt_by_answers, is_exempt, points_for_profile
from evidence.criteria.confirmation import without_optional, without_proposals
from evidence.errors import UsageError
from evidence.match.assign import CriterionCodes, assign_documents
from evidence.match.context import CheckContext
from evidence.match.document_register import DocumentRegister, build_register
from evidence.match.references import find_references
from evidence.match.trigger_due_dates import DatedRequirement, resolve_due_date
from evidence.match.unit_documents import UnitDocuments, index_documents
from evidence.match.verdict import Judgement, judge_requirement
from evidence.messages import Message
from evidence.model.assessment import Figure, Finding, Points, Reason, Score, SubmittedRecord, Verdict
from evidence.model.criteria import CriteriaSet, Criterion, Unit, walk_criteria
from evidence.model.record import Record
from evidence.scoring.points import score_requirements
from evidence.scoring.score_rules import ScoredRequirement
from evidence.scoring.totals import score_criteria
from evidence.vietnamese.text import fold

NOTHING = Points(Decimal(0), None, Decimal(0))  # what need not be there brings and costs


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The findings in order of unit and criterion, and the points of each criterion, group and unit."""

    findings: tuple[Finding, ...]
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class _CriterionInSet:
    """A criterion with what stands above and below it; ``exempting`` are the criteria whose exemption exempts it."""

    criterion: Criterion
    codes: CriterionCodes
    exempting: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class _JudgedRequirement:
    dated: DatedRequirement
    judgement: Judgement

    @property
    def scored(self) -> ScoredRequirement:
        """What the score rules need of it."""
        judgement = self.judgement
        late = judgement.status is Verdict.LATE
        days = judgement.days_late if late else None if judgement.late else 0
        return ScoredRequirement(self.dated.requirement, judgement.status, judgement.in_time, judgement.late, days)


def check(
    criteria: CriteriaSet, submitted: Iterable[SubmittedRecord], units: tuple[str, ...], as_of: datetime.date
) -> tuple[Finding, ...]:
    """The findings on those units (all of the set where none is named) as of that day.

    UsageError where the set has no such unit. Submissions of other units are left alone.
    """
    return assess(criteria, submitted, units, as_of).findings


def assess(
    criteria: CriteriaSet,
    submitted: Iterable[SubmittedRecord],
    units: tuple[str, ...],
    as_of: datetime.date,
    figures: tuple[Figure, ...] = (),
    others: Iterable[Record] = (),
) -> CheckResult:
    """Findings and points. ``others`` are records beside the submissions that may end or date a unit's documents.

    What no person has confirmed of the set is not asked for. UsageError where the set has no such unit.
    """
    checker = UnitChecker(criteria, as_of, figures)
    chosen = checker.select_units(units)
    by_unit: dict[str, list[SubmittedRecord]] = {unit.code: [] for unit in chosen}
    names = {fold(name): unit.code for unit in chosen for name in (unit.name, unit.code)}
    records = {record.source.sha256: record for record in others}
    for submission, record in submitted:
        records[record.source.sha256] = record
        code = names.get(fold(submission.unit)) if submission.unit else None
        if code is not None:
            by_unit[code].append((submission, record))
    register = build_register(records.values())
    results = [checker.check_unit(unit, by_unit.pop(unit.code), register) for unit in chosen]
    return CheckResult(
        tuple(finding for result in results for finding in result.findings),
        tuple(score for result in results for score in result.scores),
    )


class UnitChecker:
    """Checks unit by unit, so that nobody has to hold the documents of all units at once."""

    def __init__(self, criteria: CriteriaSet, as_of: datetime.date, figures: tuple[Figure, ...] = ()) -> None:
        self.criteria, self.as_of, self.figures = without_proposals(criteria), as_of, figures
        self._scored = without_optional(self.criteria)
        self._scored_criteria = {criterion.code: criterion for criterion in walk_criteria(self._scored.criteria)}
        self._criteria = tuple(_criteria_with_evidence(self.criteria.criteria, (), ()))
        self._requirements = {
            f"{each.criterion.code}/{requirement.id}": requirement
            for each in self._criteria
            for requirement in each.criterion.evidence
        }
        self._codes = frozenset(fold(criterion.code) for criterion in walk_criteria(self.criteria.criteria))

    def select_units(self, names: tuple[str, ...]) -> tuple[Unit, ...]:
        """The units of those names, all where none is named. UsageError where the set has no such unit."""
        return _select_units(self.criteria, names)

    def check_unit(self, unit: Unit, submitted: Iterable[SubmittedRecord], register: DocumentRegister) -> CheckResult:
        """Findings and points of one unit, from what it handed in."""
        figures = _figures_of(unit, self.figures)
        unit = exempt_by_answers(unit, figures)
        context = CheckContext(self.as_of, register, self._requirements, self._codes, self.criteria)
        documents = index_documents(unit, submitted, context)
        codes = {each.criterion.code: each.codes for each in self._criteria}
        documents = documents.with_references(find_references(documents, codes))
        judged = {each.criterion.code: _judge_criterion(each, documents) for each in self._criteria}
        rows = {code: _scored_rows(requirements) for code, requirements in judged.items()}
        findings = tuple(
            finding
            for each in self._criteria
            for finding in self._findings(unit, each.criterion, judged[each.criterion.code], figures)
        )
        return CheckResult(findings, score_criteria(self._scored, unit, rows, figures, self.as_of))

    def _findings(
        self, unit: Unit, criterion: Criterion, judged: tuple[_JudgedRequirement, ...],
        figures: Mapping[str, Mapping[str, Decimal]],
    ) -> Iterator[Finding]:  # fmt: skip
        most = points_for_profile(criterion, unit.profile)
        scored, known = self._scored_criteria[criterion.code], figures.get(criterion.code)
        points = iter(score_requirements(scored, _scored_rows(judged), known, self.criteria.rounding, most))
        for each in judged:
            optional = each.dated.requirement.optional
            yield _finding(unit, criterion, each, NOTHING if optional else next(points))


def _scored_rows(judged: tuple[_JudgedRequirement, ...]) -> tuple[ScoredRequirement, ...]:
    return tuple(each.scored for each in judged if not each.dated.requirement.optional)


def _figures_of(unit: Unit, figures: tuple[Figure, ...]) -> dict[str, dict[str, Decimal]]:
    """The figures of that unit, by criterion and name."""
    by_criterion: dict[str, dict[str, Decimal]] = {}
    for figure in figures:
        if fold(figure.unit) in (fold(unit.code), fold(unit.name)):
            by_criterion.setdefault(figure.criterion, {})[figure.name] = figure.value
    return by_criterion


def _select_units(criteria: CriteriaSet, names: tuple[str, ...]) -> tuple[Unit, ...]:
    if not criteria.units:
        raise UsageError("match-no-units", set=criteria.set)
    if not names:
        return criteria.units
    known = {fold(name): unit for unit in criteria.units for name in (unit.name, unit.code)}
    selected = set()
    for name in names:
        if fold(name) not in known:
            codes = ", ".join(unit.code for unit in criteria.units)
            raise UsageError("match-unknown-unit", unit=name, set=criteria.set, units=codes)
        selected.add(known[fold(name)].code)
    return tuple(unit for unit in criteria.units if unit.code in selected)


def _criteria_with_evidence(
    criteria: tuple[Criterion, ...], above: tuple[str, ...], exempting: tuple[Criterion, ...]
) -> Iterator[_CriterionInSet]:
    """Every criterion that asks for evidence, in order; a unit freed of a group is freed of its parts."""
    for criterion in criteria:
        line = (*exempting, criterion)
        if criterion.evidence:
            below = tuple(child.code for child in walk_criteria(criterion.children))
            yield _CriterionInSet(criterion, CriterionCodes(criterion.code, above, below), line)
        yield from _criteria_with_evidence(criterion.children, (*above, criterion.code), line)


def _judge_criterion(each: _CriterionInSet, documents: UnitDocuments) -> tuple[_JudgedRequirement, ...]:
    criterion, unit = each.criterion, documents.unit
    if any(is_exempt(exempting, unit.profile, unit.not_applicable) for exempting in each.exempting):
        exempt = _exempt_judgement(unit, criterion)
        return tuple(_JudgedRequirement(DatedRequirement(asked), exempt) for asked in criterion.evidence)
    dated = tuple(resolve_due_date(requirement, documents) for requirement in criterion.evidence)
    assignments = assign_documents(tuple(each_dated.requirement for each_dated in dated), documents, each.codes)
    return tuple(
        _JudgedRequirement(requirement, judge_requirement(requirement, assignment, documents, criterion))
        for requirement, assignment in zip(dated, assignments, strict=True)
    )


def _exempt_judgement(unit: Unit, criterion: Criterion) -> Judgement:
    params = {"profile": unit.profile or "", "criterion": criterion.code, "unit": unit.name}
    code = "verdict-not-applicable" if unit.profile else "verdict-not-applicable-unit"
    return Judgement(Verdict.NOT_APPLICABLE, (Reason("profile", True, Message(code, params)),))


def _finding(unit: Unit, criterion: Criterion, judged: _JudgedRequirement, worth: Points) -> Finding:
    requirement, judgement = judged.dated.requirement, judged.judgement
    return Finding(
        unit=unit.code,
        criterion=criterion.code,
        requirement=f"{criterion.code}/{requirement.id}",
        title=requirement.title,
        status=judgement.status,
        reasons=judgement.reasons,
        points=worth,
        documents=judgement.documents,
        due=requirement.due,
        clock=requirement.clock,
        actual=judgement.actual,
        days_late=judgement.days_late,
    )

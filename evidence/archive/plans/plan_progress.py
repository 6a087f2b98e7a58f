"""A plan held against the archive: each product that is a document asked of each of its owners.

An owner's documents are those that it handed in and those that it issued, whoever handed them in; what the province
issues counts for who prepares it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from evidence.criteria.plans.plan_criteria import PlanQuestion, build_plan_set, build_questions
from evidence.match.check import UnitChecker
from evidence.match.document_register import build_register
from evidence.match.task_status import judge_findings, sum_up, wait_for_person
from evidence.model.assessment import Finding, SubmittedRecord
from evidence.model.criteria import Criterion, Unit
from evidence.model.placement import Submission
from evidence.model.plan import OwnerProgress, Plan, PlanTask, TaskMark, TaskProgress
from evidence.model.record import Record
from evidence.search.scope import EVERYTHING, Scope
from evidence.store.store import Store
from evidence.values.letterhead import Letterhead, Likeness, compare_letterhead
from evidence.vietnamese.text import fold

BATCH = 500  # records read at once


@dataclass(frozen=True, slots=True)
class _Asked:
    """The criteria asked of one unit, by task."""

    unit: Unit
    criteria: dict[str, Criterion]


def assess_plan(
    store: Store, plan: Plan, units: tuple[Unit, ...], marks: Iterable[TaskMark], as_of: datetime.date,
    scope: Scope = EVERYTHING,
) -> tuple[TaskProgress, ...]:  # fmt: skip
    """How every task stands as of that day, in order of the plan. Of a smaller scope: the tasks of its units alone,
    with those of them as owners, by what they handed in themselves and what no unit handed in."""
    questions = build_questions(plan, units)
    if scope.units is not None:
        seen = (replace(each, units=tuple(unit for unit in each.units if scope.sees(unit.code)), open_owners=())
                for each in questions)  # fmt: skip
        questions = tuple(each for each in seen if each.units)
    asked = _group_by_unit(questions)
    kinds = {kind.name for each in asked.values() for criterion in each.criteria.values()
             for requirement in criterion.evidence for kind in requirement.kinds}  # fmt: skip
    handed = list(_read_documents(store, kinds, scope))
    found = {code: _check_unit(plan, each, handed, as_of) for code, each in asked.items()}
    marked = {(mark.task, fold(mark.owner)): mark for mark in marks}
    return tuple(_progress(question, found, marked, as_of) for question in questions)


def _group_by_unit(questions: Iterable[PlanQuestion]) -> dict[str, _Asked]:
    grouped: dict[str, _Asked] = {}
    for question in questions:
        for unit in question.units if question.criterion else ():
            assert question.criterion is not None
            grouped.setdefault(unit.code, _Asked(unit, {})).criteria[question.task.code] = question.criterion
    return grouped


def _read_documents(store: Store, kinds: set[str], scope: Scope) -> Iterator[SubmittedRecord]:
    """Every document of a kind that is asked for, or of no kind that is sure, with who handed it in for nothing else:
    criteria of a set are none of a plan."""
    submissions: dict[str, list[Submission]] = {}
    for submission in store.submissions():
        if submission.unit is not None and not scope.sees(submission.unit):
            continue
        submissions.setdefault(submission.sha256, []).append(submission)
    hashes = sorted(submissions)
    for start in range(0, len(hashes), BATCH):
        for sha256, record in store.records(tuple(hashes[start : start + BATCH])).items():
            if any(_may_serve(part, kinds) for part in (record, *record.parts)):
                for submission in submissions[sha256]:
                    yield replace(submission, criterion=None), record


def _may_serve(record: Record, kinds: set[str]) -> bool:
    return record.kind.value is None or not record.kind.sure or record.kind.value.name in kinds


def _check_unit(
    plan: Plan, asked: _Asked, handed: list[SubmittedRecord], as_of: datetime.date
) -> Mapping[str, tuple[Finding, ...]]:
    """The findings on each task of one unit."""
    names = {fold(asked.unit.code), fold(asked.unit.name)}
    issuers = {asked.unit.issuer, *(requirement.issuer for criterion in asked.criteria.values()
                                    for requirement in criterion.evidence)} - {"unit", "any"}  # fmt: skip
    own = [
        (replace(submission, unit=asked.unit.code), record)
        for submission, record in handed
        if fold(submission.unit or "") in names or _issued_by(record, issuers)
    ]
    criteria = replace(build_plan_set(plan, asked.unit), criteria=tuple(asked.criteria.values()))
    result = UnitChecker(criteria, as_of).check_unit(asked.unit, own, build_register(record for _, record in own))
    tasks = {criterion.code: code for code, criterion in asked.criteria.items()}
    findings: dict[str, list[Finding]] = {}
    for finding in result.findings:
        findings.setdefault(tasks[finding.criterion], []).append(finding)
    return {code: tuple(listed) for code, listed in findings.items()}


def _issued_by(record: Record, issuers: set[str]) -> bool:
    for part in (record, *record.parts):
        if part.issuer.value is None:
            continue
        parent = part.parent.value
        lines = Letterhead(part.issuer.value.name, parent.name if parent else None, part.place.value)
        if any(compare_letterhead(issuer, lines, issuer) is not Likeness.OTHER for issuer in issuers):
            return True
    return False


def _progress(
    question: PlanQuestion,
    found: Mapping[str, Mapping[str, tuple[Finding, ...]]],
    marked: Mapping[tuple[str, str], TaskMark],
    as_of: datetime.date,
) -> TaskProgress:
    task = question.task
    owners = []
    for unit in question.units:
        findings = found.get(unit.code, {}).get(task.code, ())
        owners.append(_owner(task, (unit.code, unit.name), findings, marked, as_of))
    owners += [_owner(task, (owner.name,), (), marked, as_of) for owner in question.open_owners]
    if not owners:
        owners = [_owner(task, (), (), marked, as_of)]
    return sum_up(task, tuple(owners), as_of)


def _owner(
    task: PlanTask,
    names: tuple[str, ...],
    findings: tuple[Finding, ...],
    marked: Mapping[tuple[str, str], TaskMark],
    as_of: datetime.date,
) -> OwnerProgress:
    """What a person marked counts above what was found."""
    marks = [mark for name in (*names, "") if (mark := marked.get((task.code, fold(name)))) is not None]
    name = names[0] if names else ""
    if marks:
        last = max(marks, key=lambda mark: mark.at)
        return OwnerProgress(name, last.status, findings, last)
    status = judge_findings(task, findings, as_of) if findings else wait_for_person(task, as_of)
    return OwnerProgress(name, status, findings)

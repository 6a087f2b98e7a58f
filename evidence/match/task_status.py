"""How a task of a plan stands, by the findings on its products, by its deadline, and by what a person marked.

A task is overdue only where a document is asked for, its day is over, and nothing that was read may be it. Everything
that no document can show, and everything doubtful, waits for a person once its day is over.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from evidence.model.assessment import Finding, Verdict
from evidence.model.plan import OwnerProgress, PlanTask, TaskProgress, TaskStatus

# of several owners or products the one that needs most is shown
WORST_FIRST = (
    TaskStatus.OVERDUE,
    TaskStatus.TO_CONFIRM,
    TaskStatus.NOT_DUE,
    TaskStatus.DONE_LATE,
    TaskStatus.DONE,
)
_BY_VERDICT = {
    Verdict.MET: TaskStatus.DONE,
    Verdict.LATE: TaskStatus.DONE_LATE,
    Verdict.UNCLEAR: TaskStatus.TO_CONFIRM,
    Verdict.WRONG: TaskStatus.TO_CONFIRM,
    Verdict.NOT_DUE: TaskStatus.NOT_DUE,
    Verdict.NOT_APPLICABLE: TaskStatus.DONE,
}


def judge_findings(task: PlanTask, findings: Iterable[Finding], as_of: datetime.date) -> TaskStatus:
    """The status that the findings on one owner's products give; without any, a person must say."""
    statuses = {_status_of(finding, task, as_of) for finding in findings}
    return next((status for status in WORST_FIRST if status in statuses), wait_for_person(task, as_of))


def wait_for_person(task: PlanTask, as_of: datetime.date) -> TaskStatus:
    """Of a task that no document shows: not due before its day, to be confirmed afterwards or where it has none."""
    due = task.due.date
    return TaskStatus.NOT_DUE if due is not None and as_of <= due else TaskStatus.TO_CONFIRM


def sum_up(task: PlanTask, owners: tuple[OwnerProgress, ...], as_of: datetime.date) -> TaskProgress:
    """The task with the status of the owner that needs most."""
    statuses = {owner.status for owner in owners}
    status = next((each for each in WORST_FIRST if each in statuses), wait_for_person(task, as_of))
    return TaskProgress(task, status, owners)


def _status_of(finding: Finding, task: PlanTask, as_of: datetime.date) -> TaskStatus:
    if finding.status is not Verdict.MISSING:
        return _BY_VERDICT[finding.status]
    due = task.due.date
    return TaskStatus.OVERDUE if due is not None and as_of > due else wait_for_person(task, as_of)

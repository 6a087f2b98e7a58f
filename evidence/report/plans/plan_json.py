"""A plan and its progress for machines: one tree a task (``docs/plans.md``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from evidence.model.plan import OwnerProgress, PlanTask, TaskDue, TaskProgress, TaskStatus

Tree = dict[str, object]


def task_tree(task: PlanTask) -> Tree:
    """The task as printed."""
    tree: Tree = {
        "code": task.code,
        "field": task.field,
        "text": task.text,
        "products": list(task.products),
        "owners": [owner.name for owner in task.owners],
        "partners": list(task.partners),
        "watchers": list(task.watchers),
        "due": due_tree(task.due),
        "dues": [due_tree(due) for due in task.dues],
        "page": task.place,
    }
    if task.points is not None:
        tree["points"] = str(task.points)
    if task.shortcoming:
        tree["shortcoming"] = task.shortcoming
    return tree


def due_tree(due: TaskDue) -> Tree:
    """A deadline; ``date`` is null where none is printed."""
    return {"kind": due.kind.value, "date": due.date.isoformat() if due.date else None, "text": due.text}


def progress_tree(progress: TaskProgress) -> Tree:
    """The task with its status, and how it stands with each owner."""
    return {**task_tree(progress.task), "status": progress.status.value, "by_owner": [*map(_owner, progress.owners)]}


def count_tree(progress: Iterable[TaskProgress]) -> Tree:
    """How many tasks stand how: the figures that criteria on the plan's fulfilment ask for."""
    counts = Counter(each.status for each in progress)
    return {"total": counts.total(), **{status.value: counts[status] for status in TaskStatus}}


def _owner(owner: OwnerProgress) -> Tree:
    tree: Tree = {
        "owner": owner.owner,
        "status": owner.status.value,
        "findings": [
            {"title": finding.title, "status": finding.status.value, "documents": list(finding.documents),
             "actual": finding.actual.isoformat() if finding.actual else None}
            for finding in owner.findings
        ],
    }  # fmt: skip
    if owner.mark is not None:
        mark = owner.mark
        tree["mark"] = {"note": mark.note, "by": mark.by, "at": mark.at.isoformat()}
    return tree

"""How a plan stands, as if a paper stated it: so many tasks, so many done, in time, late, overdue, waiting.

Each number names the tasks that it counts; the proof is the plan's file. What is not due or to be confirmed is pending:
told, and never counted as done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from evidence.appraisal.statistics.table_figures import FIRST_ROW
from evidence.match.figure_proposals.candidates import StatisticPaper
from evidence.model.criteria import Unit
from evidence.model.plan import Plan, TaskProgress, TaskStatus
from evidence.model.scores.figures import FigureRole, FigureSource, StatedFigure
from evidence.values.letterhead import Letterhead, Likeness, compare_letterhead
from evidence.vietnamese.text import fold

LONGEST = 300  # letters of a list of tasks
COUNTS = (
    (FigureRole.TOTAL, "tổng số nhiệm vụ đề ra", tuple(TaskStatus)),
    (FigureRole.DONE, "số nhiệm vụ đã hoàn thành", (TaskStatus.DONE, TaskStatus.DONE_LATE)),
    (FigureRole.IN_TIME, "số nhiệm vụ hoàn thành đúng hạn", (TaskStatus.DONE,)),
    (FigureRole.LATE, "số nhiệm vụ hoàn thành trễ hạn", (TaskStatus.DONE_LATE,)),
    (FigureRole.NOT_DONE, "số nhiệm vụ quá hạn chưa hoàn thành", (TaskStatus.OVERDUE,)),
    (FigureRole.PENDING, "nhiệm vụ chưa đến hạn, chờ xác nhận", (TaskStatus.NOT_DUE, TaskStatus.TO_CONFIRM)),
)


def make_plan_papers(plan: Plan, progress: Iterable[TaskProgress], unit: Unit) -> tuple[StatisticPaper, ...]:
    """What the plan states of that unit; nothing where it leads no task."""
    tasks = tuple(_tasks_of(plan, progress, unit))
    if not tasks:
        return ()
    context = f"kế hoạch {plan.title} {plan.issuer}"
    figures = []
    for role, words, statuses in COUNTS:
        counted = [code for code, _, status in tasks if status in statuses]
        if role is FigureRole.PENDING and not counted:
            continue
        listed = ", ".join(counted)
        raw = f"{plan.name}: {words}: {len(counted)} ({listed[:LONGEST]}{'…' if len(listed) > LONGEST else ''})"
        source = FigureSource(plan.sha256, tasks[0][1], None, raw)
        label = f"{words} theo {context}"
        figures.append(StatedFigure(Decimal(len(counted)), role, label, label, context, FIRST_ROW, source))
    return (StatisticPaper(plan.sha256, plan.title, None, frozenset(), tuple(figures)),)


def _tasks_of(
    plan: Plan, progress: Iterable[TaskProgress], unit: Unit
) -> Sequence[tuple[str, int, TaskStatus]]:  # fmt: skip
    """Code, place and status of each task that counts for the unit."""
    if plan.issuer and compare_letterhead(plan.issuer, Letterhead(unit.issuer), plan.issuer) is Likeness.SAME:
        return [(each.task.code, each.task.place, each.status) for each in progress]
    names = {fold(unit.code), fold(unit.name)}
    return [
        (each.task.code, each.task.place, owner.status)
        for each in progress
        for owner in each.owners
        if fold(owner.owner) in names
    ]

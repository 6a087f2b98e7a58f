"""A plan and its progress on a terminal: a row a task, the counts at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from io import StringIO

from rich import box
from rich.table import Table
from rich.text import Text

from evidence.messages import Language
from evidence.model.plan import DueKind, Plan, PlanTask, TaskDue, TaskProgress, TaskStatus
from evidence.report.labels import format_day, label
from evidence.report.text.console import TerminalConsole

STYLES = {
    TaskStatus.DONE: "green",
    TaskStatus.DONE_LATE: "yellow",
    TaskStatus.OVERDUE: "red",
    TaskStatus.TO_CONFIRM: "magenta",
    TaskStatus.NOT_DUE: "blue",
}


def render_plan(plan: Plan, language: Language, width: int, colour: bool = False) -> str:
    """The plan's tasks as printed."""
    return _render(plan, [(task, None) for task in plan.tasks], language, width, colour)


def render_progress(
    plan: Plan, progress: Iterable[TaskProgress], language: Language, width: int, colour: bool = False
) -> str:
    """The tasks with their status, and how many stand how."""
    rows = tuple(progress)
    text = _render(plan, [(each.task, each) for each in rows], language, width, colour)
    counts = Counter(each.status for each in rows)
    parts = [f"{label(f'task-{status.value}', language)} {counts[status]}" for status in TaskStatus if counts[status]]
    return f"{text}\n{label('plan-count', language, count=len(rows))} {' · '.join(parts)}\n"


def format_due(due: TaskDue, language: Language) -> str:
    """A deadline as people write it."""
    if due.date is None:
        return due.text or label("plan-due-none", language)
    if due.kind is DueKind.WITHIN_YEAR:
        return label("plan-due-year", language, year=due.date.year)
    if due.kind is DueKind.MONTH_END:
        return label("plan-due-month", language, month=f"{due.date.month:02}", year=due.date.year)
    return format_day(due.date, language)


def _render(
    plan: Plan, rows: list[tuple[PlanTask, TaskProgress | None]], language: Language, width: int, colour: bool
) -> str:
    out = StringIO()
    console = TerminalConsole(
        file=out, width=max(width, 60), force_terminal=colour, color_system="256" if colour else None,
        highlight=False, legacy_windows=False,
    )  # fmt: skip
    console.print(Text(f"{plan.name} · {plan.title}", style="bold"))
    field = ""
    table = _table(language, judged=bool(rows) and rows[0][1] is not None)
    for task, progress in rows:
        if task.field != field and task.field:
            table.add_row("", Text(task.field, style="bold"))
            field = task.field
        table.add_row(*_row(task, progress, language))
    console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _table(language: Language, judged: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, show_edge=False)
    table.add_column(label("plan-column-code", language), no_wrap=True)
    table.add_column(label("plan-column-task", language), ratio=5)
    table.add_column(label("plan-column-product", language), ratio=3)
    table.add_column(label("plan-column-owner", language), ratio=2)
    table.add_column(label("plan-column-due", language), ratio=2)
    if judged:
        table.add_column(label("plan-column-status", language), no_wrap=True)
    return table


def _row(task: PlanTask, progress: TaskProgress | None, language: Language) -> tuple[Text, ...]:
    cells = [
        Text(task.code),
        Text(task.text),
        Text("; ".join(task.products)),
        Text("; ".join(owner.name for owner in task.owners)),
        Text("\n".join(format_due(due, language) for due in task.dues)),
    ]
    if progress is not None:
        cells.append(Text(label(f"task-{progress.status.value}", language), style=STYLES[progress.status]))
    return tuple(cells)

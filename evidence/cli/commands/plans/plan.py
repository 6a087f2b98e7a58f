"""``evidence plan``: plans of work, their tasks, and which of them are done."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, CommandGroup, DayType, Option
from evidence.cli.output import emit, printable, terminal_width, wants_colour
from evidence.messages import say
from evidence.model.criteria import Unit
from evidence.model.plan import TaskStatus
from evidence.report.plans import plan_json, plan_terminal

plan = CommandGroup(
    "plan",
    modules={
        **dict.fromkeys(("import", "list", "show", "check", "mark"), __name__),
        "remedies": "evidence.cli.commands.plans.remedies",
    },
    attributes={
        "import": "import_plan", "list": "list_plans", "show": "show_plan", "check": "check_plan", "mark": "mark_task",
        "remedies": "write_remedies",
    },
)  # fmt: skip


@click.command("import", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.option("--as", "name", cls=Option, required=True, metavar="cli-meta-name", help="cli-plan-opt-as")
@click.option("--year", cls=Option, type=click.IntRange(1990, 2100), metavar="cli-meta-year", help="cli-plan-opt-year")
@click.option("--by", cls=Option, default="", metavar="cli-meta-name", help="cli-desk-opt-by")
@click.pass_obj
def import_plan(context: CliContext, file: Path, name: str, year: int | None, by: str) -> None:
    require_file(file)
    with Archive.open(context.settings(), create=True) as archive:
        imported = archive.plans.import_file(file, name, by, year)
    kept = imported.plan
    code = "cli-plan-imported" if imported.changed else "cli-plan-known"
    emit(context.say(code, name=printable(kept.name), count=len(kept.tasks), year=kept.year or "?"))
    for remark in imported.remarks:
        emit(f"  {say(remark, context.language)}")


@click.command("list", cls=Command)
@click.pass_obj
def list_plans(context: CliContext) -> None:
    with Archive.open(context.settings()) as archive:
        plans = archive.plans.list_plans()
    for each in plans:
        emit(f"{printable(each.name)}: {printable(each.title)} ({each.year or '?'}, {len(each.tasks)})")
    if not plans:
        context.tell("cli-plan-none")


@click.command("show", cls=Command)
@click.argument("name", cls=Argument, metavar="cli-meta-name")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def show_plan(context: CliContext, name: str, as_json: bool) -> None:
    with Archive.open(context.settings()) as archive:
        kept = archive.plans.plan(name)
    if as_json:
        for task in kept.tasks:
            emit(json.dumps(plan_json.task_tree(task), ensure_ascii=False))
        return
    emit(plan_terminal.render_plan(kept, context.language, terminal_width(), wants_colour()), end="")


@click.command("check", cls=Command)
@click.argument("name", cls=Argument, metavar="cli-meta-name")
@click.option("--as-of", cls=Option, type=DayType(), metavar="cli-meta-day", help="cli-check-opt-as-of")
@click.option("--criteria", "set_name", cls=Option, metavar="cli-meta-set", help="cli-plan-opt-criteria")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def check_plan(
    context: CliContext, name: str, as_of: datetime.date | None, set_name: str | None, as_json: bool
) -> None:
    with Archive.open(context.settings()) as archive:
        kept = archive.plans.plan(name)
        units = archive.criteria(set_name).units if set_name else _known_units(archive)
        progress = archive.plans.check(name, units, as_of or datetime.date.today())
    if as_json:
        for each in progress:
            emit(json.dumps(plan_json.progress_tree(each), ensure_ascii=False))
        return
    emit(plan_terminal.render_progress(kept, progress, context.language, terminal_width(), wants_colour()), end="")


@click.command("mark", cls=Command)
@click.argument("name", cls=Argument, metavar="cli-meta-name")
@click.argument("task", cls=Argument, metavar="cli-meta-task")
@click.argument(
    "status", cls=Argument, metavar="cli-meta-status", type=click.Choice([each.value for each in TaskStatus])
)
@click.option("--owner", cls=Option, default="", metavar="cli-meta-unit", help="cli-plan-opt-owner")
@click.option("--note", cls=Option, default="", metavar="cli-meta-text", help="cli-plan-opt-note")
@click.option("--by", cls=Option, required=True, metavar="cli-meta-name", help="cli-desk-opt-by")
@click.pass_obj
def mark_task(context: CliContext, name: str, task: str, status: str, owner: str, note: str, by: str) -> None:
    with Archive.open(context.settings()) as archive:
        mark = archive.plans.mark(name, task, owner, TaskStatus(status), note, by)
    emit(context.say("cli-plan-marked", task=printable(mark.task), by=printable(by)))


def _known_units(archive: Archive) -> tuple[Unit, ...]:
    """Those of the set that was kept last and has units; none where no set has."""
    for kept in reversed(archive.criteria_sets()):
        units = archive.criteria(kept.criteria.set).units
        if units:
            return units
    return ()

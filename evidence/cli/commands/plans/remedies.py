"""``evidence plan remedies``: the table of what is to be mended, written from lost points."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.plans.remedy_plan import plan_remedies
from evidence.cli.commands.scoring.year_options import make_request, year_options
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command, DayType, Option
from evidence.cli.output import printable, write_bytes
from evidence.errors import UsageError
from evidence.report.plans import remedies as remedy_table

FORMATS = {".docx": remedy_table.render_docx, ".xlsx": remedy_table.render_xlsx}


@click.command("remedies", cls=Command)
@year_options
@click.option("--unit", "units", cls=Option, multiple=True, metavar="cli-meta-unit", help="cli-check-opt-unit")
@click.option("--until", cls=Option, required=True, type=DayType(), metavar="cli-meta-day", help="cli-plan-opt-until")
@click.option("-o", "--output", "target", cls=Option, required=True, type=click.Path(path_type=Path),
              metavar="cli-meta-file", help="cli-plan-opt-remedies")  # fmt: skip
@click.pass_obj
def write_remedies(
    context: CliContext,
    file: Path | None,
    as_of: datetime.date | None,
    figures: Path | None,
    units: tuple[str, ...],
    until: datetime.date,
    target: Path,
) -> None:
    render = FORMATS.get(target.suffix.lower())
    if render is None:
        raise UsageError("plan-remedies-format", path=printable(str(target)))
    with Archive.open(context.settings()) as archive:
        basis = archive.scores.gather(make_request(context, archive, file, as_of, figures, units))
    plan = plan_remedies(basis, until)
    write_bytes(target, render(plan, context.language))
    count = sum(len(unit.rows) for unit in plan.units)
    path = printable(str(target))
    context.tell("cli-plan-remedies-written", count=count, units=len(plan.units), path=path, year=plan.year)

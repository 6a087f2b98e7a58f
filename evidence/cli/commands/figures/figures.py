"""``evidence figures``: numbers that score rules ask for, proposed from papers and confirmed by people."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.figures.figures import read_confirmed, read_stated
from evidence.cli.commands.scoring.year_options import choose_criteria
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import criteria_option
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, CommandGroup, DayType, Option
from evidence.cli.output import emit, printable, write_text
from evidence.report.figures import figures_csv, figures_json, figures_terminal

figures = CommandGroup(
    "figures",
    modules=dict.fromkeys(("propose", "confirm", "list", "read"), __name__),
    attributes={
        "propose": "propose_figures", "confirm": "confirm_figures", "list": "list_figures", "read": "read_figures",
    },
)  # fmt: skip
FILE = click.Path(path_type=Path)


@click.command("propose", cls=Command)
@criteria_option("criteria", "cli-score-opt-criteria")
@click.option("--unit", "units", cls=Option, multiple=True, metavar="cli-meta-unit", help="cli-check-opt-unit")
@click.option("--plan", cls=Option, metavar="cli-meta-name", help="cli-figures-opt-plan")
@click.option("--as-of", cls=Option, type=DayType(), metavar="cli-meta-day", help="cli-check-opt-as-of")
@click.option("-o", "--output", "target", cls=Option, type=FILE, metavar="cli-meta-file", help="cli-figures-opt-output")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def propose_figures(
    context: CliContext,
    criteria: Path | None,
    units: tuple[str, ...],
    plan: str | None,
    as_of: datetime.date | None,
    target: Path | None,
    as_json: bool,
) -> None:
    with Archive.open(context.settings()) as archive:
        chosen = choose_criteria(context, archive, criteria)
        if plan is None:
            proposals = tuple(archive.figures.propose(chosen, units))
        else:
            progress = archive.plans.check(plan, chosen.units, as_of or datetime.date.today())
            kept = archive.plans.plan(plan)
            proposals = tuple(archive.figures.propose_from_plan(chosen, units, kept, progress))
    if target is not None:
        write_text(target, figures_csv.render(proposals, context.language))
        context.tell("cli-written", path=printable(str(target)))
    if as_json:
        emit(figures_json.render_proposals(proposals, context.language), end="")
    elif target is None:
        emit(figures_terminal.render_proposals(proposals, context.language), end="")
    context.tell("cli-figures-proposed", count=len(proposals))


@click.command("confirm", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=FILE)
@criteria_option("criteria", "cli-score-opt-criteria")
@click.option("--by", cls=Option, required=True, metavar="cli-meta-name", help="cli-desk-opt-by")
@click.pass_obj
def confirm_figures(context: CliContext, file: Path, criteria: Path | None, by: str) -> None:
    require_file(file)
    with Archive.open(context.settings()) as archive:
        chosen = choose_criteria(context, archive, criteria)
        confirmed = read_confirmed(file, chosen)
        changed = archive.figures.confirm(chosen.set, confirmed.figures, by)
    same = len(confirmed.figures) - changed
    emit(context.say("cli-figures-confirmed", count=changed, same=same, waiting=confirmed.waiting, set=chosen.set))


@click.command("list", cls=Command)
@criteria_option("criteria", "cli-score-opt-criteria")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def list_figures(context: CliContext, criteria: Path | None, as_json: bool) -> None:
    with Archive.open(context.settings()) as archive:
        kept = archive.figures.list_kept(choose_criteria(context, archive, criteria).set)
    emit(figures_json.render_kept(kept) if as_json else figures_terminal.render_kept(kept, context.language), end="")
    if not kept:
        context.tell("cli-figures-none")


@click.command("read", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=FILE)
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def read_figures(context: CliContext, file: Path, as_json: bool) -> None:
    require_file(file)
    stated = read_stated(file, context.settings())
    render = figures_json.render_stated if as_json else figures_terminal.render_stated
    emit(render(stated.figures, stated.sums, context.language), end="")
    wrong = sum(each.holds is False for each in stated.sums)
    context.tell("cli-figures-read", count=len(stated.figures), sums=len(stated.sums), wrong=wrong)

"""``evidence criteria show``: one set, as an outline or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import click

from evidence.cli.commands.criteria.outline import outline_criterion
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import load_criteria_argument
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit
from evidence.report import criteria_json


@click.command("show", cls=Command)
@click.argument("given", cls=Argument, metavar="cli-meta-set-or-file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def show_set(context: CliContext, given: Path, as_json: bool) -> None:
    criteria_set = load_criteria_argument(context, given)
    if as_json:
        emit(json.dumps(criteria_json.render(criteria_set, context.language), ensure_ascii=False, indent=2))
        return
    title, year = criteria_set.title, criteria_set.year
    emit(context.say("cli-criteria-title", set=criteria_set.set, title=title, year=year))
    for criterion in criteria_set.criteria:
        for line in outline_criterion(criterion, context, depth=0):
            emit(line)

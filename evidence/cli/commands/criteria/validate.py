"""``evidence criteria validate``: every fault of a criteria file, or what it holds."""

from __future__ import annotations

from pathlib import Path

import click

from evidence.archive.criteria_sets import load_yaml_criteria
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command
from evidence.cli.output import emit, printable
from evidence.model.criteria import walk_criteria


@click.command("validate", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.pass_obj
def validate(context: CliContext, file: Path) -> None:
    require_file(file)
    criteria_set = load_yaml_criteria(file)
    nodes = list(walk_criteria(criteria_set.criteria))
    emit(
        context.say(
            "cli-criteria-valid",
            path=printable(str(file)),
            set=criteria_set.set,
            units=len(criteria_set.units),
            criteria=len(nodes),
            evidence=sum(len(criterion.evidence) for criterion in nodes),
            points=criteria_set.points,
        )
    )

"""``evidence survey size``: how many must be asked of a population."""

from __future__ import annotations

import click

from evidence.archive.scores.sample_size import compute_needed
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit


@click.command("size", cls=Command)
@click.argument("population", cls=Argument, metavar="cli-meta-count", type=click.IntRange(1, 10**9))
@click.option("--error", cls=Option, default="5", metavar="cli-meta-percent", help="cli-survey-opt-error")
@click.pass_obj
def sample_size(context: CliContext, population: int, error: str) -> None:
    emit(context.say("cli-survey-size", count=compute_needed(population, error), population=population, error=error))

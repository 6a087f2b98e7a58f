"""``evidence score``: points of every unit, part by part, and its index."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.cli.commands.scoring.year_options import make_request, year_options
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command, Option
from evidence.cli.output import emit, terminal_width, wants_colour
from evidence.report.scores import standings_json, standings_terminal


@click.command("show", cls=Command)
@year_options
@click.option("--unit", "units", cls=Option, multiple=True, metavar="cli-meta-unit", help="cli-check-opt-unit")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def show_points(
    context: CliContext,
    file: Path | None,
    as_of: datetime.date | None,
    figures: Path | None,
    units: tuple[str, ...],
    as_json: bool,
) -> None:
    with Archive.open(context.settings()) as archive:
        standings = archive.scores.points(make_request(context, archive, file, as_of, figures, units))
    if as_json:
        emit(standings_json.render_points(standings).rstrip("\n"))
        return
    text = standings_terminal.render_points(standings, context.language, terminal_width(), wants_colour())
    emit(text.rstrip("\n"))

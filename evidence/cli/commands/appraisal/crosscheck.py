"""``evidence crosscheck``: what no single criterion sees; warnings for a person to look at."""

from __future__ import annotations

import json

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command, Option
from evidence.cli.output import emit, printable, terminal_width, wants_colour
from evidence.report import appraisal_json, appraisal_terminal


@click.command("crosscheck", cls=Command)
@click.option("--unit", "units", cls=Option, multiple=True, metavar="cli-meta-unit", help="cli-check-opt-unit")
@click.option("--year", cls=Option, type=int, metavar="cli-meta-year", help="cli-crosscheck-opt-year")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def crosscheck(context: CliContext, units: tuple[str, ...], year: int | None, as_json: bool) -> None:
    with Archive.open(context.settings()) as archive:
        warnings = archive.appraisal.crosscheck(units, year)
    lines = [
        appraisal_terminal.AppraisalRow(
            printable(warning.unit), printable(warning.criterion), warning.kind.value,
            f"cross-kind-{warning.kind.value}", warning.message, warning.documents, warning.page, warning.box,
        )
        for warning in warnings
    ]  # fmt: skip
    if as_json:
        for row in appraisal_json.render(lines, context.language):
            emit(json.dumps(row, ensure_ascii=False))
        return
    title = context.say("cli-crosscheck-title")
    emit(appraisal_terminal.render_table(title, lines, context.language, terminal_width(), wants_colour()).rstrip("\n"))

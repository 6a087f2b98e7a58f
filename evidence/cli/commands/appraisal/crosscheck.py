"""``evidence crosscheck``: what no single criterion sees; warnings for a person to look at."""

from __future__ import annotations

import json
from dataclasses import replace

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command, Option
from evidence.cli.output import emit, printable, terminal_width, wants_colour
from evidence.messages import Message
from evidence.report import appraisal_json, crosscheck_terminal
from evidence.report.appraisal_terminal import AppraisalRow

SHOWN = 100  # warnings printed on a terminal; the JSON has all of them


@click.command("crosscheck", cls=Command)
@click.option("--unit", "units", cls=Option, multiple=True, metavar="cli-meta-unit", help="cli-check-opt-unit")
@click.option("--year", cls=Option, type=int, metavar="cli-meta-year", help="cli-crosscheck-opt-year")
@click.option(
    "--limit", cls=Option, type=click.IntRange(min=0), metavar="cli-meta-count", help="cli-crosscheck-opt-limit"
)
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def crosscheck(context: CliContext, units: tuple[str, ...], year: int | None, limit: int | None, as_json: bool) -> None:
    with Archive.open(context.settings()) as archive:
        warnings = archive.appraisal.crosscheck(units, year)
    rows = [
        AppraisalRow(
            printable(warning.unit), printable(warning.criterion), warning.kind.value,
            f"cross-kind-{warning.kind.value}", warning.message, warning.documents, warning.page, warning.box,
        )
        for warning in warnings
    ]  # fmt: skip
    if as_json:
        for row in appraisal_json.render(crosscheck_terminal.select_rows(rows, limit or None), context.language):
            emit(json.dumps(row, ensure_ascii=False))
        return
    shown = SHOWN if limit is None else limit or None
    rows = [replace(row, message=_printable(row.message)) for row in rows]
    title = context.say("cli-crosscheck-title")
    text = crosscheck_terminal.render(title, rows, context.language, terminal_width(), wants_colour(), shown)
    emit(text.rstrip("\n"))


def _printable(message: Message) -> Message:
    return Message(message.code, {name: printable(value) for name, value in message.params.items()})

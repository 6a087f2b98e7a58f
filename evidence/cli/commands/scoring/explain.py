"""``evidence score explain``: every lost point of a unit and its reason, from the archive or from a report."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.scores.explanation import explain_reports
from evidence.cli.commands.scoring.year_options import make_request, year_options
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, printable, terminal_width, wants_colour
from evidence.messages import say
from evidence.model.losses import LossReport, PointLoss
from evidence.report.scores import losses_json, losses_terminal


@click.command("explain", cls=Command)
@click.argument("unit", cls=Argument, metavar="cli-meta-unit")
@year_options
@click.option("--report", "paths", cls=Option, type=click.Path(path_type=Path), multiple=True,
              metavar="cli-meta-file", help="cli-explain-opt-report")  # fmt: skip
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def explain(
    context: CliContext,
    unit: str,
    file: Path | None,
    as_of: datetime.date | None,
    figures: Path | None,
    paths: tuple[Path, ...],
    as_json: bool,
) -> None:
    if paths:
        _explain_reports(context, paths, unit, as_json)
        return
    with Archive.open(context.settings()) as archive:
        losses, fields = archive.scores.explain(make_request(context, archive, file, as_of, figures, (unit,)))
    _show(context, losses, fields, as_json, "criterion")


def _explain_reports(context: CliContext, paths: tuple[Path, ...], unit: str, as_json: bool) -> None:
    for path in paths:
        if not path.is_dir():
            require_file(path)
    told = explain_reports(paths, unit, context.settings())
    several = len(told.reports) + len(told.silent) > 1
    for report in told.reports:
        if several and not as_json:
            emit(f"{printable(report.source)}:")
        _show(context, report, (), as_json, "field")
    for file, message in told.silent:
        context.tell("cli-explain-silent", path=printable(file), why=printable(say(message, context.language)))


def _show(
    context: CliContext, losses: LossReport, fields: tuple[PointLoss, ...], as_json: bool, row: str
) -> None:  # fmt: skip
    if as_json:
        text = losses_json.render_losses(losses, fields, context.language, row)
    else:
        text = losses_terminal.render_report(losses, fields, context.language, terminal_width(), wants_colour())
    emit(text.rstrip("\n"))

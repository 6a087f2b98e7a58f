"""``evidence score explain``: every lost point of a unit and its reason, from the archive or from a report."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.scores.explanation import explain_report
from evidence.cli.commands.scoring.year_options import make_request, year_options
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, terminal_width, wants_colour
from evidence.model.losses import LossReport, PointLoss
from evidence.report.scores import losses_json, losses_terminal


@click.command("explain", cls=Command)
@click.argument("unit", cls=Argument, metavar="cli-meta-unit")
@year_options
@click.option("--report", cls=Option, type=click.Path(path_type=Path), metavar="cli-meta-file",
              help="cli-explain-opt-report")  # fmt: skip
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def explain(
    context: CliContext,
    unit: str,
    file: Path | None,
    as_of: datetime.date | None,
    figures: Path | None,
    report: Path | None,
    as_json: bool,
) -> None:
    if report is not None:
        require_file(report)
        _show(context, explain_report(report, unit, context.settings()), (), as_json, "field")
        return
    with Archive.open(context.settings()) as archive:
        losses, fields = archive.scores.explain(make_request(context, archive, file, as_of, figures, (unit,)))
    _show(context, losses, fields, as_json, "criterion")


def _show(
    context: CliContext, losses: LossReport, fields: tuple[PointLoss, ...], as_json: bool, row: str
) -> None:  # fmt: skip
    if as_json:
        text = losses_json.render_losses(losses, fields, context.language, row)
    else:
        text = losses_terminal.render_report(losses, fields, context.language, terminal_width(), wants_colour())
    emit(text.rstrip("\n"))

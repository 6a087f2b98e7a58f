"""``evidence survey show``: what the surveys of a set say of each unit."""

from __future__ import annotations

from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.cli.commands.scoring.year_options import choose_criteria
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import criteria_option
from evidence.cli.localized_click import Command, Option
from evidence.cli.output import emit, printable, terminal_width, wants_colour
from evidence.report.scores import survey_json, survey_terminal


@click.command("show", cls=Command)
@criteria_option("file", "cli-score-opt-criteria")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def show_survey(context: CliContext, file: Path | None, as_json: bool) -> None:
    with Archive.open(context.settings()) as archive:
        criteria = choose_criteria(context, archive, file)
        surveys, units = archive.scores.surveys(criteria), archive.scores.score_surveys(criteria)
    if not surveys:
        context.tell("cli-survey-none", set=criteria.set)
    if as_json:
        if text := survey_json.render_surveys(units):
            emit(text.rstrip("\n"))
        return
    replaced = {survey.replaces for survey in surveys}
    for survey in surveys:
        code = "cli-survey-replaced" if survey.id in replaced else "cli-survey-kept"
        emit(context.say(code, number=survey.id, file=printable(survey.source), by=printable(survey.by),
                         at=f"{survey.at:%d/%m/%Y %H:%M}"))  # fmt: skip
    emit(survey_terminal.render_units(units, criteria, context.language, terminal_width(), wants_colour()).rstrip("\n"))

"""``evidence survey import``: a survey's table counted and kept; nothing of respondents but a salted hash."""

from __future__ import annotations

from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.scores.scoring_year import SurveyRequest
from evidence.cli.commands.scoring.year_options import choose_criteria
from evidence.cli.context import CliContext, login_name
from evidence.cli.criteria_argument import criteria_option
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, printable, terminal_width, wants_colour
from evidence.messages import say
from evidence.report.scores import survey_terminal


@click.command("import", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.option("--map", "map_file", cls=Option, required=True, type=click.Path(path_type=Path), metavar="cli-meta-file",
              help="cli-survey-opt-map")  # fmt: skip
@criteria_option("criteria_file", "cli-score-opt-criteria")
@click.option("--by", cls=Option, metavar="cli-meta-name", help="cli-survey-opt-by")
@click.option("--replaces", cls=Option, type=int, metavar="cli-meta-count", help="cli-survey-opt-replaces")
@click.pass_obj
def import_survey(
    context: CliContext, file: Path, map_file: Path, criteria_file: Path | None, by: str | None, replaces: int | None
) -> None:
    for path in (file, map_file):
        require_file(path)
    request = SurveyRequest(file, map_file, by or login_name(), replaces)
    with Archive.open(context.settings(), create=True) as archive:
        criteria = choose_criteria(context, archive, criteria_file)
        imported = archive.scores.import_survey(request, criteria)
        units = archive.scores.score_surveys(criteria)
    tally = imported.survey.tally
    emit(
        context.say("cli-survey-imported", number=imported.survey.id, file=printable(imported.survey.source),
                    set=criteria.set, forms=sum(unit.forms for unit in tally.forms),
                    units=sum(unit.forms > 0 for unit in tally.forms))
    )  # fmt: skip
    named = {unit.unit for unit in tally.forms}
    shown = [unit for unit in units if unit.unit in named]
    emit(survey_terminal.render_units(shown, criteria, context.language, terminal_width(), wants_colour()).rstrip("\n"))
    for remark in imported.remarks:
        context.tell("cli-survey-remark", text=printable(say(remark, context.language)))

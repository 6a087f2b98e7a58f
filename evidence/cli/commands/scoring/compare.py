"""``evidence score compare``: one year against another."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.scores.comparison import compare_sources, is_table, results_of_year
from evidence.archive.scores.scoring_year import YearRequest
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, terminal_width, wants_colour
from evidence.model.comparison import YearResults
from evidence.report.scores import comparison_json, comparison_terminal


@click.command("compare", cls=Command)
@click.argument("old", cls=Argument, metavar="cli-meta-old", type=click.Path(path_type=Path))
@click.argument("new", cls=Argument, metavar="cli-meta-new", type=click.Path(path_type=Path))
@click.option("--crosswalk", cls=Option, type=click.Path(path_type=Path), metavar="cli-meta-file",
              help="cli-compare-opt-crosswalk")  # fmt: skip
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def compare(context: CliContext, old: Path, new: Path, crosswalk: Path | None, as_json: bool) -> None:
    for path in (old, new, crosswalk):
        if path is not None and (path is crosswalk or is_table(path)):
            require_file(path)

    def load(name: str) -> YearResults:
        with Archive.open(context.settings()) as archive:
            request = YearRequest(archive.criteria(name), datetime.date.today())
            return results_of_year(archive.scores.gather(request))

    comparisons = compare_sources(old, new, crosswalk, context.settings(), load)
    if as_json:
        text = comparison_json.render_comparisons(comparisons, context.language)
    else:
        text = comparison_terminal.render_comparisons(comparisons, context.language, terminal_width(), wants_colour())
    emit(text.rstrip("\n"))

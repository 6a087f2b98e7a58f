"""``evidence score rank``: units ranked by their index, each group by itself."""

from __future__ import annotations

from pathlib import Path

import click

from evidence.archive.scores.judged_parts import RankingRules, parse_grades, rank_judged_parts
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Command, Option
from evidence.cli.output import emit, printable, terminal_width, wants_colour
from evidence.errors import UsageError
from evidence.model.scoring import UnitStanding
from evidence.report.scores import standings_json, standings_terminal

MOST_NAMED = 5


@click.command("rank", cls=Command)
@click.option(
    "--parts", cls=Option, type=click.Path(path_type=Path), metavar="cli-meta-file", help="cli-rank-opt-parts"
)
@click.option("--grades", cls=Option, metavar="cli-meta-grades", help="cli-rank-opt-grades")
@click.option("--provisional", cls=Option, is_flag=True, help="cli-rank-opt-provisional")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def rank(context: CliContext, parts: Path | None, grades: str | None, provisional: bool, as_json: bool) -> None:
    if parts is None:
        raise UsageError("cli-rank-nothing")
    require_file(parts)
    rules = RankingRules(parse_grades(grades) if grades else (), provisional)
    ranking = rank_judged_parts(parts, context.settings(), rules)
    if ranking.unused:
        context.tell("cli-rank-unused", names=printable(", ".join(ranking.unused)))
    if as_json:
        emit(standings_json.render_standings(ranking.standings).rstrip("\n"))
    else:
        text = standings_terminal.render_ranking(ranking.standings, context.language, terminal_width(), wants_colour())
        emit(text.rstrip("\n"))
    tell_open(context, ranking.standings, provisional)


def tell_open(context: CliContext, standings: tuple[UnitStanding, ...], provisional: bool) -> None:
    """Says which units are open, and that nobody of their groups is ranked, or that the ranks may still change."""
    names = [standing.points.name for standing in standings if not standing.points.is_complete]
    if names:
        shown = ", ".join(names[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else "")
        code = "cli-rank-provisional" if provisional else "cli-rank-open"
        context.tell(code, count=len(names), names=printable(shown))

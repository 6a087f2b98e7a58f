"""``evidence score rank``: units ranked by their index, each group by itself."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.scores.frozen_ranking import stand_frozen
from evidence.archive.scores.judged_parts import RankingRules, parse_grades, rank_judged_parts
from evidence.cli.commands.scoring.year_options import make_request, year_options
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import load_criteria_argument
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Command, Option
from evidence.cli.output import emit, printable, terminal_width, wants_colour
from evidence.errors import UsageError
from evidence.model.scoring import UnitStanding
from evidence.report.scores import standings_json, standings_terminal

MOST_NAMED = 5


@click.command("rank", cls=Command)
@year_options
@click.option(
    "--parts", cls=Option, type=click.Path(path_type=Path), metavar="cli-meta-file", help="cli-rank-opt-parts"
)
@click.option("--grades", cls=Option, metavar="cli-meta-grades", help="cli-rank-opt-grades")
@click.option("--provisional", cls=Option, is_flag=True, help="cli-rank-opt-provisional")
@click.option("--frozen", cls=Option, metavar="cli-meta-name", help="cli-rank-opt-frozen")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def rank(
    context: CliContext,
    file: Path | None,
    as_of: datetime.date | None,
    figures: Path | None,
    parts: Path | None,
    grades: str | None,
    provisional: bool,
    frozen: str | None,
    as_json: bool,
) -> None:
    if frozen is not None:
        if parts or figures or as_of or grades or provisional:
            raise UsageError("cli-frozen-alone")
        _show(context, _open_frozen(context, frozen), as_json)
        return
    rules = RankingRules(parse_grades(grades) if grades is not None else (), provisional)
    if parts is None:
        with Archive.open(context.settings()) as archive:
            request = make_request(context, archive, file, as_of, figures)
            own = request.criteria.grades if grades is None else rules.grades
            standings = archive.scores.rank(request, RankingRules(own, provisional))
            _tell_now(context, archive, request.criteria.set)
    elif figures or as_of:
        raise UsageError("cli-rank-either")
    else:
        if file is not None and grades is None:
            rules = RankingRules(load_criteria_argument(context, file).grades, provisional)
        standings = _rank_parts(context, parts, rules)
    _show(context, standings, as_json)
    tell_open(context, standings, provisional)


def _show(context: CliContext, standings: tuple[UnitStanding, ...], as_json: bool) -> None:
    if as_json:
        emit(standings_json.render_standings(standings).rstrip("\n"))
    else:
        text = standings_terminal.render_ranking(standings, context.language, terminal_width(), wants_colour())
        emit(text.rstrip("\n"))


def _open_frozen(context: CliContext, name: str) -> tuple[UnitStanding, ...]:
    with Archive.open(context.settings()) as archive:
        scores = archive.scores.open_frozen(name).scores
    context.tell("cli-frozen-shown", name=printable(name), at=scores.at[:16], by=printable(scores.by))
    return stand_frozen(scores)


def _tell_now(context: CliContext, archive: Archive, criteria_set: str) -> None:
    """Says that these are the points of now, where there are frozen ones."""
    kept = [stored for stored in archive.scores.frozen() if stored.criteria_set == criteria_set]
    if kept:
        context.tell("cli-frozen-not-shown", name=printable(kept[-1].name), at=kept[-1].at[:16])


def _rank_parts(context: CliContext, parts: Path, rules: RankingRules) -> tuple[UnitStanding, ...]:
    require_file(parts)
    ranking = rank_judged_parts(parts, context.settings(), rules)
    if ranking.unused:
        context.tell("cli-rank-unused", names=printable(", ".join(ranking.unused)))
    return ranking.standings


def tell_open(context: CliContext, standings: tuple[UnitStanding, ...], provisional: bool) -> None:
    """Says which units are open, and that nobody of their groups is ranked, or that the ranks may still change."""
    names = [standing.points.name for standing in standings if not standing.points.is_complete]
    if names:
        shown = ", ".join(names[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else "")
        code = "cli-rank-provisional" if provisional else "cli-rank-open"
        context.tell(code, count=len(names), names=printable(shown))

"""``evidence score check``: a published table held against itself and against the points that it publishes."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.scores.judged_parts import RankingRules, parse_grades, rank_judged_parts
from evidence.archive.scores.published_check import PublishedCheck, check_published
from evidence.cli.commands.scoring.year_options import make_request, year_options
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit
from evidence.messages import say
from evidence.model.scoring import Grade, UnitStanding
from evidence.report.scores.losses_terminal import say_numbers

NOT_IN_ORDER = 10
PATH = click.Path(path_type=Path)


@click.command("check", cls=Command)
@click.argument("table", cls=Argument, metavar="cli-meta-file", type=PATH)
@year_options
@click.option("--parts", cls=Option, type=PATH, metavar="cli-meta-file", help="cli-rank-opt-parts")
@click.option("--grades", cls=Option, metavar="cli-meta-grades", help="cli-rank-opt-grades")
@click.option("--strict", cls=Option, is_flag=True, help="cli-table-opt-strict")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def check_table(
    context: CliContext,
    table: Path,
    file: Path | None,
    as_of: datetime.date | None,
    figures: Path | None,
    parts: Path | None,
    grades: str | None,
    strict: bool,
    as_json: bool,
) -> int:
    require_file(table)
    given = parse_grades(grades) if grades is not None else ()
    standings: tuple[UnitStanding, ...] | None = None
    if parts is not None:
        require_file(parts)
        standings = rank_judged_parts(parts, context.settings(), RankingRules(given)).standings
    elif file is not None:
        given, standings = _rank_set(context, file, as_of, figures, given)
    checked = check_published(table, context.settings(), given, standings)
    _show(context, checked, as_json)
    return NOT_IN_ORDER if strict and checked.faults else 0


def _rank_set(
    context: CliContext, file: Path, as_of: datetime.date | None, figures: Path | None, given: tuple[Grade, ...]
) -> tuple[tuple[Grade, ...], tuple[UnitStanding, ...]]:
    with Archive.open(context.settings()) as archive:
        request = make_request(context, archive, file, as_of, figures)
        grades = given or request.criteria.grades
        return grades, archive.scores.rank(request, RankingRules(grades))


def _show(context: CliContext, checked: PublishedCheck, as_json: bool) -> None:
    for remark in checked.remarks:
        if as_json:
            emit(json.dumps({
                "row": remark.row, "code": remark.message.code.removeprefix("published-"), "note": remark.is_note,
                **remark.message.params, "sentence": say(remark.message, context.language),
            }, ensure_ascii=False))  # fmt: skip
        else:
            sign = "?" if remark.is_note else "!"
            sentence = say_numbers(remark.message, context.language)
            emit(f"{sign} {context.say('published-row', row=remark.row)} {sentence}")
    rows = len(checked.table.rows)
    context.tell("cli-table-checked", units=rows, faults=checked.faults, notes=len(checked.remarks) - checked.faults)

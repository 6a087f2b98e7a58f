"""``evidence criteria``: criteria sets, imported, checked, listed and shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from evidence.archive import criteria_import as importing
from evidence.archive.criteria_import import ImportedCriteria, ImportRequest
from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import chosen
from evidence.cli.file_arguments import require_file
from evidence.cli.localized import Argument, Command, Group, Option
from evidence.cli.output import emit, plain, write
from evidence.criteria.levels import LEVELS
from evidence.criteria.loader import load_criteria, parse_criteria
from evidence.messages import say
from evidence.model.criteria import Criterion
from evidence.report import criteria_json

criteria = Group(
    "criteria",
    modules=dict.fromkeys(("validate", "import", "list", "show"), __name__),
    attributes={"import": "take_in", "list": "listed"},
)


@click.command("validate", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.pass_obj
def validate(context: CliContext, file: Path) -> None:
    require_file(file)
    found = load_criteria(file)
    every = list(_walk(found.criteria))
    emit(
        context.say(
            "cli-criteria-valid",
            path=plain(str(file)),
            set=found.set,
            units=len(found.units),
            criteria=len(every),
            evidence=sum(len(one.evidence) for one in every),
            points=sum(one.points for one in found.criteria),
        )
    )


@click.command("import", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.option("--as", "name", cls=Option, metavar="cli-meta-set", help="cli-import-opt-as")
@click.option(
    "--guide",
    "guides",
    cls=Option,
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="cli-meta-file",
    help="cli-import-opt-guide",
)
@click.option("--table", cls=Option, type=click.IntRange(min=1), metavar="cli-meta-count", help="cli-import-opt-table")
@click.option(
    "--year", cls=Option, type=click.IntRange(1990, 2100), metavar="cli-meta-count", help="cli-import-opt-year"
)
@click.option("--level", cls=Option, type=click.Choice(list(LEVELS)), help="cli-import-opt-level")
@click.option(
    "-o",
    "--output",
    "target",
    cls=Option,
    type=click.Path(path_type=Path),
    metavar="cli-meta-file",
    help="cli-import-opt-output",
)
@click.pass_obj
def take_in(
    context: CliContext,
    file: Path,
    name: str | None,
    guides: tuple[Path, ...],
    table: int | None,
    year: int | None,
    level: str | None,
    target: Path | None,
) -> None:
    for one in (file, *guides):
        require_file(one)
    settings = context.settings()
    found = importing.read(file, ImportRequest(name, year, level, table, guides), settings)
    with Archive.open(settings, create=True) as archive:
        fresh = archive.keep_criteria(found)
    if target:
        write(target, found.text)
    for line in _summary(found, context, fresh):
        emit(line)
    if target:
        context.tell("cli-written", path=plain(str(target)))


def _summary(found: ImportedCriteria, context: CliContext, fresh: bool) -> Iterator[str]:
    """What was taken in, points of each field, what is left to a person."""
    whole = found.criteria
    yield context.say(
        "cli-import-done" if fresh else "cli-import-known",
        set=whole.set, title=whole.title, criteria=len(found.every), points=sum(one.points for one in whole.criteria),
    )  # fmt: skip
    for one in whole.criteria:
        yield "  " + context.say("cli-criteria-row", code=one.code, title=one.title, points=one.points)
    yield context.say("cli-import-rules", turned=found.turned, manual=found.manual, surveyed=found.surveyed)
    yield context.say("cli-import-proposed", proposed=found.proposed)
    if not whole.units:
        yield context.say("cli-import-units")
    for remark in found.remarks:
        told = ": ".join(say(part, context.language) for part in remark if part)
        yield f"{context.say('cli-import-remark')} {plain(told)}"


@click.command("list", cls=Command)
@click.pass_obj
def listed(context: CliContext) -> None:
    with Archive.open(context.settings()) as archive:
        kept = archive.criteria_sets()
    if not kept:
        context.tell("cli-list-empty")
    for one in kept:
        found = parse_criteria(one.text, one.name)
        emit(
            context.say(
                "cli-list-row",
                set=one.name,
                title=found.title,
                year=found.year,
                criteria=len(list(_walk(found.criteria))),
                points=sum(each.points for each in found.criteria),
                source=plain(one.source),
                day=one.at[:10],
            )
        )


@click.command("show", cls=Command)
@click.argument("given", cls=Argument, metavar="cli-meta-set-or-file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def show(context: CliContext, given: Path, as_json: bool) -> None:
    found = chosen(context, given)
    if as_json:
        emit(json.dumps(criteria_json.render(found), ensure_ascii=False, indent=2))
        return
    emit(context.say("cli-criteria-title", set=found.set, title=found.title, year=found.year))
    for one in found.criteria:
        for line in _outline(one, context, depth=0):
            emit(line)


def _walk(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    for one in criteria:
        yield one
        yield from _walk(one.children)


def _outline(one: Criterion, context: CliContext, depth: int) -> Iterator[str]:
    """The criterion with what it asks for, then its children, each two blanks further in."""
    margin = "  " * depth
    yield margin + context.say("cli-criteria-row", code=one.code, title=one.title, points=one.points)
    for asked in one.evidence:
        due = context.say("cli-criteria-due", day=asked.due.strftime("%d/%m/%Y")) if asked.due else ""
        waits = context.say("cli-criteria-proposed") if asked.proposed else ""
        yield f"{margin}    - {asked.title}{due}{waits}"
    for child in one.children:
        yield from _outline(child, context, depth + 1)

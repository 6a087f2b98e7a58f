"""``evidence criteria``: criteria sets, imported, checked, listed and shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from evidence.archive.criteria_import import ImportedCriteria, ImportRequest, import_criteria
from evidence.archive.criteria_sets import LEVELS, load_yaml_criteria
from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import load_criteria_argument
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, CommandGroup, Option
from evidence.cli.output import emit, printable, write_text
from evidence.messages import say
from evidence.model.criteria import Criterion
from evidence.report import criteria_json

criteria = CommandGroup(
    "criteria",
    modules=dict.fromkeys(("validate", "import", "list", "show"), __name__),
    attributes={"import": "import_set", "list": "list_sets"},
)


@click.command("validate", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.pass_obj
def validate(context: CliContext, file: Path) -> None:
    require_file(file)
    criteria_set = load_yaml_criteria(file)
    nodes = list(_walk(criteria_set.criteria))
    emit(
        context.say(
            "cli-criteria-valid",
            path=printable(str(file)),
            set=criteria_set.set,
            units=len(criteria_set.units),
            criteria=len(nodes),
            evidence=sum(len(criterion.evidence) for criterion in nodes),
            points=sum(criterion.points for criterion in criteria_set.criteria),
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
def import_set(
    context: CliContext,
    file: Path,
    name: str | None,
    guides: tuple[Path, ...],
    table: int | None,
    year: int | None,
    level: str | None,
    target: Path | None,
) -> None:
    for path in (file, *guides):
        require_file(path)
    settings = context.settings()
    imported = import_criteria(file, ImportRequest(name, year, level, table, guides), settings)
    with Archive.open(settings, create=True) as archive:
        is_new = archive.keep_criteria(imported)
    if target:
        write_text(target, imported.text)
    for line in _summary(imported, context, is_new):
        emit(line)
    if target:
        context.tell("cli-written", path=printable(str(target)))


def _summary(imported: ImportedCriteria, context: CliContext, is_new: bool) -> Iterator[str]:
    """The set, points of each field, what is left to a person."""
    criteria_set = imported.criteria
    yield context.say(
        "cli-import-done" if is_new else "cli-import-known",
        set=criteria_set.set, title=criteria_set.title, criteria=len(imported.every),
        points=sum(criterion.points for criterion in criteria_set.criteria),
    )  # fmt: skip
    for criterion in criteria_set.criteria:
        yield "  " + _row(criterion, context)
    yield context.say("cli-import-rules", turned=imported.turned, manual=imported.manual, surveyed=imported.surveyed)
    yield context.say("cli-import-proposed", proposed=imported.proposed)
    if not criteria_set.units:
        yield context.say("cli-import-units")
    for remark in imported.remarks:
        sentence = ": ".join(say(part, context.language) for part in remark if part)
        yield f"{context.say('cli-import-remark')} {printable(sentence)}"


@click.command("list", cls=Command)
@click.pass_obj
def list_sets(context: CliContext) -> None:
    with Archive.open(context.settings()) as archive:
        sets = archive.criteria_sets()
    if not sets:
        context.tell("cli-list-empty")
    for kept in sets:
        criteria_set = kept.criteria
        emit(
            context.say(
                "cli-list-row",
                set=criteria_set.set,
                title=criteria_set.title,
                year=criteria_set.year,
                criteria=len(list(_walk(criteria_set.criteria))),
                points=sum(criterion.points for criterion in criteria_set.criteria),
                source=printable(kept.source),
                day=kept.day,
            )
        )


@click.command("show", cls=Command)
@click.argument("given", cls=Argument, metavar="cli-meta-set-or-file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def show(context: CliContext, given: Path, as_json: bool) -> None:
    criteria_set = load_criteria_argument(context, given)
    if as_json:
        emit(json.dumps(criteria_json.render(criteria_set), ensure_ascii=False, indent=2))
        return
    title, year = criteria_set.title, criteria_set.year
    emit(context.say("cli-criteria-title", set=criteria_set.set, title=title, year=year))
    for criterion in criteria_set.criteria:
        for line in _outline(criterion, context, depth=0):
            emit(line)


def _walk(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    for criterion in criteria:
        yield criterion
        yield from _walk(criterion.children)


def _row(criterion: Criterion, context: CliContext) -> str:
    return context.say("cli-criteria-row", code=criterion.code, title=criterion.title, points=criterion.points)


def _outline(criterion: Criterion, context: CliContext, depth: int) -> Iterator[str]:
    """The criterion with what it asks for, then its children, each two blanks further in."""
    margin = "  " * depth
    yield margin + _row(criterion, context)
    for requirement in criterion.evidence:
        due = context.say("cli-criteria-due", day=requirement.due.strftime("%d/%m/%Y")) if requirement.due else ""
        waits = context.say("cli-criteria-proposed") if requirement.proposed else ""
        yield f"{margin}    - {requirement.title}{due}{waits}"
    for child in criterion.children:
        yield from _outline(child, context, depth + 1)

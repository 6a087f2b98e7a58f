"""``evidence criteria import``: an annex as published, or a YAML file, into the archive as a set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from evidence.archive.criteria_import import ImportedCriteria, ImportRequest, import_criteria
from evidence.archive.criteria_sets import LEVELS
from evidence.archive.facade import Archive
from evidence.cli.commands.criteria.outline import criterion_row
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, printable, write_text
from evidence.messages import say


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
@click.option("--window", cls=Option, metavar="cli-meta-span", help="cli-import-opt-window")
@click.option("--closing", cls=Option, metavar="cli-meta-moment", help="cli-import-opt-closing")
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
    window: str | None,
    closing: str | None,
    target: Path | None,
) -> None:
    for path in (file, *guides):
        require_file(path)
    settings = context.settings()
    imported = import_criteria(file, ImportRequest(name, year, level, table, guides, window, closing), settings)
    with Archive.open(settings, create=True) as archive:
        is_new = archive.keep_criteria(imported)
        remembered = sum(row.remembered is not None for row in archive.review.rows(imported.criteria.set))
    if target:
        write_text(target, imported.text)
    for line in _summary(imported, context, is_new, remembered):
        emit(line)
    if target:
        context.tell("cli-written", path=printable(str(target)))


def _summary(imported: ImportedCriteria, context: CliContext, is_new: bool, remembered: int) -> Iterator[str]:
    """The set, points of each field, what is left to a person."""
    criteria_set = imported.criteria
    yield context.say(
        "cli-import-done" if is_new else "cli-import-known",
        set=criteria_set.set, title=criteria_set.title, criteria=len(imported.every),
        points=criteria_set.points,
    )  # fmt: skip
    for criterion in criteria_set.criteria:
        yield "  " + criterion_row(criterion, context)
    yield context.say("cli-import-rules", turned=imported.turned, manual=imported.manual, surveyed=imported.surveyed)
    yield context.say("cli-import-proposed", proposals=imported.proposals, proposed=imported.proposed)
    if remembered:
        yield context.say("cli-import-remembered", count=remembered)
    if imported.proposed:
        yield context.say("cli-import-review", set=criteria_set.set)
    if not criteria_set.units:
        yield context.say("cli-import-units", set=criteria_set.set)
    for remark in imported.remarks:
        sentence = ": ".join(say(part, context.language) for part in remark if part)
        yield f"{context.say('cli-import-remark')} {printable(sentence)}"

"""``evidence move``: a submission counts for another unit or criterion from now on."""

from __future__ import annotations

import click

from evidence.archive.search.archive_search import EVERYTHING
from evidence.archive.search.documents import DocumentArchive
from evidence.archive.submissions.changes import ChangeNote, Place
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, printable, show_place


@click.command("move", cls=Command)
@click.argument("reference", cls=Argument, metavar="cli-meta-ref")
@click.option("--unit", cls=Option, metavar="cli-meta-unit", help="cli-move-opt-unit")
@click.option("--criterion", cls=Option, metavar="cli-meta-criterion", help="cli-move-opt-criterion")
@click.option("--from-unit", cls=Option, metavar="cli-meta-unit", help="cli-move-opt-from-unit")
@click.option("--from-criterion", cls=Option, metavar="cli-meta-criterion", help="cli-move-opt-from-criterion")
@click.option("--by", "author", cls=Option, required=True, metavar="cli-meta-name", help="cli-desk-opt-by")
@click.option("--note", cls=Option, required=True, metavar="cli-meta-text", help="cli-change-opt-note")
@click.pass_obj
def move(
    context: CliContext,
    reference: str,
    unit: str | None,
    criterion: str | None,
    from_unit: str | None,
    from_criterion: str | None,
    author: str,
    note: str,
) -> None:
    origin, target = Place(from_unit, from_criterion), Place(unit, criterion)
    with DocumentArchive.open(context.settings()) as archive:
        moved = archive.move(reference, origin, target, ChangeNote(author, note), EVERYTHING)
    change = moved.changes[-1]
    emit(
        context.say(
            "cli-move-done",
            sha256=moved.handed_in.sha256[:12],
            path=printable(change.path),
            before=printable(show_place(change.from_unit, change.from_criterion)),
            after=printable(show_place(change.unit, change.criterion)),
        )
    )

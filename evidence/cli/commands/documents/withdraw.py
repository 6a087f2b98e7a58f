"""``evidence withdraw``: a submission is handed in no more; the document and its history stay."""

from __future__ import annotations

import click

from evidence.archive.search.archive_search import EVERYTHING
from evidence.archive.search.documents import DocumentArchive
from evidence.archive.submissions.changes import ChangeNote, Place
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, printable, show_place


@click.command("withdraw", cls=Command)
@click.argument("reference", cls=Argument, metavar="cli-meta-ref")
@click.option("--unit", cls=Option, metavar="cli-meta-unit", help="cli-move-opt-from-unit")
@click.option("--criterion", cls=Option, metavar="cli-meta-criterion", help="cli-move-opt-from-criterion")
@click.option("--by", "author", cls=Option, required=True, metavar="cli-meta-name", help="cli-desk-opt-by")
@click.option("--note", cls=Option, required=True, metavar="cli-meta-text", help="cli-change-opt-note")
@click.pass_obj
def withdraw(
    context: CliContext, reference: str, unit: str | None, criterion: str | None, author: str, note: str
) -> None:
    with DocumentArchive.open(context.settings()) as archive:
        withdrawn = archive.withdraw(reference, Place(unit, criterion), ChangeNote(author, note), EVERYTHING)
    change = withdrawn.changes[-1]
    emit(
        context.say(
            "cli-withdraw-done",
            sha256=withdrawn.handed_in.sha256[:12],
            path=printable(change.path),
            before=printable(show_place(change.from_unit, change.from_criterion)),
        )
    )

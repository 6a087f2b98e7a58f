"""``evidence correct``: an appraiser's value beside the machine's."""

from __future__ import annotations

import click

from evidence.archive.search.archive_search import EVERYTHING
from evidence.archive.search.documents import DocumentArchive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, printable
from evidence.errors import UsageError


@click.command("correct", cls=Command)
@click.argument("reference", cls=Argument, metavar="cli-meta-ref")
@click.argument("field", cls=Argument, metavar="cli-meta-field")
@click.argument("value", cls=Argument, metavar="cli-meta-value", required=False)
@click.option("--by", "author", cls=Option, metavar="cli-meta-name", help="cli-correct-opt-by", default="")
@click.option("--page", cls=Option, type=click.IntRange(1), metavar="cli-meta-count", help="cli-correct-opt-page")
@click.option("--clear", cls=Option, is_flag=True, help="cli-correct-opt-clear")
@click.pass_obj
def correct(
    context: CliContext, reference: str, field: str, value: str | None, author: str, page: int | None, clear: bool
) -> None:
    if value is None and not clear:
        raise UsageError("cli-correct-needs-value")
    if value is not None and clear:
        raise UsageError("cli-correct-both")
    with DocumentArchive.open(context.settings()) as archive:
        view = archive.correct(reference, field, value, author, EVERYTHING, page)
    emit(
        context.say(
            "cli-correct-cleared" if clear else "cli-correct-done",
            sha256=view.correction.sha256[:12],
            field=context.say(f"report-record-{field}"),
            value=printable(view.correction.value or ""),
            machine=printable(view.machine or context.say("cli-correct-nothing-read")),
        )
    )

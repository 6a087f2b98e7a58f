"""``evidence criteria review``: the proposals of a set as a workbook, or one at a time on the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.cli.commands.criteria.review_dialogue import ReviewDialogue
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import printable, write_bytes
from evidence.errors import UsageError
from evidence.report.criteria_review_xlsx import render_review


@click.command("review", cls=Command)
@click.argument("name", cls=Argument, metavar="cli-meta-set")
@click.option(
    "-o", "--output", "target", cls=Option, type=click.Path(path_type=Path), metavar="cli-meta-file",
    help="cli-review-opt-output",
)  # fmt: skip
@click.option("--by", cls=Option, metavar="cli-meta-name", help="cli-review-opt-by")
@click.option("--as", "new_name", cls=Option, metavar="cli-meta-set", help="cli-accept-opt-as")
@click.pass_obj
def review_set(context: CliContext, name: str, target: Path | None, by: str | None, new_name: str | None) -> None:
    if target and target.suffix.lower() != ".xlsx":
        raise UsageError("cli-review-not-xlsx", path=printable(str(target)))
    with Archive.open(context.settings()) as archive:
        if target is None:
            ReviewDialogue(context, archive.review, name).run(by, new_name)
            return
        sheet = archive.review.sheet(name, context.language)
    write_bytes(target, render_review(sheet, context.language))
    proposals = sum(bool(shown.row.requirement) for shown in sheet.rows)
    bare = sum(not shown.row.requirement for shown in sheet.rows)
    context.tell("cli-written", path=printable(str(target)))
    context.tell("cli-review-written", proposals=proposals, bare=bare, set=name, path=printable(str(target)))

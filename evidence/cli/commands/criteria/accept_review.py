"""``evidence criteria accept``: a reviewed workbook makes the set that ``check`` uses."""

from __future__ import annotations

from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.kept_sets.review import AcceptedReview
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit


@click.command("accept", cls=Command)
@click.argument("name", cls=Argument, metavar="cli-meta-set")
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.option("--by", cls=Option, required=True, metavar="cli-meta-name", help="cli-desk-opt-by")
@click.option("--as", "target", cls=Option, metavar="cli-meta-set", help="cli-accept-opt-as")
@click.pass_obj
def accept_review(context: CliContext, name: str, file: Path, by: str, target: str | None) -> None:
    require_file(file)
    with Archive.open(context.settings()) as archive:
        accepted = archive.review.accept_workbook(name, file, by, target)
    tell_accepted(context, accepted, by)


def tell_accepted(context: CliContext, accepted: AcceptedReview, by: str) -> None:
    """What became of the proposals, and what is still to do before ``check``."""
    criteria = accepted.criteria
    emit(
        context.say(
            "cli-accept-done", set=criteria.set, version=accepted.version, by=by, taken=accepted.taken,
            changed=accepted.changed, dropped=accepted.dropped, added=accepted.added,
        )
    )  # fmt: skip
    if accepted.undated:
        emit(context.say("cli-accept-undated", count=accepted.undated))
    code = "cli-accept-next" if criteria.units else "cli-accept-units"
    emit(context.say(code, set=criteria.set))

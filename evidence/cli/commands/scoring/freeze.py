"""``evidence score freeze, frozen, export, verify``: a year's points kept as they stand, and as one file to check."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.scores.freezing import check_file
from evidence.cli.commands.scoring.year_options import make_request, year_options
from evidence.cli.context import CliContext, login_name
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, printable, write_bytes
from evidence.messages import say

DAMAGED = 6


@click.command("freeze", cls=Command)
@click.argument("name", cls=Argument, metavar="cli-meta-name")
@year_options
@click.option("--by", cls=Option, metavar="cli-meta-name", help="cli-freeze-opt-by")
@click.option("--provisional", cls=Option, is_flag=True, help="cli-freeze-opt-provisional")
@click.pass_obj
def freeze(
    context: CliContext,
    name: str,
    file: Path | None,
    as_of: datetime.date | None,
    figures: Path | None,
    by: str | None,
    provisional: bool,
) -> None:
    with Archive.open(context.settings()) as archive:
        request = make_request(context, archive, file, as_of, figures)
        kept = archive.scores.freeze(request, name, by or login_name(), provisional)
    emit(context.say("cli-frozen-done", name=printable(kept.name), set=kept.criteria_set, sha256=kept.sha256))


@click.command("frozen", cls=Command)
@click.pass_obj
def list_frozen(context: CliContext) -> None:
    with Archive.open(context.settings()) as archive:
        every = archive.scores.frozen()
    for kept in every:
        emit(f"{printable(kept.name)}  {kept.criteria_set}  {kept.at[:16]}  {printable(kept.author)}  {kept.sha256}")
    if not every:
        context.tell("cli-frozen-none")


@click.command("export", cls=Command)
@click.argument("name", cls=Argument, metavar="cli-meta-name")
@click.option("-o", "--output", "target", cls=Option, required=True, type=click.Path(path_type=Path),
              metavar="cli-meta-file", help="cli-export-opt-output")  # fmt: skip
@click.pass_obj
def export(context: CliContext, name: str, target: Path) -> None:
    with Archive.open(context.settings()) as archive:
        data = archive.scores.export(name)
    write_bytes(target, data)
    context.tell("cli-written", path=printable(str(target)))


@click.command("verify", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.pass_obj
def verify_frozen(context: CliContext, file: Path) -> int:
    require_file(file)
    checked = check_file(file)
    scores = checked.scores
    emit(context.say("cli-frozen-head", name=printable(scores.name), set=printable(scores.criteria_set),
                     at=printable(scores.at[:16]), by=printable(scores.by), units=len(scores.units),
                     evidence=len(scores.evidence), sha256=checked.sha256))  # fmt: skip
    for fault in checked.faults:
        emit(f"  ! {printable(say(fault, context.language))}")
    emit(context.say("cli-frozen-wrong" if checked.faults else "cli-frozen-right"))
    return DAMAGED if checked.faults else 0

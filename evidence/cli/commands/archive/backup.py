"""``evidence backup``: the whole archive in one file."""

from __future__ import annotations

from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Argument, Command
from evidence.cli.output import emit, printable
from evidence.messages import say

DAMAGED = 6


@click.command("backup", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.pass_obj
def backup(context: CliContext, file: Path) -> int:
    with Archive.open(context.settings()) as archive:
        done = archive.backup(file)
    for damage in done.damages:
        emit(printable(say(damage.message, context.language)))
    emit(context.say("cli-backup-done", count=done.originals, size=f"{done.size / 1e6:.1f}", path=printable(str(file))))
    return DAMAGED if done.damages else 0

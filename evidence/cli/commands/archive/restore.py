"""``evidence restore``: an archive out of a backup."""

from __future__ import annotations

from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Argument, Command
from evidence.cli.output import emit, printable


@click.command("restore", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.pass_obj
def restore(context: CliContext, file: Path) -> None:
    settings = context.settings()
    volume = Archive.restore(settings, file)
    home = printable(str(settings.home))
    emit(context.say("cli-restore-done", documents=volume.documents, pages=volume.pages, home=home))

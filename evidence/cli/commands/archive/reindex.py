"""``evidence reindex``: the index made anew from the database."""

from __future__ import annotations

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command
from evidence.cli.output import emit


@click.command("reindex", cls=Command)
@click.pass_obj
def reindex(context: CliContext) -> None:
    with Archive.open(context.settings()) as archive:
        emit(context.say("cli-reindex-done", count=archive.reindex()))

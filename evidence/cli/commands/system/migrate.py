"""``evidence migrate``: the archive moves to other engines."""

from __future__ import annotations

import click

from evidence.archive.engines.moving import move_database, move_originals
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command, Option
from evidence.cli.output import emit, printable
from evidence.errors import UsageError


@click.command("migrate", cls=Command)
@click.option("--to", cls=Option, metavar="cli-meta-url", help="cli-migrate-opt-to")
@click.option("--originals", cls=Option, metavar="cli-meta-url", help="cli-migrate-opt-originals")
@click.pass_obj
def migrate(context: CliContext, to: str | None, originals: str | None) -> None:
    if to is None and originals is None:
        raise UsageError("cli-migrate-nothing")
    if to is not None:
        rows = move_database(context.settings(), to)
        emit(context.say("cli-migrate-database", rows=rows))
    if originals is not None:
        count = move_originals(context.settings(), originals)
        emit(context.say("cli-migrate-originals", count=count, url=printable(originals)))

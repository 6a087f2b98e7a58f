"""``evidence migrate``: the archive moves to other engines."""

from __future__ import annotations

import click

from evidence.archive.engines.moving import move_originals
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command, Option
from evidence.cli.output import emit, printable
from evidence.errors import UsageError


@click.command("migrate", cls=Command)
@click.option("--originals", cls=Option, metavar="cli-meta-url", help="cli-migrate-opt-originals")
@click.pass_obj
def migrate(context: CliContext, originals: str | None) -> None:
    if originals is None:
        raise UsageError("cli-migrate-nothing")
    count = move_originals(context.settings(), originals)
    emit(context.say("cli-migrate-originals", count=count, url=printable(originals)))

"""``evidence verify``: originals, database and index held against one another; every damage is named."""

from __future__ import annotations

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command
from evidence.cli.output import emit, printable
from evidence.messages import say

DAMAGED = 6


@click.command("verify", cls=Command)
@click.pass_obj
def verify(context: CliContext) -> int:
    with Archive.open(context.settings()) as archive:
        damages = archive.verify()
        volume = archive.volume()
    for damage in damages:
        emit(printable(say(damage.message, context.language)))
    lost = sum(damage.lost for damage in damages)
    if lost:
        emit(context.say("cli-verify-damaged", count=lost))
        return DAMAGED
    emit(context.say("cli-verify-whole", documents=volume.documents, pages=volume.pages))
    return 0

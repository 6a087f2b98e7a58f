"""``evidence reread``: records made again from the stored pages, without OCR."""

from __future__ import annotations

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command, Option
from evidence.cli.output import emit, printable
from evidence.messages import say

UNREADABLE = 3


@click.command("reread", cls=Command)
@click.option("--stale", cls=Option, is_flag=True, help="cli-reread-opt-stale")
@click.option("--queue", cls=Option, is_flag=True, help="cli-reread-opt-queue")
@click.pass_obj
def reread(context: CliContext, stale: bool, queue: bool) -> int:
    if queue:
        with Archive.open(context.settings(), indexing=False) as archive:
            emit(context.say("cli-reread-queued", count=archive.queue_rereading(stale)))
        return 0
    count = changed = failed = 0
    with Archive.open(context.settings()) as archive:
        for result in archive.reread(stale):
            count += 1
            changed += bool(result.changed)
            failed += result.problem is not None
            if result.problem:
                emit(
                    context.say(
                        "cli-reread-failed", path=printable(result.path), reason=say(result.problem, context.language)
                    )
                )
            if result.changed:
                emit(context.say("cli-reread-row", path=printable(result.path), fields=", ".join(result.changed)))
    emit(context.say("cli-reread-done", count=count, changed=changed))
    return UNREADABLE if failed else 0

"""``evidence criteria list``: the sets kept in the archive."""

from __future__ import annotations

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command
from evidence.cli.output import emit, printable
from evidence.model.criteria import walk_criteria


@click.command("list", cls=Command)
@click.pass_obj
def list_sets(context: CliContext) -> None:
    with Archive.open(context.settings()) as archive:
        sets = archive.criteria_sets()
    if not sets:
        context.tell("cli-list-empty")
    for kept in sets:
        criteria_set = kept.criteria
        emit(
            context.say(
                "cli-list-row",
                set=criteria_set.set,
                title=criteria_set.title,
                year=criteria_set.year,
                criteria=len(list(walk_criteria(criteria_set.criteria))),
                points=criteria_set.points,
                source=printable(kept.source),
                day=kept.day,
            )
        )
        for version in kept.versions:
            emit(
                context.say(
                    f"cli-list-{version.act}", number=version.number, by=printable(version.by),
                    day=f"{version.at.astimezone():%Y-%m-%d}", source=printable(version.source),
                )
            )  # fmt: skip

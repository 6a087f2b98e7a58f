"""``evidence score``: the group of commands on the points of a year; alone, the points of every unit."""

from __future__ import annotations

from evidence.cli.localized_click import CommandGroup

score = CommandGroup(
    "score",
    modules={
        "rank": "evidence.cli.commands.scoring.rank",
    },
)

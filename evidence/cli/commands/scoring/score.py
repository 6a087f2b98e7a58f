"""``evidence score``: the group of commands on the points of a year; alone, the points of every unit."""

from __future__ import annotations

from evidence.cli.localized_click import DefaultGroup

score = DefaultGroup(
    "score",
    modules={
        "show": "evidence.cli.commands.scoring.show_points",
        "rank": "evidence.cli.commands.scoring.rank",
        "explain": "evidence.cli.commands.scoring.explain",
        "compare": "evidence.cli.commands.scoring.compare",
        "check": "evidence.cli.commands.scoring.check_table",
        "freeze": "evidence.cli.commands.scoring.freeze",
        "frozen": "evidence.cli.commands.scoring.freeze",
        "export": "evidence.cli.commands.scoring.freeze",
        "verify": "evidence.cli.commands.scoring.freeze",
    },
    attributes={"show": "show_points", "check": "check_table", "frozen": "list_frozen", "verify": "verify_frozen"},
    default="show",
)

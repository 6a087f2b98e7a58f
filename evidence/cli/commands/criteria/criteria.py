"""``evidence criteria``: the group of commands on criteria sets."""

from __future__ import annotations

from evidence.cli.localized_click import CommandGroup

criteria = CommandGroup(
    "criteria",
    modules={
        "validate": "evidence.cli.commands.criteria.validate",
        "import": "evidence.cli.commands.criteria.import_set",
        "units": "evidence.cli.commands.criteria.set_units",
        "review": "evidence.cli.commands.criteria.review_set",
        "accept": "evidence.cli.commands.criteria.accept_review",
        "list": "evidence.cli.commands.criteria.list_sets",
        "show": "evidence.cli.commands.criteria.show_set",
    },
    attributes={
        "import": "import_set",
        "units": "set_units",
        "review": "review_set",
        "accept": "accept_review",
        "list": "list_sets",
        "show": "show_set",
    },
)

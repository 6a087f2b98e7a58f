"""``evidence survey``: the group of commands on surveys (điều tra xã hội học)."""

from __future__ import annotations

from evidence.cli.localized_click import CommandGroup

survey = CommandGroup(
    "survey",
    modules={
        "import": "evidence.cli.commands.scoring.import_survey",
        "show": "evidence.cli.commands.scoring.show_survey",
        "size": "evidence.cli.commands.scoring.sample_size",
    },
    attributes={"import": "import_survey", "show": "show_survey", "size": "sample_size"},
)

"""The migrations are one line, each file named by its number, and make the very tables that the program knows."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from evidence.store.migrations import HEAD, KNOWN


def test_migrations_are_one_line() -> None:
    config = Config()
    config.set_main_option("script_location", str(files("evidence.store") / "migrations"))
    config.set_main_option("recursive_version_locations", "true")
    folder = Path(str(files("evidence.store") / "migrations" / "versions"))
    numbers = sorted(file.name[1:5] for file in folder.rglob("v*.py"))
    assert numbers == list(KNOWN), "each migration has a number of its own: take the next one"
    revisions = list(ScriptDirectory.from_config(config).walk_revisions())
    assert [revision.revision for revision in revisions] == list(reversed(KNOWN)) and revisions[0].revision == HEAD

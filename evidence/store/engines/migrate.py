"""Runs the migrations, all inside one transaction of the caller's: a kill leaves the old state."""

from __future__ import annotations

import importlib
from importlib.resources import files

from sqlalchemy import Connection

from evidence.store.migrations import HEAD


def run_migrations(connection: Connection, version: str = HEAD) -> None:
    """Brings the tables to that version."""
    command = importlib.import_module("alembic.command")  # 0.3 s to import, and seldom needed
    config = importlib.import_module("alembic.config").Config()
    scripts = str(files("evidence.store") / "migrations")
    config.set_main_option("script_location", scripts.replace("%", "%%"))
    config.set_main_option("recursive_version_locations", "true")  # the first ones lie in a folder of their own
    config.attributes["connection"] = connection
    command.upgrade(config, version)

"""An archive as an earlier version of the program left it: made by that version's own migrations, filled with what the
present one holds as far as the earlier tables have room for it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from evidence.store.engines.sqlite import SqliteEngine


def take_back(home: Path, version: str) -> None:
    """The archive's database as of that migration (``0012``)."""
    file = home / "archive.db"
    early = file.with_name("early.db")
    SqliteEngine(early, 10.0).make(version)
    with sqlite3.connect(early) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("ATTACH DATABASE ? AS present", (str(file),))
        for (table,) in database.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            if table == "alembic_version" or table.startswith("sqlite_"):
                continue
            shared = {row[1] for row in database.execute(f"PRAGMA present.table_info({table})")}
            names = [row[1] for row in database.execute(f"PRAGMA main.table_info({table})") if row[1] in shared]
            columns = ", ".join(f'"{name}"' for name in names)
            database.execute(f"INSERT OR REPLACE INTO main.{table} ({columns}) SELECT {columns} FROM present.{table}")
    database.close()
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    early.rename(file)
    early.with_name("early.db-wal").unlink(missing_ok=True)

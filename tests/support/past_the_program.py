"""An archive's database as somebody has it who goes past the program, whichever database it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from evidence.store.engines.database_url import find_url
from evidence.store.engines.plain_reading import PlainConnection
from evidence.store.engines.postgres_reading import PostgresPlain, connect
from evidence.store.folder import open_folder

REFUSED = (sqlite3.IntegrityError, psycopg.IntegrityError)


@contextmanager
def open_past(home: Path, guarded: bool = False) -> Iterator[PlainConnection]:
    """A connection that nothing guards: neither the links between tables nor, without ``guarded``, that ledgers only
    grow (``REFUSED``). What was done is committed when the block ends, or sooner."""
    opened = open_folder(home)
    url = find_url(opened, None)
    if url is not None:
        with closing(connect(url, 5.0)) as connection:
            connection.autocommit = True
            plain = PostgresPlain(connection)
            if not guarded:
                plain.execute("SET session_replication_role = replica")
            yield plain
        return
    with closing(sqlite3.connect(opened.database)) as file:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = [] if guarded else file.execute(query).fetchall()
        for name, _ in triggers:
            file.execute(f"DROP TRIGGER {name}")
        yield file
        for _, made in triggers:
            file.execute(made)
        file.commit()

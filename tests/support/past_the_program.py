"""An archive's database as somebody has it who goes past the program, whichever database it is."""

from __future__ import annotations

import json
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg

from evidence.store.engines.database_url import find_url, parse_url
from evidence.store.engines.plain_reading import PlainConnection
from evidence.store.engines.postgres_reading import PostgresPlain, connect
from evidence.store.folder import open_folder, write_marker
from evidence.store.searches.index_place import NODE

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


def copy_archive(home: Path, copy: Path) -> Path:
    """The archive once more, of the same identity, in a folder and a database of its own, with the index it had."""
    shutil.copytree(home, copy)
    node = copy / NODE
    if node.is_file():  # the name holds for one file, and a copied folder would be one machine more
        node.write_text(json.dumps(json.loads(node.read_text()) | {"file": node.stat().st_ino}))
    opened = open_folder(copy)
    url = find_url(opened, None)
    if url is not None:
        new = parse_url(url.text.replace(url.name, f"{url.name[:40]}_{uuid.uuid4().hex[:8]}"), opened.archive)
        with closing(connect(url, 5.0, "postgres")) as connection:
            connection.execute(f'CREATE DATABASE "{new.name}" TEMPLATE "{url.name}" STRATEGY file_copy'.encode())
        write_marker(copy, replace(opened.marker, database=new.shown))
    return copy

"""An archive moved from one database to another, of whichever kind: every row, and the numbers that go on behind them.

The other database must be empty, and nobody else may have the archive open; its writers on other machines wait. Until
the marker names the new one, which is the last step, the archive is where it was. A file that is left is renamed, and a
database that is left tells no archive's identity any more: who still goes there is told, and writes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, delete, insert

from evidence.errors import ArchiveError, UsageError
from evidence.store.engines.database_engine import DatabaseEngine
from evidence.store.engines.database_url import parse_url
from evidence.store.engines.opening import PATIENCE, make_postgres
from evidence.store.engines.plain_reading import ARCHIVE
from evidence.store.engines.sqlite import SqliteEngine
from evidence.store.engines.table_copy import copy_tables, count_rows
from evidence.store.folder import DATABASE, ArchiveFolder, open_folder, write_marker
from evidence.store.schema import Fact
from evidence.store.store import Store

FILE = "sqlite"  # the word for the file in the archive's folder
LEFT = "archive-moved.db"  # what the file is called that an archive has left


def move_database(home: Path, to: str, given: str | None) -> int:
    """Moves the archive to the database of that URL, or into a file in its folder (``sqlite``); how many rows it has.
    ``given``: as of ``Store.open``. UsageError: it is there already, or that is no URL; ArchiveError: the other
    database is not empty or cannot be reached, or somebody else has the archive open."""
    opened = open_folder(home)
    with Store.open(home, alone=True, database=given) as store:
        store.check_writable()
        target, database = _make_target(opened, to)
        source = store.database.engine
        with source.translate_errors(), source.writer.begin() as reading:
            with target.translate_errors(), target.writer.begin() as writing:
                rows = _copy(source, reading, target, writing)
                _tell_identity(writing, opened.archive if database else None)
            target.reader.dispose()
            write_marker(home, replace(opened.marker, database=database))
            if opened.marker.database:
                _tell_identity(reading, f"{opened.archive} moved")
    if not opened.marker.database:
        (home / DATABASE).replace(home / LEFT)
    return rows


def _make_target(opened: ArchiveFolder, to: str) -> tuple[DatabaseEngine, str | None]:
    """The database that is moved to, new and empty, and what the marker is to say of it."""
    if to == FILE:
        if opened.marker.database is None:
            raise UsageError("database-same", home=opened.folder)
        file = SqliteEngine(opened.folder / DATABASE, PATIENCE)
        if file.is_there():
            raise ArchiveError("database-not-empty", "database-not-empty-hint", database=file.file)
        file.make()
        return file, None
    url = parse_url(to, opened.archive)
    if opened.marker.database == url.shown:
        raise UsageError("database-same", home=opened.folder)
    server = make_postgres(url, opened.folder, PATIENCE)
    server.make()
    return server, url.shown


def _copy(source: DatabaseEngine, reading: Connection, target: DatabaseEngine, writing: Connection) -> int:
    """All rows; ArchiveError where not all of them came over."""
    copied = copy_tables(reading, writing)
    target.set_counters(writing, source.read_counters(reading))
    if not copied == count_rows(writing) == count_rows(reading):
        raise ArchiveError("archive-damaged", "archive-damaged-hint", home=source.home)
    return sum(copied.values())


def _tell_identity(connection: Connection, archive: str | None) -> None:
    connection.execute(delete(Fact).where(Fact.name == ARCHIVE))
    if archive is not None:
        connection.execute(insert(Fact).values(name=ARCHIVE, value=archive))

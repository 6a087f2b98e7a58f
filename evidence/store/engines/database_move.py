"""An archive moved from one database to another, of whichever kind: every row, and the numbers that go on behind them.

The other database must be empty, and nobody else may have the archive open; its writers on other machines wait. Until
the marker names the new one, which is the last step, the archive is where it was: the next move begins a killed one
anew, or ends it where all rows had come over. A file that is left is renamed, and a database that is left tells no
archive's identity any more: who still goes there is told, and writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, delete, insert, inspect, text

from evidence.errors import ArchiveError, UsageError
from evidence.store.engines.all_tables import METADATA
from evidence.store.engines.database_engine import DatabaseEngine
from evidence.store.engines.database_url import parse_url
from evidence.store.engines.opening import PATIENCE, make_postgres
from evidence.store.engines.plain_reading import ARCHIVE
from evidence.store.engines.sqlite import SqliteEngine
from evidence.store.engines.table_copy import copy_tables, count_rows, find_difference
from evidence.store.folder import DATABASE, ArchiveFolder, open_folder, write_marker
from evidence.store.migrations import HEAD
from evidence.store.schema import Fact
from evidence.store.store import Store

FILE = "sqlite"  # the word for the file in the archive's folder
LEFT = "archive-moved.db"  # what the file is called that an archive has left
DRAFT = "archive-moving.db"  # and the one that it is going into


@dataclass(frozen=True, slots=True)
class MoveTarget:
    """Where an archive moves to. ``database``: what the marker is to say, None for a file in the folder; ``is_new``:
    nothing is in it; else a move before this one may have brought all rows there and been killed then."""

    engine: DatabaseEngine
    database: str | None
    is_new: bool


def move_database(home: Path, to: str, given: str | None) -> int:
    """Moves the archive to the database of that URL, or into a file in its folder (``sqlite``); how many rows it has.
    ``given``: another way to the database that it is kept in now; of one in a file it says nothing. UsageError: it is
    there already, or that is no URL; ArchiveError: the other database is not empty or cannot be reached, or somebody
    else has the archive open."""
    opened = open_folder(home)
    with Store.open(home, alone=True, database=given if opened.marker.database else None) as store:
        store.check_writable()
        source, target = store.database.engine, _find_target(opened, to)
        with source.translate_errors(), source.writer.begin() as reading:
            rows = _fill(source, reading, target, opened.archive)
            if target.database is None and target.is_new:
                (home / DRAFT).replace(home / DATABASE)
            write_marker(home, replace(opened.marker, database=target.database))
            if opened.marker.database:
                _tell_identity(reading, f"{opened.archive} moved")
    if not opened.marker.database:
        (home / DATABASE).replace(home / LEFT)
    return rows


def _find_target(opened: ArchiveFolder, to: str) -> MoveTarget:
    """The database that is moved to, with its tables."""
    if to == FILE:
        if opened.marker.database is None:
            raise UsageError("database-same", home=opened.folder)
        file = SqliteEngine(opened.folder / DATABASE, PATIENCE)
        if file.is_there():
            return MoveTarget(file, None, False)
        for name in (DRAFT, f"{DRAFT}-wal", f"{DRAFT}-shm", f"{DRAFT}-journal"):
            (opened.folder / name).unlink(missing_ok=True)
        draft = SqliteEngine(opened.folder / DRAFT, PATIENCE)
        draft.make()
        return MoveTarget(draft, None, True)
    url = parse_url(to, opened.archive)
    if opened.marker.database == url.shown:
        raise UsageError("database-same", home=opened.folder)
    server = make_postgres(url, opened.folder, PATIENCE)
    try:
        server.make()
    except ArchiveError as error:
        if error.message.code != "database-not-empty" or server.read_identity() not in (None, opened.archive):
            raise
        return MoveTarget(server, url.shown, False)
    return MoveTarget(server, url.shown, True)


def _fill(source: DatabaseEngine, reading: Connection, target: MoveTarget, archive: str) -> int:
    """Brings all rows over, unless they are there; how many."""
    engine = target.engine
    with engine.translate_errors(), engine.writer.begin() as writing:
        if not target.is_new and not _has_our_tables(writing):
            raise ArchiveError("database-not-empty", "database-not-empty-hint", database=engine.shown)
        there = {} if target.is_new else count_rows(writing)
        if not any(there.values()):
            _copy(source, reading, engine, writing)
            _tell_identity(writing, archive if target.database else None)
        elif find_difference(reading, writing, {ARCHIVE}) is not None:
            raise ArchiveError("database-not-empty", "database-not-empty-hint", database=engine.shown)
        rows = sum(count_rows(reading).values())
    engine.reader.dispose()
    return rows


def _has_our_tables(connection: Connection) -> bool:
    """Whether it has the tables of this version."""
    names = inspect(connection).get_table_names()
    if not {*METADATA.tables, "alembic_version"} <= set(names):
        return False
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version == HEAD


def _copy(source: DatabaseEngine, reading: Connection, target: DatabaseEngine, writing: Connection) -> None:
    """All rows; ArchiveError where not all of them came over."""
    copied = copy_tables(reading, writing)
    target.set_counters(writing, source.read_counters(reading))
    if not copied == count_rows(writing) == count_rows(reading):
        raise ArchiveError("archive-damaged", "archive-damaged-hint", home=source.home)


def _tell_identity(connection: Connection, archive: str | None) -> None:
    connection.execute(delete(Fact).where(Fact.name == ARCHIVE))
    if archive is not None:
        connection.execute(insert(Fact).values(name=ARCHIVE, value=archive))

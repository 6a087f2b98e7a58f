"""The SQLite file: how it is opened, written and brought to this version.

WAL, so that readers and one writer go on side by side; foreign keys on; ``synchronous=FULL``, so that what was
committed survives a power cut; every write begins IMMEDIATE (four writers with plain BEGIN gave 4,935 "database
is locked", with IMMEDIATE none). A connection lives for one transaction: reading forks children, and a child must
never hold a connection of its parent's. A process that stays and forks nothing (``resident``: the server, the worker
that finds anew) keeps its connections: opening one costs 3 ms, four times what a small read does.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

from evidence.errors import ArchiveError
from evidence.messages import Message
from evidence.store.engines.database_engine import MOST_FAULTS, MOST_KEPT, DatabaseEngine
from evidence.store.engines.migrate import run_migrations
from evidence.store.engines.plain_reading import PlainConnection
from evidence.store.engines.sqlite_reading import (
    check_length,
    has_log,
    make_address,
    read_sqlite_version,
    translate_errors,
)
from evidence.store.facts import Damage
from evidence.store.folder import hold_lock
from evidence.store.migrations import HEAD, KNOWN

DISK = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_IOERR: errno.EIO}


class SqliteEngine(DatabaseEngine):
    """One database file. ``patience`` is how many seconds a write waits for another's to end; ``resident``: connections
    are kept, and no child may ever be forked."""

    def __init__(self, file: Path, patience: float, frozen: bool = False, resident: bool = False) -> None:
        self.file, self.home, self.shown, self.frozen, self.address = file, file.parent, file.name, frozen, None
        address = make_address(file, frozen)
        self.reader = create_engine(
            "sqlite+pysqlite://",
            creator=lambda: sqlite3.connect(
                address, uri=True, timeout=patience, isolation_level=None, check_same_thread=not resident
            ),
            **(
                {"poolclass": QueuePool, "pool_size": MOST_KEPT, "max_overflow": -1}
                if resident
                else {"poolclass": NullPool}
            ),
        )
        event.listen(self.reader, "connect", _prepare if not frozen else _prepare_frozen)
        event.listen(self.reader, "begin", _begin)
        self.writer = self.reader.execution_options(immediate=True)

    def is_there(self) -> bool:
        """Whether the file lies there."""
        return self.file.is_file()

    def make(self, version: str = HEAD, archive: str | None = None) -> None:
        """The identity stands in the folder's marker: nobody comes to the file but through it."""
        with self.translate_errors():
            sqlite3.connect(self.file).close()
            with self.writer.begin() as connection:
                run_migrations(connection, version)

    def bring_up(self) -> None:
        with self.translate_errors():
            logged = has_log(self.file)
            with Session(self.reader) as session:
                connection = self.read_plainly(session)
                if not logged:
                    check_length(self.file, connection)
                version = read_sqlite_version(connection)
            if version is None:
                raise ArchiveError("archive-damaged", "archive-damaged-hint", home=self.home)
            if version not in KNOWN:
                raise ArchiveError("archive-newer", "archive-newer-hint", home=self.home)
            if version != HEAD:
                with self.writer.begin() as writing:
                    run_migrations(writing)

    def read_identity(self) -> str | None:
        return None

    def translate_errors(self) -> AbstractContextManager[None]:
        return translate_errors(self.home)

    def hold_alone(self, name: str) -> AbstractContextManager[None]:
        return hold_lock(self.home / f"{name}.lock")

    def read_plainly(self, session: Session) -> PlainConnection:
        connection = session.connection().connection.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        return connection

    def find_faults(self, session: Session) -> Iterator[Damage]:
        """What SQLite finds wrong with its own pages and with links between the tables."""
        for (detail,) in session.execute(text(f"PRAGMA integrity_check({MOST_FAULTS})")):
            if detail != "ok":
                yield Damage(self.shown, Message("verify-database", {"detail": str(detail)}))
        for table, *_ in session.execute(text("PRAGMA foreign_key_check")).fetchmany(MOST_FAULTS):
            yield Damage(self.shown, Message("verify-links", {"table": str(table)}))

    def snapshot(self, copy: Path) -> None:
        """In one step: in parts it would begin anew with every write of another process."""
        try:
            with closing(sqlite3.connect(copy)) as target:
                with closing(sqlite3.connect(make_address(self.file, self.frozen), uri=True)) as source:
                    source.backup(target, pages=-1)
                target.execute("PRAGMA journal_mode=DELETE")  # no log beside the copy
        except sqlite3.DatabaseError as error:
            number = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if number in DISK:
                raise OSError(DISK[number], os.strerror(DISK[number])) from error
            raise ArchiveError("archive-damaged", "archive-damaged-hint", home=self.home) from error

    def read_change(self, session: Session) -> str:
        """The number of the last mark that was ever set, also where it was taken away since (``findings.marks``)."""
        return str(session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'stale_marks'")) or 0)

    def read_place(self, session: Session) -> str:
        return f"file {self.file.stat().st_ino}"

    def read_counters(self, connection: Connection) -> dict[str, int]:
        counters = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        return {row.name: row.seq for row in counters}

    def set_counters(self, connection: Connection, counters: dict[str, int]) -> None:
        counted = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
        for name in connection.scalars(text(counted)).all():
            if name in counters:
                connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
                numbered = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)")
                connection.execute(numbered, {"name": name, "last": counters[name]})


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _prepare_frozen(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA query_only=ON")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

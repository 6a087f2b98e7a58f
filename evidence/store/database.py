"""The SQLite file: how it is opened, written and brought to this version, and what its failures mean.

WAL, so that readers and one writer go on side by side; foreign keys on; ``synchronous=FULL``, so that what was
committed survives a power cut; every write begins IMMEDIATE (four writers with plain BEGIN gave 4,935 "database
is locked", with IMMEDIATE none). A connection lives for one transaction: reading forks children, and a child must
never hold a connection of its parent's. A process that stays and forks nothing (``resident``: the server, the worker
that finds anew) keeps its connections: opening one costs 3 ms, four times what a small read does.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

from evidence.errors import ArchiveError
from evidence.store.migrations import HEAD, KNOWN
from evidence.store.searches.sqlite_reading import check_length, has_log, make_address, read_version, translate_errors

MOST_KEPT = 8  # connections at rest; threads that ask at the same time get more
T = TypeVar("T")


class _SharedSession(threading.local):
    """The session that all reading of a thread goes through while ``sharing`` is on."""

    session: Session | None = None


class Database:
    """One database file. ``patience`` is how many seconds a write waits for another's to end; ``resident``: connections
    are kept, and no child may ever be forked."""

    def __init__(self, file: Path, patience: float, frozen: bool = False, resident: bool = False) -> None:
        self._file, self._frozen = file, frozen
        self.address = make_address(file, frozen)
        self._engine = create_engine(
            "sqlite+pysqlite://",
            creator=lambda: sqlite3.connect(
                self.address, uri=True, timeout=patience, isolation_level=None, check_same_thread=not resident
            ),
            **(
                {"poolclass": QueuePool, "pool_size": MOST_KEPT, "max_overflow": -1}
                if resident
                else {"poolclass": NullPool}
            ),
        )
        event.listen(self._engine, "connect", _prepare if not frozen else _prepare_frozen)
        event.listen(self._engine, "begin", _begin)
        self._writer = self._engine.execution_options(immediate=True)
        self._shared = _SharedSession()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the archive. ArchiveError where the database fails."""
        with self._translate_errors():
            if self._shared.session is not None:
                yield self._shared.session
                return
            with Session(self._engine) as session:
                yield session

    @contextmanager
    def sharing(self) -> Iterator[None]:
        """All that this thread reads in the block goes through one connection and sees one moment: not what it writes
        itself meanwhile. No child may be forked in it. ArchiveError where the database fails."""
        if self._shared.session is not None:
            yield
            return
        with self._translate_errors(), Session(self._engine) as session:
            self._shared.session = session
            try:
                yield
            finally:
                self._shared.session = None

    def recall(self, name: Hashable, read: Callable[[], T]) -> T:
        """What ``read`` gives; in a ``sharing`` block it is read once under that name, for nothing changes there."""
        session = self._shared.session
        if session is None:
            return read()
        if name not in session.info:
            session.info[name] = read()
        return cast(T, session.info[name])

    @contextmanager
    def connecting(self) -> Iterator[sqlite3.Connection]:
        """The same for plain SQL."""
        with self.reading() as session:
            connection = session.connection().connection.driver_connection
            assert isinstance(connection, sqlite3.Connection)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are all made, durably, when the block ends, or none. ArchiveError as above."""
        self.check_writable()
        with self._translate_errors(), Session(self._writer) as session, session.begin():
            yield session

    def check_writable(self) -> None:
        """ArchiveError where the archive is read-only."""
        if self._frozen:
            raise ArchiveError("archive-read-only", "archive-read-only-hint", home=self._file.parent)

    def close(self) -> None:
        """Lets go of the connections that are kept."""
        self._engine.dispose()

    def make(self, version: str = HEAD) -> None:
        """Makes the file with all tables of that version."""
        with self._translate_errors():
            sqlite3.connect(self._file).close()
            self._migrate(self._writer, version)

    def bring_up(self) -> None:
        """Brings an older database to this version. ArchiveError where it is newer, or none of ours."""
        with self._translate_errors():
            logged = has_log(self._file)
            with self.connecting() as connection:
                if not logged:
                    check_length(self._file, connection)
                version = read_version(connection)
            if version is None:
                raise ArchiveError("archive-damaged", "archive-damaged-hint", home=self._file.parent)
            if version not in KNOWN:
                raise ArchiveError("archive-newer", "archive-newer-hint", home=self._file.parent)
            if version != HEAD:
                self._migrate(self._writer)

    def _migrate(self, engine: Engine, version: str = HEAD) -> None:
        from alembic import command  # 0.3 s to import, and seldom needed
        from alembic.config import Config

        config = Config()
        scripts = str(files("evidence.store") / "migrations")
        config.set_main_option("script_location", scripts.replace("%", "%%"))
        config.set_main_option("recursive_version_locations", "true")  # the first ones lie in a folder of their own
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, version)

    def _translate_errors(self) -> AbstractContextManager[None]:
        return translate_errors(self._file.parent)


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _prepare_frozen(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA query_only=ON")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

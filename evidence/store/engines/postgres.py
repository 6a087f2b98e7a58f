"""PostgreSQL by a URL: several machines on one database that others keep, through psycopg 3.

Writers take one advisory lock a database, held until their transaction ends: the twin of SQLite's BEGIN IMMEDIATE.
What was read in the transaction then still holds when it is written: two announcements give two revisions, and the
numbers of rows come in the order in which they are committed, so that an index that has read up to one has missed none
before it. READ COMMITTED for them, since a snapshot would be taken before the lock is; readers have REPEATABLE READ:
one moment, without waiting for anybody. A lock is waited for no longer than SQLite's would be.

A connection lives for one transaction, or is kept (``resident``), as of SQLite.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Connection, create_engine, event, insert, text
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

from evidence.errors import ArchiveError
from evidence.messages import Message
from evidence.store.engines import postgres_schema
from evidence.store.engines.all_tables import METADATA
from evidence.store.engines.database_engine import MOST_FAULTS, MOST_KEPT, DatabaseEngine
from evidence.store.engines.database_url import DatabaseUrl
from evidence.store.engines.plain_reading import ARCHIVE, PlainConnection
from evidence.store.engines.postgres_lock import hold_advisory_lock, make_lock_key
from evidence.store.engines.postgres_reading import (
    IDENTITY,
    TABLES,
    PostgresPlain,
    answers_in_time,
    check_database,
    connect,
    translate_errors,
)
from evidence.store.engines.sqlite import SqliteEngine
from evidence.store.engines.table_copy import copy_tables, count_broken_links
from evidence.store.facts import Damage
from evidence.store.folder import hold_lock
from evidence.store.migrations import HEAD
from evidence.store.schema import Fact

NEW = "new"  # in the pool's entry of a connection that nobody used yet
ALEMBIC = "alembic_version"  # the table that tells the version of the others
MAINTENANCE = "postgres"  # the database from which a new one is made
NEW_DATABASE = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"


WRITER = make_lock_key("writer")


class PostgresEngine(DatabaseEngine):
    """One database. ``patience``: seconds that a write waits for another's; ``resident``: connections are kept;
    ``archive``: the identity that it must tell, where one is known."""

    def __init__(
        self, url: DatabaseUrl, home: Path, patience: float, frozen: bool, resident: bool, archive: str | None
    ) -> None:
        self.url, self.home, self.shown, self.frozen, self._archive = url, home, url.shown, frozen, archive
        self._patience, self.address = patience, url.text
        engine = create_engine(
            "postgresql+psycopg://",
            creator=lambda: connect(url, patience),
            **(
                {"poolclass": QueuePool, "pool_size": MOST_KEPT, "max_overflow": -1}
                if resident
                else {"poolclass": NullPool}
            ),
        )
        event.listen(engine, "begin", _begin)
        if resident:
            event.listen(engine, "connect", _note_new)
            event.listen(engine, "checkout", _check_answering)
        self.reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self.writer = engine.execution_options(isolation_level="READ COMMITTED", locked=True)

    def make(self, version: str = HEAD, archive: str | None = None) -> None:
        with self.translate_errors():
            self._make_database()
            with self.writer.begin() as connection:
                if connection.scalars(text(TABLES)).first() is not None:
                    raise ArchiveError("database-not-empty", "database-not-empty-hint", database=self.shown)
                if connection.scalar(text("SHOW server_encoding")) != "UTF8":
                    raise ArchiveError("database-encoding", database=self.shown)
                postgres_schema.make_tables(connection, version)
                if archive is not None:
                    connection.execute(insert(Fact).values(name=ARCHIVE, value=archive))

    def bring_up(self) -> None:
        with self.translate_errors():
            with Session(self.reader) as session:
                version = check_database(self.read_plainly(session), self.url, self.home, self._archive)
            if version != HEAD:
                with self.writer.begin() as connection:
                    postgres_schema.bring_up_tables(connection)

    def read_identity(self) -> str | None:
        with self.translate_errors(), self.reader.connect() as connection:
            if ALEMBIC not in connection.scalars(text(TABLES)).all():
                return None
            identity: str | None = connection.scalar(text(IDENTITY))
            return identity

    def translate_errors(self) -> AbstractContextManager[None]:
        return translate_errors(self.home, self.url)

    @contextmanager
    def hold_alone(self, name: str) -> Iterator[None]:
        """This folder's lock first: who waits there asks the server nothing."""
        lock = hold_advisory_lock(self.url, self._patience, name)
        with hold_lock(self.home / f"{name}.lock"), self.translate_errors(), lock:
            yield

    def read_plainly(self, session: Session) -> PlainConnection:
        connection = session.connection().connection.driver_connection
        assert isinstance(connection, psycopg.Connection)
        return PostgresPlain(connection)

    def find_faults(self, session: Session) -> Iterator[Damage]:
        """Links between tables are looked at though PostgreSQL guards them, since a damaged index guards nothing; and
        whether what guards the ledgers was switched off. Its own files PostgreSQL checks where checksums are on."""
        for table in METADATA.sorted_tables:
            if count_broken_links(session.connection(), table):
                yield Damage(self.shown, Message("verify-links", {"table": table.name}))
        for name in postgres_schema.missing_triggers(session.connection())[:MOST_FAULTS]:
            yield Damage(self.shown, Message("verify-triggers", {"table": name}))

    def snapshot(self, copy: Path) -> None:
        target = SqliteEngine(copy, self._patience)
        target.make()
        with self.translate_errors(), self.reader.connect() as source, target.writer.begin() as connection:
            copy_tables(source, connection)
            target.set_counters(connection, self.read_counters(source))
        with sqlite3.connect(copy) as closed:
            closed.execute("PRAGMA journal_mode=DELETE")  # no log beside the copy
        closed.close()

    def read_change(self, session: Session) -> str:
        """The number of the last mark (``findings.marks``), which stays when others are taken away. Not the sequence's:
        it tells of marks before they are committed; not the snapshot's: any transaction makes it another one."""
        return str(session.scalar(text("SELECT max(id) FROM stale_marks")) or 0)

    def read_place(self, session: Session) -> str:
        """A cluster's own number is drawn when it is made, and stays with its stand-bys; where the account may not ask
        for it, the database's name must do."""
        may = session.scalar(text("SELECT has_function_privilege('pg_control_system()', 'execute')"))
        cluster = session.scalar(text("SELECT system_identifier FROM pg_control_system()")) if may else "-"
        return f"{cluster} {self.url.name}"

    def read_counters(self, connection: Connection) -> dict[str, int]:
        return {
            table: last
            for table, sequence in _sequences(connection).items()
            if (last := connection.scalar(text(f"SELECT last_value FROM {sequence} WHERE is_called"))) is not None
        }

    def set_counters(self, connection: Connection, counters: dict[str, int]) -> None:
        for table, sequence in _sequences(connection).items():
            last = connection.scalar(text(f"SELECT max(id) FROM {table}")) or 0
            last = max(last, counters.get(table, 0))
            if last:
                connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})

    def _make_database(self) -> None:
        """Makes the database itself where the server has none of that name. psycopg.Error where we may not."""
        try:
            connect(self.url, self._patience).close()
        except psycopg.OperationalError:
            with connect(self.url, self._patience, MAINTENANCE) as connection:
                named = "SELECT 1 FROM pg_database WHERE datname = %s"
                if connection.execute(named, (self.url.name,)).fetchone() is not None:
                    raise  # it is there, and does not let us in
                connection.execute(sql.SQL(NEW_DATABASE).format(sql.Identifier(self.url.name)))


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("locked", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER})")


def _check_answering(connection: psycopg.Connection, record: ConnectionPoolEntry, _: object) -> None:
    """Before a kept connection is used: where it does not answer, it and the others that are kept are let go of."""
    if record.info.pop(NEW, False) or answers_in_time(connection):
        return
    raise InvalidatePoolError


def _note_new(connection: psycopg.Connection, record: ConnectionPoolEntry) -> None:
    record.info[NEW] = True


def _sequences(connection: Connection) -> dict[str, str]:
    """The sequence that gives a table's rows their numbers, by table."""
    query = "SELECT table_name, pg_get_serial_sequence(table_name, 'id') FROM information_schema.columns "
    query += "WHERE table_schema = current_schema() AND column_name = 'id'"
    return {table: sequence for table, sequence in connection.execute(text(query)) if sequence}

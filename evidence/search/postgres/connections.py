"""Connections to the database that holds the index: a few are kept; whoever writes holds the lock on one of its own."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

import psycopg
from psycopg import errors

T = TypeVar("T")
KEPT = 4  # connections at rest
MOVED = (errors.UndefinedTable, errors.InternalError_)  # the index was made anew meanwhile
SETTINGS = b"SET enable_seqscan = off; SET jit = off; SET client_min_messages = warning"
"""No plan of ours reads a table from end to end where an index answers, however few rows are thought to match."""


class IndexConnections:
    """``database``: where it is, as libpq has it."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._idle: list[psycopg.Connection] = []
        self._process = os.getpid()
        self._lock = Lock()

    def read(self, work: Callable[[psycopg.Connection], T]) -> T:
        """What the work gives, which sees one moment of the database. Done once more where the connection was lost
        while it was at rest, or the index was replaced while it was read."""
        connection = self._take()
        try:
            return _see_one_moment(connection, work)
        except (psycopg.OperationalError, *MOVED):
            if connection.closed:
                connection = self._open()
            return _see_one_moment(connection, work)
        finally:
            self._give_back(connection)

    @contextmanager
    def locking(self, name: str, wait: bool) -> Iterator[psycopg.Connection | None]:
        """A connection of its own that holds the lock of that name; None where another holds it. Where the connection
        is lost, so is the lock, and nothing more is written by it."""
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        connection = self._open()
        try:
            function = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
            row = connection.execute(f"SELECT {function}(%s)::text".encode(), (number,)).fetchone()
            yield None if row is not None and row[0] == "false" else connection
        finally:
            connection.close()

    @contextmanager
    def opening(self) -> Iterator[psycopg.Connection]:
        """A connection of its own, without the lock."""
        connection = self._open()
        try:
            yield connection
        finally:
            connection.close()

    def _open(self) -> psycopg.Connection:
        connection = psycopg.connect(self._database, autocommit=True, client_encoding="UTF8", prepare_threshold=1)
        connection.execute(SETTINGS)
        return connection

    def _take(self) -> psycopg.Connection:
        with self._lock:
            if self._process != os.getpid():  # a child's connections would be its parent's
                self._idle, self._process = [], os.getpid()
            if self._idle:
                return self._idle.pop()
        return self._open()

    def _give_back(self, connection: psycopg.Connection) -> None:
        with self._lock:
            if not connection.closed and len(self._idle) < KEPT and self._process == os.getpid():
                self._idle.append(connection)
                return
        connection.close()


def _see_one_moment(connection: psycopg.Connection, work: Callable[[psycopg.Connection], T]) -> T:
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return work(connection)

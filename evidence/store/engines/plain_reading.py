"""Reading a database by plain SQL, whichever it is: values stand for ``?``, in order, as SQLite has them.

What a search asks is asked so: the mapper takes longer to load than a search takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

ARCHIVE = "archive"  # the fact that tells whose database it is, where an address leads to it
PlainRow = Any  # a tuple of columns; drivers hand it over untyped


class PlainRows(Protocol):
    """The rows that a query selects."""

    def fetchone(self) -> PlainRow: ...

    def fetchall(self) -> list[PlainRow]: ...

    def __iter__(self) -> Iterator[PlainRow]: ...


class PlainConnection(Protocol):
    """A connection that sees one moment of the database."""

    def execute(self, query: str, values: Sequence[object] = (), /) -> PlainRows: ...


class ReadConnections(Protocol):
    """Where plain SQL is asked: the whole database (``store.database``), or what reads and does nothing else."""

    def connecting(self) -> AbstractContextManager[PlainConnection]:
        """A connection that sees one moment of the archive. ArchiveError where the database fails."""
        ...

    def sharing(self) -> AbstractContextManager[None]:
        """All that this thread reads in the block sees one moment. ArchiveError as above."""
        ...


class PlainReading(ReadConnections, Protocol):
    """One database, for one thread, that is read and nothing else: a connection a block, or one that ``sharing`` holds.
    Who is one, says how a connection is ``opened`` and what failures mean."""

    shared: PlainConnection | None = None

    def opened(self) -> AbstractContextManager[PlainConnection]:
        """A new connection that sees one moment, closed after the block."""
        ...

    def translate_errors(self) -> AbstractContextManager[None]:
        """Turns what the database says into an ArchiveError."""
        ...

    @contextmanager
    def connecting(self) -> Iterator[PlainConnection]:
        with self.translate_errors():
            if self.shared is not None:
                yield self.shared
                return
            with self.opened() as connection:
                yield connection

    @contextmanager
    def sharing(self) -> Iterator[None]:
        with self.connecting() as connection:
            before, self.shared = self.shared, connection
            try:
                yield
            finally:
                self.shared = before

    def read_version(self, archive: str) -> str | None:
        """The version of its tables. ArchiveError where it is not there, damaged, or not that archive's."""
        ...


def read_version(connection: PlainConnection, tables: str) -> str | None:
    """The version of the tables; None: there are none of ours. ``tables``: a query for the names of all tables."""
    names = {name for (name,) in connection.execute(tables)}
    if "alembic_version" not in names:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None

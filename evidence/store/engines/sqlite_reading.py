"""Reading an SQLite file by plain SQL, and what holds of the file for everybody: its address, what its failures mean,
whether it was cut off."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from evidence.errors import ArchiveError
from evidence.store.engines.plain_reading import PlainConnection, PlainReading, read_version

CAUSES = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_CANTOPEN: "read-only",
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_IOERR: "disk-error",
}


class SqliteReading(PlainReading):
    """One file."""

    def __init__(self, file: Path, patience: float, frozen: bool) -> None:
        self._file, self._patience, self._frozen = file, patience, frozen

    @contextmanager
    def opened(self) -> Iterator[PlainConnection]:
        address = make_address(self._file, self._frozen)
        connection = sqlite3.connect(address, uri=True, timeout=self._patience, isolation_level=None)
        try:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("BEGIN")
            yield connection
        finally:
            connection.close()

    def translate_errors(self) -> AbstractContextManager[None]:
        return translate_errors(self._file.parent)

    def read_version(self, archive: str) -> str | None:
        """Whose it is, the folder says that it lies in."""
        if not self._file.is_file():
            raise ArchiveError("archive-damaged", "archive-damaged-hint", home=self._file.parent)
        logged = has_log(self._file)
        with self.connecting() as connection:
            if not logged:
                check_length(self._file, connection)
            return read_sqlite_version(connection)


def make_address(file: Path, frozen: bool) -> str:
    """The file as SQLite is told of it. A frozen database lies where nothing can be written; its log must be written
    unless SQLite is told that nothing changes."""
    quoted = str(file).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{quoted}?mode={'ro&immutable=1' if frozen else 'rw'}"


def has_log(file: Path) -> bool:
    """Whether a log lies beside the database, which may complete a shorter file; asked before a connection makes one.
    ArchiveError: the database may not be read."""
    if not os.access(file, os.R_OK):
        raise ArchiveError("archive-no-permission", "archive-no-permission-hint", home=file.parent)
    return file.with_name(f"{file.name}-wal").exists()


def check_length(file: Path, connection: PlainConnection) -> None:
    """ArchiveError: the file is shorter than its own header says: it was cut off. The header is asked of SQLite: a
    handle of ours on the file, when it is closed, takes away the locks that this process holds there."""
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    if file.stat().st_size < pages * size:
        raise ArchiveError("archive-damaged", "archive-damaged-hint", home=file.parent)


def read_sqlite_version(connection: PlainConnection) -> str | None:
    """The version of the tables; None: there are none of ours."""
    return read_version(connection, "SELECT name FROM sqlite_master WHERE type = 'table'")


@contextmanager
def translate_errors(home: Path) -> Iterator[None]:
    """Turns what the database says into a sentence, by its code, never by its text."""
    try:
        yield
    except Exception as error:
        origin = getattr(error, "orig", error)  # the mapper wraps what SQLite raises
        cause = CAUSES.get(getattr(origin, "sqlite_errorcode", 0) & 0xFF) if isinstance(origin, sqlite3.Error) else None
        if cause is None:
            raise
        raise ArchiveError(f"archive-{cause}", f"archive-{cause}-hint", home=home) from error

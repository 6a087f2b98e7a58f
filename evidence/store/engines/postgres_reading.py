"""PostgreSQL by plain SQL, and what holds of every connection to it: its settings, its texts, what its failures mean.

Texts: PostgreSQL keeps neither U+0000 nor half a surrogate pair, which names in packages and what people type may
hold. They are written behind U+FDD0, a code point that Unicode gives to no letter, and come back as they were.
"""

from __future__ import annotations

import re
import select
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
from psycopg.adapt import Buffer
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import ConnStatus
from psycopg.types.string import StrDumper, StrDumperUnknown, TextLoader

from evidence.errors import ArchiveError, UsageError
from evidence.store.engines.database_url import DatabaseUrl
from evidence.store.engines.plain_reading import (
    ARCHIVE,
    PlainConnection,
    PlainReading,
    PlainRow,
    PlainRows,
    read_version,
)
from evidence.store.migrations import KNOWN

OLDEST = 150_000  # the first server version that is tried, as libpq counts
IDENTITY = f"SELECT value FROM facts WHERE name = '{ARCHIVE}'"
TABLES = (  # of whoever they are: the standard's own list leaves out those that we may not read
    "SELECT relname FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace "
    "WHERE nspname = current_schema() AND relkind IN ('r', 'p', 'v', 'm', 'f')"
)
CAUSES = {
    "55P03": "busy",  # lock_not_available: another wrote longer than we wait
    "53100": "disk-full",
    "58030": "disk-error",
    "XX001": "damaged",
    "XX002": "damaged",
    "25006": "read-only",
}  # https://www.postgresql.org/docs/15/errcodes-appendix.html
UNREACHABLE = (
    "08",
    "28",
    "3D",
    "53",
    "57",
)  # classes: connection, authorization, no such database, resources, shutdown
NOT_ALLOWED = "42501"
SETTINGS = {
    "timezone": "UTC",
    "tcp_keepalives_idle": "20",  # a machine that vanished holds no lock longer than half a minute
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
NETWORK = {  # what libpq and the kernel of this machine do: a server that vanished is given up within half a minute
    "connect_timeout": "5",
    "keepalives_idle": "20",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
ANSWER_SECONDS = 3.0  # that a kept connection has to answer before it is used

_MARK = "\ufdd0"
_MARK_BYTES = _MARK.encode()
_UNKEPT = re.compile("[\x00\ufdd0\ud800-\udfff]")
_KEPT = re.compile("\ufdd0([0-9a-f]{4})")


def escape_text(text: str) -> str:
    """The text as PostgreSQL can keep it; any other than of such letters is as it was."""
    return _UNKEPT.sub(lambda match: f"{_MARK}{ord(match[0]):04x}", text)


def unescape_text(text: str) -> str:
    """The text as it was."""
    return _KEPT.sub(lambda match: chr(int(match[1], 16)), text)


class _Dumper(StrDumper):
    def dump(self, obj: str) -> Buffer | None:
        return super().dump(escape_text(obj))


class _UnknownDumper(StrDumperUnknown):
    def dump(self, obj: str) -> Buffer | None:
        return super().dump(escape_text(obj))


class _Loader(TextLoader):
    def load(self, data: Buffer) -> str:
        text = bytes(data).decode()
        return unescape_text(text) if _MARK in text else text


def connect(url: DatabaseUrl, patience: float, maintenance: str | None = None) -> psycopg.Connection:
    """A connection of ours; ``patience``: seconds that a write waits for another's; ``maintenance``: another database
    of the same server, each statement for itself. psycopg.Error where there is none; UsageError: a parameter of the
    URL is none; ArchiveError: a server older than we know."""
    try:
        given = conninfo_to_dict(url.text)
    except psycopg.ProgrammingError as error:
        raise UsageError("database-url-parameter", detail=str(error).strip()) from error
    options = [f"-c {name}={value}" for name, value in SETTINGS.items()]
    options += [f"-c lock_timeout={int(patience * 1000)}", str(given.get("options") or "")]
    fixed = {"client_encoding": "UTF8", "options": " ".join(options).strip()}
    own = {**NETWORK, "application_name": "evidence", **given, **fixed}
    if maintenance is not None:
        return psycopg.connect(autocommit=True, **(own | {"dbname": maintenance}))  # type: ignore[arg-type]
    connection = psycopg.connect(**own)  # type: ignore[arg-type]
    if connection.info.server_version < OLDEST:
        found = connection.info.server_version // 10_000
        connection.close()
        raise ArchiveError(
            "database-old", "database-old-hint", database=url.shown, found=found, oldest=OLDEST // 10_000
        )
    for dumper in (_Dumper, _UnknownDumper):  # the last is the one that is asked first
        connection.adapters.register_dumper(str, dumper)
    for name in ("text", "varchar"):
        connection.adapters.register_loader(name, _Loader)
    return connection


def answers_in_time(connection: psycopg.Connection) -> bool:
    """Whether the server answers an empty query on that idle connection within ``ANSWER_SECONDS``. A server that hangs
    keeps its connections open, and a query on one would be waited for without end."""
    wire, last = connection.pgconn, time.monotonic() + ANSWER_SECONDS
    try:
        wire.send_query(b"")
        poll = select.poll()
        poll.register(wire.socket, select.POLLIN)
        while (left := last - time.monotonic()) > 0:
            wire.flush()
            while not wire.is_busy():
                if wire.get_result() is None:
                    return wire.status == ConnStatus.OK
            if poll.poll(left * 1000):
                wire.consume_input()
    except psycopg.OperationalError:
        return False
    return False


class PostgresPlain(PlainConnection):
    """A connection for plain SQL."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def execute(self, query: str, values: Sequence[object] = (), /) -> PlainRows:
        cursor: psycopg.Cursor[PlainRow] = self._connection.cursor()
        return cursor.execute(query.replace("?", "%s").encode(), tuple(values))


class PostgresReading(PlainReading):
    """One database."""

    def __init__(self, url: DatabaseUrl, home: Path, patience: float) -> None:
        self._url, self._home, self._patience = url, home, patience

    @contextmanager
    def opened(self) -> Iterator[PlainConnection]:
        connection = connect(self._url, self._patience)
        try:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            yield PostgresPlain(connection)
        finally:
            connection.close()

    def translate_errors(self) -> AbstractContextManager[None]:
        return translate_errors(self._home, self._url)

    def read_version(self, archive: str) -> str | None:
        with self.connecting() as connection:
            return check_database(connection, self._url, self._home, archive)


def check_database(connection: PlainConnection, url: DatabaseUrl, home: Path, archive: str | None) -> str:
    """The version of its tables. ArchiveError where there are none, they are of a newer version than we know, or not
    those of ``archive``, where that is known."""
    version = read_version(connection, TABLES)
    if version is None:
        raise ArchiveError("database-none", "database-none-hint", database=url.shown)
    if version not in KNOWN:
        raise ArchiveError("archive-newer", "archive-newer-hint", home=home)
    if archive is not None and connection.execute(IDENTITY).fetchone() != (archive,):
        raise ArchiveError("database-of-another", "database-of-another-hint", home=home, database=url.shown)
    return version


@contextmanager
def translate_errors(home: Path, url: DatabaseUrl) -> Iterator[None]:
    """Turns what the database says into a sentence, by its code, never by its text."""
    try:
        yield
    except Exception as error:
        origin = getattr(error, "orig", error)  # the mapper wraps what the driver raises
        if not isinstance(origin, psycopg.Error):
            raise
        state = origin.sqlstate or ""
        params = {"home": home, "database": url.shown}
        if state in CAUSES:
            raise ArchiveError(f"archive-{CAUSES[state]}", f"archive-{CAUSES[state]}-hint", **params) from error
        if state == NOT_ALLOWED:
            raise ArchiveError("database-rights", "database-rights-hint", detail=_detail(origin), **params) from error
        lost = isinstance(origin, psycopg.OperationalError) and not state
        if lost or state.startswith(UNREACHABLE):
            detail = _detail(origin)
            raise ArchiveError("database-unreachable", "database-unreachable-hint", detail=detail, **params) from error
        raise


def _detail(error: psycopg.Error) -> str:
    """What the server or libpq says, in one line: of several attempts the last that failed, without the advice that
    libpq adds in further lines."""
    lines = [line.strip(" -") for line in str(error).splitlines() if line.strip() and not line.startswith("\t")]
    failed = [line for line in lines if "failed" in line or "error" in line.lower()]
    return ((failed or lines[:1] or [error.sqlstate or type(error).__name__])[-1]).rstrip(".")

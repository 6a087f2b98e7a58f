"""All archives of the tests on PostgreSQL, where ``EVIDENCE_TEST_DATABASE=postgresql`` asks for it: each new one gets a
database of its own, made from a template; gone after the test. Archives that other processes make lie in files, for
they hear nothing of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from evidence.store.engines import opening
from evidence.store.engines.database_url import parse_url
from evidence.store.engines.opening import MarkerContent
from evidence.store.engines.plain_reading import ARCHIVE
from tests.support.servers.postgres_server import find_postgres, run_postgres

CHOICE = "EVIDENCE_TEST_DATABASE"
MEMORY = Path("/dev/shm")  # where files need no disk
PREFIX = "kho_"
MAKE = opening.make_database


class PostgresArchives:
    """The databases of one server. ``url`` has a place for the name."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._templated = False
        self._server = self.connect("postgres")  # kept: every test asks it twice

    def list_names(self) -> set[str]:
        rows = self._server.execute("SELECT datname FROM pg_database")
        return {name for (name,) in rows if name.startswith(PREFIX)}

    def drop(self, names: set[str]) -> None:
        for name in names:
            self._server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())

    def close(self) -> None:
        self._server.close()

    def make(self, folder: Path, archive: str, given: str | None) -> MarkerContent:
        """In the place of ``opening.make_database``."""
        named = parse_url(given or self.pattern, archive)
        if not named.name.startswith(PREFIX):
            return MAKE(folder, archive, given)
        if not self._templated:
            opening.make_postgres(parse_url(self.url.format(name="blank"), ""), folder, 5.0).make()
            self._templated = True
        self._server.execute(f'CREATE DATABASE "{named.name}" TEMPLATE blank STRATEGY file_copy'.encode())
        with self.connect(named.name) as connection:
            connection.execute("INSERT INTO facts (name, value) VALUES (%s, %s)", (ARCHIVE, archive))
        return MarkerContent(archive, named.shown)

    @property
    def pattern(self) -> str:
        """What the program's own setting says."""
        return self.url.format(name=f"{PREFIX}{{archive}}")

    def connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(self.url.format(name=name), autocommit=True)


def is_asked_for() -> bool:
    return os.environ.get(CHOICE, "") == "postgresql"


@contextmanager
def keep_archives_on_postgres(patch: pytest.MonkeyPatch) -> Iterator[PostgresArchives]:
    """As long as the block runs."""
    programs = find_postgres()
    if programs is None:
        pytest.exit(f"{CHOICE}: there is no PostgreSQL here; `make test-postgres` installs it", 4)
    with (
        TemporaryDirectory(prefix="pg-", dir=MEMORY if MEMORY.is_dir() else None) as folder,
        run_postgres(programs, Path(folder)) as url,
        closing(PostgresArchives(url)) as archives,
    ):
        patch.setattr(opening, "make_database", archives.make)
        yield archives

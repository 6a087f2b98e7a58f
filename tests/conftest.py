"""What holds for all tests: where the real documents are absent, those marked ``real`` are skipped, each with the same
words; a new archive's database is the same each time and is migrated once a process, and lies in PostgreSQL where that
is asked for; property tests draw the same cases; no test is silenced by one before it."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from evidence.store.engines.sqlite import HEAD, SqliteEngine
from tests.support.servers.postgres_archives import PostgresArchives, is_asked_for, keep_archives_on_postgres

RANDOM = "EVIDENCE_RANDOM_CASES"
"""Set, property tests draw other cases each time; else the same, so that one change is judged like the next."""
settings.register_profile(
    "patient", deadline=None, derandomize=RANDOM not in os.environ, suppress_health_check=[HealthCheck.too_slow]
)  # a busy machine is no fault
settings.load_profile("patient")

collect_ignore = ["bench/people_at_work.py"]  # locust changes the whole process that imports it
REAL_DATA = Path(__file__).parents[2] / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    absent = pytest.mark.skip(reason="the real documents (../shared/data) do not lie beside the project")
    other = pytest.mark.skip(reason="about the file of an archive that is kept in SQLite")
    for item in items:
        if item.get_closest_marker("real") and not REAL_DATA.is_dir():
            item.add_marker(absent)
        if item.get_closest_marker("sqlite") and is_asked_for():
            item.add_marker(other)


@pytest.fixture(autouse=True)
def speaking_logs() -> None:
    """What reads signatures silences its process, and tests read some in this one."""
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="session", autouse=True)
def blank_database() -> Iterator[None]:
    """Two dozen migrations cost more than most tests: the first database that is made is kept and copied."""
    kept: list[bytes] = []
    migrate = SqliteEngine.make

    def make(engine: SqliteEngine, version: str = HEAD, archive: str | None = None) -> None:
        if version != HEAD:
            migrate(engine, version)
            return
        if not kept:
            with tempfile.TemporaryDirectory() as folder:
                blank = SqliteEngine(Path(folder) / "blank.db", 5.0)
                migrate(blank)
                blank.reader.dispose()
                kept.append((Path(folder) / "blank.db").read_bytes())
        engine.file.write_bytes(kept[0])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqliteEngine, "make", make)
        yield


@pytest.fixture(scope="session", autouse=True)
def postgres_archives(blank_database: None) -> Iterator[PostgresArchives | None]:
    """``EVIDENCE_TEST_DATABASE=postgresql``: the same tests, each archive in a database of its own."""
    if not is_asked_for():
        yield None
        return
    with pytest.MonkeyPatch.context() as patch, keep_archives_on_postgres(patch) as archives:
        yield archives


@pytest.fixture(autouse=True)
def drop_databases(postgres_archives: PostgresArchives | None) -> Iterator[None]:
    """What a test made goes with it."""
    before = postgres_archives.list_names() if postgres_archives else set()
    yield
    if postgres_archives:
        postgres_archives.drop(postgres_archives.list_names() - before)

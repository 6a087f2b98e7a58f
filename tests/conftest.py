"""What holds for all tests: where the real documents are absent, those marked ``real`` are skipped, each with the same
words; a new archive's database is the same each time and is migrated once a process; property tests draw the same
cases."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from evidence.store.database import HEAD, Database

RANDOM = "EVIDENCE_RANDOM_CASES"
"""Set, property tests draw other cases each time; else the same, so that one change is judged like the next."""
settings.register_profile(
    "patient", deadline=None, derandomize=RANDOM not in os.environ, suppress_health_check=[HealthCheck.too_slow]
)  # a busy machine is no fault
settings.load_profile("patient")

collect_ignore = ["bench/people_at_work.py"]  # locust changes the whole process that imports it
REAL_DATA = Path(__file__).parents[2] / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if REAL_DATA.is_dir():
        return
    absent = pytest.mark.skip(reason="the real documents (../shared/data) do not lie beside the project")
    for item in items:
        if item.get_closest_marker("real"):
            item.add_marker(absent)


@pytest.fixture(scope="session", autouse=True)
def blank_database() -> Iterator[None]:
    """Two dozen migrations cost more than most tests: the first database that is made is kept and copied."""
    kept: list[bytes] = []
    migrate = Database.make

    def make(database: Database, version: str = HEAD) -> None:
        if version != HEAD:
            migrate(database, version)
            return
        if not kept:
            with tempfile.TemporaryDirectory() as folder:
                blank = Database(Path(folder) / "blank.db", 5.0)
                migrate(blank)
                blank.close()
                kept.append((Path(folder) / "blank.db").read_bytes())
        database._file.write_bytes(kept[0])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "make", make)
        yield

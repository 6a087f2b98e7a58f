"""An archive on PostgreSQL that an earlier version of the program made: brought up, it is as if it were made today."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.store.engines.database_url import parse_url
from evidence.store.engines.postgres_schema import FIRST
from evidence.store.migrations import HEAD
from evidence.store.schema_base import APPEND_ONLY
from evidence.store.store import Store
from evidence.store.verify import find_damages
from tests.support.past_the_program import open_past
from tests.support.servers.postgres_archives import PostgresArchives
from tests.support.servers.postgres_catalog import describe_schema
from tests.support.text_pipeline import store_text

EARLY = Path(__file__).parents[2] / "cases" / f"postgresql_{FIRST}.sql"
"""The first version on PostgreSQL as that version's own program made it, by ``pg_dump --no-owner --inserts``."""


@pytest.fixture
def early(server: PostgresArchives, tmp_path: Path) -> Path:
    """An archive of that version, open to nobody yet."""
    home = tmp_path / "cu"
    with Store.open(home, create=True) as store:
        name = parse_url(server.pattern, store.archive).name
    with server.connect(name) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
        connection.execute(EARLY.read_bytes())
        connection.execute("INSERT INTO public.facts (name, value) VALUES ('archive', %s)", (store.archive,))
        connection.execute("INSERT INTO public.index_consumers (name, position) VALUES ('whoosh@may1', 7)")
    return home


def read_schema(store: Store) -> list[str]:
    with store.database.engine.reader.connect() as connection:
        return describe_schema(connection)


def test_its_schema_is_that_of_a_new_archive(early: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "moi", create=True) as new, Store.open(early) as brought_up:
        wanted, made = read_schema(new), read_schema(brought_up)
    assert [line for line in wanted if line not in made] == [], "lacking after the migrations"
    assert [line for line in made if line not in wanted] == [], "left by the migrations"
    kinds = {line.partition(":")[0] for line in wanted}
    assert kinds >= {"column", "constraint", "index", "trigger", "function", "sequence", "type"}
    assert sum(line.startswith("trigger") and "refuse_change" in line for line in wanted) == len(APPEND_ONLY) * 3


def test_it_is_whole_and_goes_on(early: Path) -> None:
    with Store.open(early) as store:
        store_text(store, "Số: 1/QĐ-X")
        assert [damage.message.code for damage in find_damages(store)] == []
    with open_past(early) as past:
        assert past.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
        (name, position, seen) = past.execute("SELECT name, position, seen FROM index_consumers").fetchone()
    assert (name, position) == ("whoosh@may1", 7) and seen.endswith("+00:00")

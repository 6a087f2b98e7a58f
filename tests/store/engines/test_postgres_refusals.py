"""What an administrator may have got wrong with the server, and a server that hangs: a sentence and a code each."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from evidence.errors import ArchiveError
from evidence.store.engines import postgres_reading
from evidence.store.store import Store
from tests.support.servers.postgres_archives import PostgresArchives


@contextmanager
def made_database(server: PostgresArchives, name: str, *statements: str) -> Iterator[None]:
    """A database of that name, and then what those statements make in it."""
    with server.connect("postgres") as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    with server.connect(name) as connection:
        for statement in statements:
            connection.execute(statement.encode())
    yield
    server.drop({name})


@contextmanager
def poor_role(server: PostgresArchives) -> Iterator[None]:
    """An account ``ngheo`` that may do no more than connect."""
    with server.connect("postgres") as connection:
        connection.execute("CREATE ROLE ngheo LOGIN")
    yield
    with server.connect("postgres") as connection:
        connection.execute("DROP ROLE ngheo")


def refusal(home: Path, url: str) -> str:
    with pytest.raises(ArchiveError) as caught:
        Store.open(home, create=True, database=url)
    assert caught.value.exit_code == 6 and caught.value.hint is not None
    return caught.value.message.code


def test_an_account_without_rights(server: PostgresArchives, tmp_path: Path) -> None:
    with poor_role(server), made_database(server, "khong_quyen"):
        poor = server.url.replace("evidence@", "ngheo@")
        assert refusal(tmp_path / "a", poor.format(name="khong_quyen")) == "database-rights"
        assert refusal(tmp_path / "b", poor.format(name="chua_co")) == "database-rights"


def test_tables_of_others_that_we_may_not_read(server: PostgresArchives, tmp_path: Path) -> None:
    with poor_role(server), made_database(server, "cua_ho", "CREATE TABLE khach (so int)",
                                          "GRANT CREATE ON SCHEMA public TO ngheo"):  # fmt: skip
        poor = server.url.replace("evidence@", "ngheo@")
        assert refusal(tmp_path / "a", poor.format(name="cua_ho")) == "database-not-empty"


def test_a_server_of_before(server: PostgresArchives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_reading, "OLDEST", 990_000)
    assert refusal(tmp_path / "a", server.url.format(name="postgres")) == "database-old"


def test_a_server_that_hangs_is_not_waited_for(
    server: PostgresArchives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kept connection whose server process stands still is given up, and another made."""
    monkeypatch.setattr(postgres_reading, "ANSWER_SECONDS", 0.3)
    with Store.open(tmp_path / "kho", create=True, resident=True) as store:
        with store.database.connecting() as connection:
            process = int(connection.execute("SELECT pg_backend_pid()").fetchone()[0])
        os.kill(process, signal.SIGSTOP)
        try:
            began = time.monotonic()
            assert store.volume().documents == 0
            assert 0.3 <= time.monotonic() - began < 3.0
        finally:
            os.kill(process, signal.SIGCONT)


def test_what_the_network_does_is_asked_of_this_machine_too(server: PostgresArchives, tmp_path: Path) -> None:
    with Store.open(tmp_path / "kho", create=True, resident=True) as store, store.database.reading() as session:
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        given = driver.info.get_parameters()
        assert {name: given[name] for name in postgres_reading.NETWORK} == postgres_reading.NETWORK

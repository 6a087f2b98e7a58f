"""The audit only grows, names who acted, and shows any change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from evidence.model.account import Actor
from evidence.store import commands
from evidence.store.audit.actor import acting_as
from evidence.store.audit.audit_store import AuditQuery, AuditStore
from evidence.store.engines.sqlite import SqliteEngine
from evidence.store.store import Store
from evidence.store.verify import find_damages
from tests.support.past_the_program import open_past

OTHER = "at, action, subject, detail, actor, role, address, before, after, hash"
HOA = Actor("hoa", "appraiser", "10.0.0.7")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "kho", create=True) as store:
        for number in range(5):
            write(store, f"việc {number}")
        yield store


def write(store: Store, action: str) -> None:
    with acting_as(HOA), store.database.writing() as session:
        commands.write_audit(session, action, "SNV 1.2", "0,5 · Hoa", "0.25", "0.5")


def tamper(store: Store, statement: str) -> None:
    """As somebody does who writes into the file past the program."""
    with open_past(store.folder) as database:
        database.execute(statement)


def broken(store: Store) -> list[str]:
    assert all(damage.lost for damage in find_damages(store))
    return [damage.message.params["number"] for damage in find_damages(store) if damage.subject == "audit"]


def test_it_names_who_acted_and_what_changed(store: Store) -> None:
    entry = AuditStore(store).page(AuditQuery(), 0, 1)[0]
    assert (entry.actor, entry.role, entry.address) == ("hoa", "appraiser", "10.0.0.7")
    assert (entry.action, entry.before, entry.after) == ("việc 4", "0.25", "0.5")
    assert broken(store) == []


@pytest.mark.parametrize("statement", ["UPDATE audit SET detail = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_it(store: Store, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), store.database.writing() as session:
        session.connection().exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE audit SET detail = replace(detail, '0,5', '0,6') WHERE id = 3", "3"),
        ("UPDATE audit SET actor = 'hoA' WHERE id = 1", "1"),
        ("UPDATE audit SET before = NULL WHERE id = 5", "5"),
        ("UPDATE audit SET at = at || ' ' WHERE id = 2", "2"),
        ("DELETE FROM audit WHERE id = 2", "2"),
        ("DELETE FROM audit WHERE id = 5", "5"),
        ("DELETE FROM audit", "1"),
        (f"INSERT INTO audit SELECT 6, {OTHER} FROM audit WHERE id = 5", "6"),
        ("UPDATE facts SET value = '4 0' WHERE name = 'audit'", "6"),
    ],
)  # fmt: skip
def test_one_change_is_found(store: Store, statement: str, number: str) -> None:
    tamper(store, statement)
    assert broken(store) == [number]


@pytest.mark.sqlite
def test_one_changed_byte_of_the_file_is_found(store: Store) -> None:
    with closing(sqlite3.connect(store.folder / "archive.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = store.folder / "archive.db"
    data = file.read_bytes()
    assert data.count("việc 2".encode()) == 1
    file.write_bytes(data.replace("việc 2".encode(), "việc 9".encode()))
    assert broken(store) == ["3"]


def test_it_is_read_by_person_subject_and_day(store: Store) -> None:
    audit = AuditStore(store)
    today = audit.page(AuditQuery(), 0, 1)[0].at[:10]
    for query, count in (
        (AuditQuery(), 5), (AuditQuery(actor="hoa"), 5), (AuditQuery(actor="an"), 0), (AuditQuery(subject="V 1"), 5),
        (AuditQuery(subject="%"), 0), (AuditQuery(action="việc 3"), 1), (AuditQuery(since=today, until=today), 5),
        (AuditQuery(until="2020-01-01"), 0), (AuditQuery(since="2100-01-01"), 0),
    ):  # fmt: skip
        assert audit.count(query) == len(list(audit.entries(query))) == count, query


@pytest.mark.sqlite
def test_an_older_audit_is_chained_as_it_stands(tmp_path: Path) -> None:
    home = tmp_path / "kho"
    Store.open(home, create=True).close()
    (home / "archive.db").unlink()
    SqliteEngine(home / "archive.db", 5).make("0012")
    with closing(sqlite3.connect(home / "archive.db")) as database, database:
        for number in (1, 2, 7):
            database.execute("INSERT INTO audit VALUES (?, '2025-01-01', 'stored', 'ab', 'read')", (number,))
    with Store.open(home) as store:
        assert broken(store) == []
        write(store, "việc mới")
        assert broken(store) == []
        assert [entry.actor for entry in AuditStore(store).entries(AuditQuery())] == ["", "", "", "hoa"]
        tamper(store, "UPDATE audit SET detail = 'unread' WHERE id = 2")
        assert broken(store) == ["2"]


def test_entries_and_actions_are_told_as_they_are_now(store: Store) -> None:
    audit = AuditStore(store)
    assert (audit.count(AuditQuery()), len(audit.actions())) == (5, 5)
    write(store, "việc 7")
    write(store, "việc 0")
    assert audit.actions() == AuditStore(store).actions() == (*(f"việc {at}" for at in range(5)), "việc 7")
    assert (audit.count(AuditQuery()), audit.count(AuditQuery(action="việc 0"))) == (7, 2)

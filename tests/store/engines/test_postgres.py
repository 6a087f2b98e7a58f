"""What PostgreSQL does otherwise than SQLite, and what an archive does about it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from evidence.errors import ArchiveError, UsageError
from evidence.model.placement import Submission
from evidence.store import commands
from evidence.store.engines.sqlite import SqliteEngine
from evidence.store.folder import MarkerContent, write_marker
from evidence.store.searches.open_reader import open_search_reader
from evidence.store.store import Store
from evidence.store.verify import find_damages
from tests.support.past_the_program import open_past
from tests.support.servers.postgres_archives import PostgresArchives
from tests.support.text_pipeline import store_text

pytestmark = pytest.mark.usefixtures("server")


def code_of(error: pytest.ExceptionInfo[ArchiveError] | pytest.ExceptionInfo[UsageError]) -> str:
    return error.value.message.code


def test_names_that_no_text_of_postgresql_may_hold(tmp_path: Path) -> None:
    odd = "tệp\x00 \udcff \ufdd0.pdf"
    with Store.open(tmp_path / "kho", create=True) as store:
        sha256 = store_text(store, "Số: 1/QĐ-X")
        assert store.submit(Submission(sha256, odd, "SNV\x00", "1.2", path_bytes=b"/kho/\xff\x01"))
        assert not store.submit(Submission(sha256, odd, "SNV\x00", "1.2", path_bytes=b"/kho/\xff\x01"))
        assert [each.path for each in store.submissions(units={"snv\x00"})] == [odd]
        reader = open_search_reader(tmp_path / "kho")
        assert [(each.path, each.path_bytes) for each in reader.load_submissions()][-1] == (odd, b"/kho/\xff\x01")


def test_names_longer_than_an_entry_of_an_index(tmp_path: Path) -> None:
    letters = "".join(chr(0x4E00 + at * 7 % 20000) for at in range(3000))  # 9,000 bytes that do not compress
    with Store.open(tmp_path / "kho", create=True) as store:
        sha256 = store_text(store, "Số: 1/QĐ-X")
        long = Submission(sha256, letters, letters[::-1], letters[1:], path_bytes=letters.encode())
        assert store.submit(long) and not store.submit(long)
        assert store.submissions(units={letters[::-1]}) == (long,)


def test_rows_come_byte_by_byte_in_every_language(server: PostgresArchives, tmp_path: Path) -> None:
    with Store.open(tmp_path / "kho", create=True) as store, store.database.reading() as session:
        query = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        query += "AND data_type = 'character varying' AND collation_name IS DISTINCT FROM 'C'"
        others = ("alembic_version", "procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers")
        loose = [tuple(row) for row in session.execute(text(query)) if row[0] not in others]
    assert loose == []


def test_a_writer_waits_and_readers_do_not(tmp_path: Path) -> None:
    home = tmp_path / "kho"
    with Store.open(home, create=True, patience=0.3) as store, Store.open(home) as other:
        with other.database.writing() as session:
            commands.write_audit(session, "x", "y")
            with pytest.raises(ArchiveError) as caught:
                store_text(store, "Số: 1/QĐ-X")
            assert code_of(caught) == "archive-busy"
            assert store.volume().documents == 0
        store_text(store, "Số: 1/QĐ-X")


def test_who_reads_sees_one_moment(tmp_path: Path) -> None:
    home = tmp_path / "kho"
    with Store.open(home, create=True) as store, Store.open(home) as other, store.database.sharing():
        assert store.volume().documents == 0
        store_text(other, "Số: 1/QĐ-X")
        assert store.volume().documents == 0 and other.volume().documents == 1


def test_who_reads_writes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "kho", create=True) as store:
        reading = store.database.reading()
        with pytest.raises(ArchiveError) as caught, reading as session:
            session.execute(text("DELETE FROM refusals"))
    assert code_of(caught) == "archive-read-only"


def test_a_kept_connection_that_was_cut_is_made_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "kho", create=True, resident=True) as store:
        store.volume()
        with open_past(tmp_path / "kho") as past:
            past.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                         " AND datname = current_database()")  # fmt: skip
        assert store.volume().documents == 0


def test_one_more_folder_of_an_archive(server: PostgresArchives, tmp_path: Path) -> None:
    url = server.url.format(name="chung")
    with Store.open(tmp_path / "may 1", create=True, database=url) as first:
        sha256 = store_text(first, "Số: 1/QĐ-X")
        with Store.open(tmp_path / "may 2", create=True, database=url) as second:
            assert second.archive == first.archive
            assert second.record(sha256) == first.record(sha256)
    server.drop({"chung"})


def test_two_machines_make_one_archive(server: PostgresArchives, tmp_path: Path) -> None:
    url, archives = server.url.format(name="cung_luc"), []
    gate = threading.Barrier(3)

    def make(name: str) -> None:
        gate.wait()
        with Store.open(tmp_path / name, create=True, database=url) as store:
            archives.append(store.archive)

    Store.open(tmp_path / "0", create=True, database=url).close()
    threads = [threading.Thread(target=make, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(archives) == 3 and len(set(archives)) == 1
    server.drop({"cung_luc"})


def test_a_folder_meets_no_other_archive(server: PostgresArchives, tmp_path: Path) -> None:
    for name in "ab":
        Store.open(tmp_path / name, create=True).close()
    theirs = server.pattern.format(archive=Store.open(tmp_path / "b").archive)
    for open_archive in (lambda: Store.open(tmp_path / "a", database=theirs),
                         lambda: open_search_reader(tmp_path / "a", theirs)):  # fmt: skip
        with pytest.raises(ArchiveError) as caught:
            open_archive()
        assert code_of(caught) == "database-of-another"


def test_an_address_for_an_archive_in_a_file(server: PostgresArchives, tmp_path: Path) -> None:
    (tmp_path / "kho").mkdir()
    write_marker(tmp_path / "kho", MarkerContent("a1"))
    SqliteEngine(tmp_path / "kho" / "archive.db", 5.0).make()
    with pytest.raises(UsageError) as caught:
        Store.open(tmp_path / "kho", database=server.pattern)
    assert code_of(caught) == "database-in-file"
    Store.open(tmp_path / "kho").close()


def test_a_database_of_somebody_elses(server: PostgresArchives, tmp_path: Path) -> None:
    url = server.url.format(name="cua_nguoi_khac")
    Store.open(tmp_path / "a", create=True, database=url).close()
    with open_past(tmp_path / "a") as past:
        past.execute("DROP TABLE alembic_version")
    with pytest.raises(ArchiveError) as caught:
        Store.open(tmp_path / "b", create=True, database=url)
    assert code_of(caught) == "database-not-empty"
    with pytest.raises(ArchiveError) as caught:
        Store.open(tmp_path / "a")
    assert code_of(caught) == "database-none"
    server.drop({"cua_nguoi_khac"})


def test_ledgers_cannot_be_emptied_and_who_guards_them_is_watched(tmp_path: Path) -> None:
    with Store.open(tmp_path / "kho", create=True) as store:
        with store.database.writing() as session:
            commands.write_audit(session, "x", "y")
        with pytest.raises(IntegrityError, match="append-only"), store.database.writing() as session:
            session.execute(text("TRUNCATE audit"))
        assert list(find_damages(store)) == []
        with open_past(tmp_path / "kho") as past:
            past.execute("ALTER TABLE audit DISABLE TRIGGER tr_audit_update")
            past.execute("DROP TRIGGER tr_rounds_truncate ON rounds")
        found = {(damage.message.code, damage.message.params["table"]) for damage in find_damages(store)}
    assert found == {("verify-triggers", "audit"), ("verify-triggers", "rounds")}

"""Several indexes read one log, each at its own pace; nothing that one of them still needs is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from evidence.store.engines.sqlite import SqliteEngine
from evidence.store.facts import ChangeAction
from evidence.store.searches import index_cursor, index_log
from evidence.store.searches.index_log import IndexLog
from evidence.store.searches.tables import IndexConsumerRow, IndexLogRow
from evidence.store.store import Store
from evidence.store.submission_ledger import SubmissionLedger
from evidence.store.submissions import add_change
from tests.store.test_store import put
from tests.support import text_pipeline

HERE, THERE = "whoosh@local", "tantivy@máy-2"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "kho", create=True) as opened:
        yield opened


def count_rows(store: Store) -> int:
    with store.database.reading() as session:
        return session.query(IndexLogRow).count()


def test_a_row_goes_once_every_index_has_passed_it(store: Store, tmp_path: Path) -> None:
    here, there = IndexLog(store, HERE), IndexLog(store, THERE)
    here.advance(0)
    there.advance(0)
    put(store, "Số: 1/QĐ-X", tmp_path)
    put(store, "Số: 2/QĐ-X", tmp_path)
    end = here.find_end()
    here.advance(end)
    assert (here.count_waiting(), there.count_waiting()) == (0, 2) and count_rows(store) >= 2
    there.advance(end)
    assert count_rows(store) == 0
    assert here.find_end() == end


def test_an_index_of_another_engine_at_the_same_place_is_forgotten(store: Store, tmp_path: Path) -> None:
    before, after = IndexLog(store, HERE), IndexLog(store, "tantivy@local")
    before.advance(0)
    put(store, "Số: 1/QĐ-X", tmp_path)
    after.advance(after.find_end())
    assert before.position() is None and count_rows(store) == 0


def test_an_index_being_made_keeps_its_rows_while_the_old_one_goes_on(store: Store, tmp_path: Path) -> None:
    log = IndexLog(store, HERE)
    log.advance(0)
    start = log.find_end()
    log.begin_draft(start)
    put(store, "Số: 1/QĐ-X", tmp_path)
    log.advance(log.find_end())
    assert log.count_waiting() == 0 and count_rows(store) > 0
    log.rewind(start)
    log.finish_draft()
    assert log.count_waiting() == 1 and log.draft_start() is None


def test_an_index_left_far_behind_holds_nothing_back(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_log, "MOST", 3)
    here, there = IndexLog(store, HERE), IndexLog(store, THERE)
    there.advance(0)
    for number in range(5):
        put(store, f"Số: {number}/QĐ-X", tmp_path)
    here.advance(here.find_end())
    assert there.position() is None and count_rows(store) == 0


def test_what_waited_in_an_archive_of_before_waits_on(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    database = SqliteEngine(file, 1)
    database.make("0017")
    with closing(sqlite3.connect(file)) as old, old:
        old.execute(
            "INSERT INTO documents (sha256, media_type, size, kept, page_count, head, revision, stored_at)"
            " VALUES ('aa', 'text/plain', 1, 0, 0, x'', 3, '2024')"
        )
        old.execute("INSERT INTO outbox (id, sha256) VALUES (41, 'aa')")
    database.bring_up()
    with closing(sqlite3.connect(file)) as new, new:
        assert new.execute("SELECT id, sha256 FROM index_log").fetchall() == [(41, "aa")]
        assert dict(new.execute("SELECT name, position FROM index_consumers")) == {HERE: 0, "tantivy@local": 0}
        new.execute("INSERT INTO index_log (sha256) VALUES ('aa')")
        assert new.execute("SELECT max(id) FROM index_log").fetchone() == (42,)


def test_an_index_that_is_behind_and_silent_holds_nothing_back_and_one_in_step_may_be_silent(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = IndexLog(store, HERE), IndexLog(store, THERE)
    put(store, "Số: 1/QĐ-X", tmp_path)
    here.advance(here.find_end())
    there.advance(there.find_end())
    monkeypatch.setattr(index_log, "SILENT", timedelta(days=-1))  # whoever was heard of before this moment is silent
    here.advance(here.find_end())
    assert there.position() is not None
    put(store, "Số: 2/QĐ-X", tmp_path)
    here.advance(here.find_end())
    assert there.position() is None and there.count_waiting() is None and count_rows(store) == 0


def test_an_index_in_step_says_now_and_then_that_it_is_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    log = IndexLog(store, THERE)
    log.advance(0)
    with store.database.writing() as session:
        session.execute(update(IndexConsumerRow).values(seen="2026-01-01T00:00:00+00:00"))
    log.touch()
    with store.database.reading() as session:
        assert str(session.get_one(IndexConsumerRow, THERE).seen) > "2026-01-02"
    monkeypatch.setattr(store.database, "writing", None)  # not again within the hour
    log.touch()


def test_who_sees_some_units_is_told_of_their_papers_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    log = IndexLog(store, HERE)
    hashes = {}
    for unit in ("SA", "SB", "SA", None):
        document = text_pipeline.document(f"Số: {len(hashes) + 1}/KH-S")
        place = text_pipeline.submission(document, unit)
        store.put(document, text_pipeline.record(document), None, [place])
        hashes[document.source.sha256] = unit
    assert {hashes[sha256] for sha256 in log.waiting_of(["SA"])} == {"SA"} and len(log.waiting_of(["SA"])) == 2
    assert len(log.waiting_of(["SA", "SB"])) == 3 and log.waiting_of(["SX"]) == frozenset()
    (moved,) = [sha256 for sha256, unit in hashes.items() if unit == "SB"]
    (entry,) = SubmissionLedger(store).entries(moved)
    log.advance(0)
    with store.database.writing() as session:
        add_change(session, entry.id, ChangeAction.MOVE, ("SX", "1.2"), "Lò Thị Hoa", "nhầm")
    assert log.waiting_of(["SX"]) == {moved}
    assert log.count_waiting() == len(hashes)
    monkeypatch.setattr(index_cursor, "MOST_COUNTED", 3)
    behind = log.count_waiting()
    assert behind is not None and behind > len(hashes), "changes, no more documents"

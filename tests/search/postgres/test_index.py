"""The index in the database: a writer that dies leaves it as it was, and whoever reads sees one moment of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.search.engine import FindRequest, IndexDamagedError, IndexOutdatedError, SearchEngine
from evidence.search.entries import IndexEntry
from evidence.search.plan import Everything, PhraseTerms, Term
from evidence.search.postgres import snapshot, writer
from tests.search.corpus import ENTRIES, make_entry
from tests.support.servers.search_engines import open_engine, start_database


class KilledError(Exception):
    """What ends the writer here."""


def die_behind(entries: list[IndexEntry]) -> Iterator[IndexEntry]:
    yield from entries
    raise KilledError


@pytest.fixture
def engine(tmp_path: Path) -> SearchEngine:
    engine = open_engine("postgres", tmp_path)
    with engine.exclusive(wait=True):
        engine.rebuild(ENTRIES.values())
    return engine


def count(engine: SearchEngine, word: str) -> int:
    return engine.find(FindRequest(Term("body_f", word), None, 9)).total


def test_a_writer_that_dies_leaves_the_index_as_it_was(engine: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "LOT", 1)
    before, words = engine.revisions(), engine.count_documents("body_f", ("bao", "tham"))
    news = [make_entry(str(at), f"Số: {at}/BC-X\nVề: báo cáo tham luận {at}") for at in range(3)]
    with engine.exclusive(wait=True), pytest.raises(IndexDamagedError):
        engine.update(die_behind([*news, replace(ENTRIES["bc"], revision=2)]))
    with engine.exclusive(wait=False) as mine:
        assert mine
    assert (engine.revisions(), count(engine, "tham")) == (before, 0)
    assert engine.count_documents("body_f", ("bao", "tham")) == words


def test_words_are_counted_over_documents_that_change(engine: SearchEngine) -> None:
    changed = replace(ENTRIES["bc"], revision=2, texts=("một chuyện khác hẳn, khác hẳn",))
    with engine.exclusive(wait=True):
        engine.update([changed])
    assert engine.count_documents("body_f", ("khac", "cchc", "bao")) == {
        word: count(engine, word) for word in ("khac", "cchc", "bao")
    }
    assert engine.count_documents("kind", ("bao_cao", "quyet_dinh")) == {"bao_cao": 1, "quyet_dinh": 2}
    assert engine.count_pairs([("khac", "han"), ("han", "khac"), ("han", "chuyen")]) == {
        ("khac", "han"): 1,
        ("han", "khac"): 1,
        ("han", "chuyen"): 0,
    }
    assert engine.count_all() == len(ENTRIES)


def test_an_index_of_another_version_is_outdated(engine: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "ANALYSIS", "another")
    assert not engine.usable()
    with pytest.raises(IndexOutdatedError):
        engine.revisions()


def test_what_was_thrown_away_leaves_no_tables(engine: SearchEngine, tmp_path: Path) -> None:
    psycopg = pytest.importorskip("psycopg")
    with engine.exclusive(wait=True):
        draft = engine.open_draft(7, None)
        draft.add([ENTRIES["kh"]])
        assert engine.open_draft(9, 7).revisions == {ENTRIES["kh"].sha256: 1}  # goes on
        assert engine.open_draft(9, None).revisions == {}  # begins anew
        engine.rebuild(ENTRIES.values())
    with psycopg.connect(start_database()) as connection:
        tables = {
            name for (name,) in connection.execute("SELECT relname FROM pg_class WHERE relname ~ '^entries_[0-9]+$'")
        }
        known = {
            f"entries_{number}" for (number,) in connection.execute("SELECT number FROM evidence_search.generations")
        }
    assert tables == known


def test_a_lost_connection_is_opened_again(engine: SearchEngine) -> None:
    psycopg = pytest.importorskip("psycopg")
    assert count(engine, "bao") == 1
    with psycopg.connect(start_database(), autocommit=True) as connection:
        others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        connection.execute(f"SELECT pg_terminate_backend(pid) {others}")
    assert count(engine, "bao") == 1


def test_what_a_text_of_the_database_cannot_hold_is_found_all_the_same(tmp_path: Path) -> None:
    odd = make_entry("a'b\\c.txt", "Số: 1/BC-X\nVề: it's a \\ 'test'", unit="O'Brien \\ sở")
    text = f"{'x' * 9_000} và {'y' * 9_000} {' '.join(map(str, range(60_000)))}"  # over a megabyte of lexemes
    long = replace(make_entry("dài.txt", "Số: 2/BC-X"), texts=(text,))
    engine = open_engine("postgres", tmp_path)
    with engine.exclusive(wait=True):
        engine.rebuild([odd, long])
    answer = engine.find(FindRequest(Everything(), None, 9, facets=True))
    assert answer.total == 2 and "O'Brien \\ sở" in answer.facets["f_unit"]
    assert engine.find(FindRequest(Term("body_f", "x" * 9_000), None, 9)).total == 1
    assert engine.find(FindRequest(Term("body_f", "x" * 8_999), None, 9)).total == 0
    for run in (("59998", "59999"), ("59997", "59998", "59999"), ("va", "y" * 9_000, "0")):
        assert engine.find(FindRequest(PhraseTerms("body_f", run), None, 9)).total == 1, run

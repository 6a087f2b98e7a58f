"""What the database knows of the further documents of a file: their numbers and what they cite."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from evidence.store.engines.sqlite import SqliteEngine
from evidence.store.facts import Correction
from evidence.store.store import Store
from tests.support import made_papers, text_pipeline
from tests.support.past_the_program import open_past

BUNDLE = (
    "Số: 4/QĐ-SYT\nNgày: 5/1/2022\nLoại: Quyết định\nCĂN CỨ 30/2017/NĐ-CP\nTHỰC HIỆN 7/KH-SYT"
    "\fVĂN BẢN KHÁC\nSố: 12/QĐ-SYT\nNgày: 6/2/2022\nLoại: Quyết định\nBÃI BỎ 3/QĐ-SYT ngày 4/1/2021"
    "\fVĂN BẢN KHÁC\nVề: giấy không số\nCĂN CỨ 30/2017/NĐ-CP"
)


def put(store: Store, folder: Path) -> str:
    file = folder / "tap.txt"
    file.write_text(BUNDLE, "utf-8")
    document = text_pipeline.document(BUNDLE, "VP/1/tap.txt")
    submission = text_pipeline.submission(document)
    store.put(document, made_papers.read_record(document), file, [submission])
    return document.source.sha256


def rows(home: Path) -> list[list[tuple[object, ...]]]:
    with open_past(home) as connection:
        tables = ("part_numbers", "citations")
        return [connection.execute(f"SELECT * FROM {table} ORDER BY sha256, place").fetchall() for table in tables]


def test_further_documents_bear_and_cite(tmp_path: Path) -> None:
    with Store.open(tmp_path / "kho", create=True) as store:
        sha256 = put(store, tmp_path)
        assert store.bearers("4/qdsyt") == ((sha256, "2022-01-05"),)
        assert store.bearers("12/qdsyt") == ((sha256, "2022-02-06"),)
        assert [citation.relation.value for _, citation in store.cited_by("3/qdsyt")] == ["repeals"]
        assert [citation.span.page for _, citation in store.cited_by("30/2017/ndcp")] == [1, 3]


def test_a_corrected_number_of_a_further_document_counts(tmp_path: Path) -> None:
    with Store.open(tmp_path / "kho", create=True) as store:
        sha256 = put(store, tmp_path)
        store.correct(Correction(sha256, "number", "21/QĐ-SYT", "An", "2024-01-01T00:00:00+00:00", page=2))
        assert store.bearers("12/qdsyt") == () and store.bearers("21/qdsyt") == ((sha256, "2022-02-06"),)


@pytest.mark.sqlite
def test_an_archive_of_the_version_before_is_brought_up(tmp_path: Path) -> None:
    home = tmp_path / "kho"
    with Store.open(home, create=True) as store:
        put(store, tmp_path)
    wanted = rows(home)
    assert len(wanted[0]) == 1 and len(wanted[1]) == 4
    make_older(home / "archive.db", "0012")
    with pytest.raises(sqlite3.OperationalError):
        rows(home)
    Store.open(home).close()
    assert rows(home) == wanted


def make_older(file: Path, version: str) -> None:
    """Puts the rows into a database of that version; of each file only what was known of its first page."""
    new = file.rename(file.with_name("new.db"))
    SqliteEngine(file, 5).make(version)
    with sqlite3.connect(file) as database:
        database.execute("ATTACH ? AS new", (str(new),))
        for table in ("documents", "pages", "records", "citations", "submissions"):
            columns = ", ".join(f'"{row[1]}"' for row in database.execute(f"PRAGMA main.table_info({table})"))
            where = " WHERE page = 1" if table == "citations" else ""
            database.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new.{table}{where}")
    database.close()
    new.unlink()

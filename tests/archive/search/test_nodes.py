"""Several machines on one archive in PostgreSQL: each folder is searched by an index of its own, or all by one."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.config import Settings
from evidence.search.engine import EngineName
from evidence.store.facts import Damage
from evidence.store.searches import index_log
from tests.support import text_pipeline
from tests.support.servers.search_engines import start_server
from tests.support.stored_papers import hand_in

WITHIN = 5.0  # seconds after which what one machine stored is found on another

OpenNode = Callable[..., Archive]


@pytest.fixture
def open_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenNode]:
    """Opens the archive from a folder of that name, by Tantivy where nothing else is said."""
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    monkeypatch.delenv("EVIDENCE_DATABASE", raising=False)
    database = start_server().format(name=f"nodes_{secrets.token_hex(6)}")
    with ExitStack() as stack:

        def open_it(name: str, engine: EngineName = EngineName.TANTIVY, indexing: bool = True) -> Archive:
            settings = Settings(home=tmp_path / name, search_engine=engine, database=database)
            return stack.enter_context(Archive.open(settings, create=True, indexing=indexing))

        yield open_it


def store(archive: Archive, folder: Path, number: int) -> None:
    hand_in(
        archive, folder / f"phát {number}", {f"S1/1.1/{number}.txt": f"Số: {number}/BC-SNV\nVề: báo cáo thứ {number}"}
    )


def find_damages(archive: Archive) -> list[Damage]:
    """Where its index is not in step; the originals lie in one folder alone here."""
    return list(archive._search.index_feed.find_damages())


def count(archive: Archive, query: str = "báo cáo") -> int:
    return archive.search(SearchRequest(query), EVERYTHING).total


def test_what_one_machine_stores_is_found_on_another_within_seconds(open_node: OpenNode, tmp_path: Path) -> None:
    here, there = open_node("máy 1"), open_node("máy 2")
    there.keep_index()
    store(here, tmp_path, 1)
    assert count(here) == 1
    command = [sys.executable, "-m", "evidence", "--home", str(tmp_path / "máy 2"), "worker", "--role", "indexing"]
    process = subprocess.Popen(command, env={**os.environ, "EVIDENCE_SEARCH": "tantivy"})
    try:
        _wait_for(lambda: count(there) == 1, 60.0)  # the process starts, and makes the index
        store(here, tmp_path, 2)
        _wait_for(lambda: count(there) == 2, WITHIN)
    finally:
        process.terminate()
        process.wait()
    assert count(there, "2/BC-SNV") == 1 and not find_damages(there)


def test_a_machine_that_was_gone_for_long_holds_nothing_back_and_makes_its_index_anew(
    open_node: OpenNode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, gone = open_node("máy 1"), open_node("máy 2")
    store(here, tmp_path, 1)
    gone.keep_index()
    assert gone.keep_up_index() and count(gone) == 1 and not gone.keep_up_index()
    with monkeypatch.context() as patch:
        patch.setattr(index_log, "SILENT", timedelta(days=-1))
        store(here, tmp_path, 2)
    answer = gone.search(SearchRequest("báo cáo"), EVERYTHING)
    assert not answer.answered and [note.code for note in answer.notes] == ["search-without-index"]
    assert gone.keep_up_index() and count(gone) == count(here) == 2


def test_a_copy_of_a_folder_is_another_machine(open_node: OpenNode, tmp_path: Path) -> None:
    first = open_node("máy 1")
    store(first, tmp_path, 1)
    shutil.copytree(tmp_path / "máy 1", tmp_path / "máy 2")
    copy = open_node("máy 2", indexing=False)
    assert not copy.keep_up_index()
    assert not copy.search(SearchRequest("báo cáo"), EVERYTHING).answered
    copy.keep_index()
    assert copy.keep_up_index() and count(copy) == 1
    store(first, tmp_path, 2)
    assert (count(first), count(copy)) == (2, 1)
    assert copy.keep_up_index() and count(copy) == 2


def test_a_machine_that_only_reads_files_keeps_no_index(open_node: OpenNode, tmp_path: Path) -> None:
    reading = open_node("máy đọc", indexing=False)
    store(reading, tmp_path, 1)
    assert not list((tmp_path / "máy đọc").glob("*index*")) and not find_damages(reading)
    searched = open_node("máy 2")
    assert searched.reindex() == 1 and count(searched) == 1


def test_one_index_in_the_database_is_every_machines(open_node: OpenNode, tmp_path: Path) -> None:
    here, there = open_node("máy 1", EngineName.POSTGRES), open_node("máy 2", EngineName.POSTGRES, indexing=False)
    store(here, tmp_path, 1)
    assert count(there) == 1
    store(there, tmp_path, 2)
    there.correct("1/BC-SNV", "subject", "tham luận", "Vàng A Páo", EVERYTHING)
    assert (count(here), count(here, "tham luận"), find_damages(here), find_damages(there)) == (2, 1, [], [])
    assert there.reindex() == 2 and count(here) == 2
    assert not list(tmp_path.glob("máy */*index*"))


def _wait_for(happened: Callable[[], bool], seconds: float) -> None:
    last = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < last, f"not within {seconds} s"
        time.sleep(0.1)

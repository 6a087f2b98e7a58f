"""The index in step: what a killed writer leaves is told and caught up; an index being made goes on where it ended."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search import index_feed
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.archive.submissions.changes import ChangeNote, Place
from evidence.config import Settings
from evidence.search.engine import EngineName
from evidence.search.entries import IndexEntry
from evidence.search.generations import FolderDraft
from evidence.search.scope import units_only
from tests.support import text_pipeline
from tests.support.servers.search_engines import ARCHIVE_ENGINES
from tests.support.stored_papers import hand_in

DATABASE_INDEX = "evidence.search.postgres.index"  # needs the extra ``cluster``


class KilledError(Exception):
    """What ends the writer here."""


def papers(first: int, last: int) -> dict[str, str]:
    return {f"S{at % 2}/1.1/{at}.txt": f"Số: {at}/BC-SNV\nVề: báo cáo thứ {at}" for at in range(first, last)}


@pytest.fixture(params=ARCHIVE_ENGINES)
def archive(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    monkeypatch.setattr(index_feed, "CHUNK", 2)
    with Archive.open(Settings(home=tmp_path / "kho", search_engine=request.param), create=True) as opened:
        hand_in(opened, tmp_path / "ho so", papers(0, 5))
        yield opened


def count(archive: Archive, query: str = "báo cáo") -> int:
    return archive.search(SearchRequest(query), EVERYTHING).total


def test_what_a_killed_run_left_is_told_and_caught_up_by_the_next_writer(archive: Archive, tmp_path: Path) -> None:
    feed = archive._search.index_feed
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed._index, "update", _kill)
        with pytest.raises(KilledError):
            hand_in(archive, tmp_path / "ho so", papers(5, 8))
    result = archive.search(SearchRequest("báo cáo"), EVERYTHING)
    assert result.total == 5
    assert [(note.code, note.params["count"]) for note in result.notes] == [("search-index-behind", "3")]
    seen = archive.search(SearchRequest("báo cáo"), units_only(["S0"]))
    assert [note.params["count"] for note in seen.notes] == ["1"]
    archive.move("0/BC-SNV", Place(), Place(criterion="1.2"), ChangeNote("Vàng A Páo", "nhầm"), EVERYTHING)
    result = archive.search(SearchRequest("báo cáo"), EVERYTHING)
    assert (result.total, result.notes) == (8, ())


def test_a_killed_reindex_goes_on_where_it_ended(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    in_database = archive._settings.search_engine == EngineName.POSTGRES
    draft_class = importlib.import_module(DATABASE_INDEX).GenerationDraft if in_database else FolderDraft
    add = draft_class.add

    def add_or_die(draft: FolderDraft, entries: Iterable[IndexEntry]) -> int:
        if len(written) == 2:
            raise KilledError
        written.append(add(draft, entries))
        return written[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draft_class, "add", add_or_die)
        with pytest.raises(KilledError):
            archive.reindex()
    assert written == [2, 2] and count(archive) == 5  # the one before answers meanwhile
    hand_in(archive, tmp_path / "ho so", {**papers(5, 6), "S0/1.1/0.txt": "Số: 0/BC-SNV\nVề: chuyện khác hẳn"})
    archive.correct("1/BC-SNV", "subject", "báo cáo tham luận", "Vàng A Páo", EVERYTHING)
    assert count(archive, "tham luận") == 1
    written.clear()
    monkeypatch.setattr(draft_class, "add", add_or_die)
    assert archive.reindex() == 7
    assert written == [2, 1]
    assert count(archive, "tham luận") == 1 and count(archive) == 6 and archive.verify() == ()
    folders = [path.name for path in (tmp_path / "kho").iterdir() if path.is_dir() and "index" in path.name]
    assert [name[:6] for name in folders] == ([] if in_database else ["index-"])


def test_many_small_commits_leave_few_parts(archive: Archive, tmp_path: Path) -> None:
    if archive._settings.search_engine == EngineName.POSTGRES:
        pytest.skip("about the files of an index in a folder")
    for at in range(5, 30):
        hand_in(archive, tmp_path / "ho so", papers(at, at + 1))
    (folder,) = (tmp_path / "kho").glob("index-*")
    parts = [*folder.glob("*.seg"), *folder.glob("*.store")]
    assert 1 <= len(parts) <= 12
    assert count(archive) == 30


def _kill(*_: object) -> int:
    raise KilledError

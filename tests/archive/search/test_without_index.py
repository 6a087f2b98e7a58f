"""Where there is no index, numbers and fields answer from the database, within the walls, and the answer says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, Scope, SearchRequest
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.search.scope import units_only
from tests.support import text_pipeline
from tests.support.past_the_program import copy_archive
from tests.support.stored_papers import hand_in

PAPERS = {
    "SGTVT/1.1/qd.txt": "Số: 52/QĐ-UBND\nNgày: 4/5/2021\nLoại: Quyết định\n"
    "Cơ quan: Ủy ban nhân dân tỉnh Hà Giang\nVề: bảo trì đường bộ",
    "SGTVT/1.2/kh.txt": "Số: 9/KH-SGTVT\nNgày: 20/6/2021\nLoại: Kế hoạch\nCơ quan: Sở Giao thông vận tải\n"
    "Về: kiểm tra tải trọng xe\nCăn cứ Quyết định số 52/QĐ-UBND ngày 4/5/2021\nCăn cứ Nghị định số 64/2019/NĐ-CP",
    "SXD/2.1/bc.txt": "Số: 31/BC-SXD\nNgày: 2/2/2022\nLoại: Báo cáo\nCơ quan: Sở Xây dựng\nVề: nhà ở xã hội",
}
QUERIES = (
    "52/QĐ-UBND",
    "so:52/QĐ-UBND",
    "so:9/KH",
    "loai:báo cáo",
    'coquan:"Sở Giao thông vận tải"',
    "coquan:Sở Xây dựng",
    "ngay:2021",
    "ngay:2021-06..2022",
    "donvi:SXD",
    "tieuchi:1.2",
    "viendan:52/QĐ-UBND",
    "loai:QĐ hoặc donvi:SXD",
    "ngay:2021 -loai:QĐ",
    "so:404/QĐ-UBND",
    "QĐ52",
    "52/QĐ",
    "viendan:52/QĐ",
    "viendan:QĐ52",
    "-viendan:52 ngay:2021",
    "viendan:052",
    "NĐ64/2019",
    "nghị định 64/2019",
    "viendan:64/2019",
    "viendan:nghị định 64/2019",
    "viendan:nghi dinh so 64/2019/NĐ-CP",
    "căn cứ: Nghị định số 64/2019/NĐ-CP",
    "căn cứ: NĐ64/2019 ngay:2021",
    "viện dẫn: quyết định 52",
    "so:QĐ52",
    "số: quyết định 52",
    "so:quyết định số 52/QĐ-UBND loai:QĐ",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "read_queue", text_pipeline.read_text_files)
        with Archive.open(Settings(home=folder / "kho"), create=True) as opened:
            hand_in(opened, folder / "ho so", PAPERS)
    copy_archive(folder / "kho", folder / "without")
    for index in (folder / "without").glob("index-*"):
        shutil.rmtree(index)
    return folder


@pytest.fixture
def whole(home: Path) -> Iterator[Archive]:
    with Archive.open(Settings(home=home / "kho")) as opened:
        yield opened


@pytest.fixture
def without(home: Path) -> Iterator[Archive]:
    with Archive.open(Settings(home=home / "without")) as opened:
        yield opened


@pytest.mark.parametrize("scope", [EVERYTHING, units_only(["SXD"]), units_only(["SGTVT"])])
def test_fields_and_numbers_answer_as_with_an_index(whole: Archive, without: Archive, scope: Scope) -> None:
    for query in QUERIES:
        wanted, got = (archive.search(SearchRequest(query), scope) for archive in (whole, without))
        assert {(hit.path, hit.bears, hit.cites) for hit in got.hits} == {
            (hit.path, hit.bears, hit.cites) for hit in wanted.hits
        }, query
        assert (got.total, got.answered) == (wanted.total, True)
        assert [note.code for note in got.notes] == ["search-without-index"] and wanted.notes == ()


def test_words_alone_are_not_answered(without: Archive) -> None:
    result = without.search(SearchRequest("tải trọng xe"), EVERYTHING)
    assert (result.hits, result.answered, result.notes[0].code) == ((), False, "search-without-index")


def test_a_bare_figure_finds_those_who_bear_it(without: Archive) -> None:
    """Of the text the database knows nothing; an index adds those that name the figure, below."""
    result = without.search(SearchRequest("52"), EVERYTHING)
    assert [(str(hit.record.number.value), hit.bears) for hit in result.hits] == [("52/QĐ-UBND", True)]
    assert without.search(SearchRequest("52"), units_only(["SXD"])).total == 0


def test_words_beside_a_field_are_left_out_and_told(without: Archive) -> None:
    result = without.search(SearchRequest("nhà ở loai:báo cáo"), EVERYTHING)
    assert [str(hit.record.number.value) for hit in result.hits] == ["31/BC-SXD"]
    assert result.notes[0].code == "search-without-index"


def test_pages_go_on(without: Archive) -> None:
    first = without.search(SearchRequest("ngay:2021..2022", 2), EVERYTHING)
    second = without.search(SearchRequest("ngay:2021..2022", 2, after=first.next), EVERYTHING)
    shown = [str(hit.record.number.value) for hit in (*first.hits, *second.hits)]
    assert shown == ["31/BC-SXD", "9/KH-SGTVT", "52/QĐ-UBND"] and second.next is None
    with pytest.raises(UsageError):
        without.search(SearchRequest("ngay:2021", 2, after="?"), EVERYTHING)


def test_a_search_writes_nothing(without: Archive, home: Path) -> None:
    before = sorted(path.relative_to(home) for path in home.rglob("*") if "archive.db-" not in path.name)
    for query in ("đường bộ", "so:52/QĐ-UBND"):
        without.search(SearchRequest(query), EVERYTHING)
    after = sorted(path.relative_to(home) for path in home.rglob("*") if "archive.db-" not in path.name)
    assert after == before

"""More like this, and searches kept under a name, in both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.search.scope import Scope, units_only
from tests.support import text_pipeline
from tests.support.past_the_program import REFUSED, open_past
from tests.support.servers.search_engines import ARCHIVE_ENGINES
from tests.support.stored_papers import hand_in

BODIES = {
    "A/1/r1.txt": (
        "11/KH-SYT",
        "phòng chống dịch sốt xuất huyết",
        "diệt lăng quăng, phun hóa chất diệt muỗi tại ổ",
    ),
    "A/1/r2.txt": ("12/BC-SYT", "kết quả chống dịch", "đã phun hóa chất diệt muỗi, ca sốt xuất huyết giảm tại ổ dịch"),
    "B/1/r3.txt": ("13/CV-SYT", "đôn đốc", "các huyện diệt lăng quăng, báo cáo ca sốt xuất huyết"),
    "B/1/t1.txt": ("14/KH-STC", "thu hồi tạm ứng", "đối chiếu công nợ, quyết toán vốn đầu tư xây dựng cơ bản"),
    "B/1/t2.txt": ("15/BC-STC", "quyết toán", "quyết toán vốn đầu tư, đối chiếu công nợ với kho bạc"),
}
PAPER = "Số: {}\nNgày: 3/2/2018\nVề: {}\n{}"


@pytest.fixture(params=ARCHIVE_ENGINES)
def archive(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    with Archive.open(Settings(home=tmp_path / "kho", search_engine=request.param), create=True) as opened:
        hand_in(opened, tmp_path / "ho so", {name: PAPER.format(*parts) for name, parts in BODIES.items()})
        yield opened


def like(archive: Archive, number: str, scope: Scope = EVERYTHING) -> list[str]:
    hits = archive.find_similar(number, SearchRequest(""), scope).hits
    return [str(hit.record.number.value) for hit in hits]


def test_documents_of_the_same_matter_come_first(archive: Archive) -> None:
    assert like(archive, "11/KH-SYT")[0] == "12/BC-SYT"
    assert set(like(archive, "11/KH-SYT")[:2]) == {"12/BC-SYT", "13/CV-SYT"}
    assert like(archive, "14/KH-STC")[0] == "15/BC-STC"


def test_the_document_itself_is_left_out_and_the_walls_hold(archive: Archive) -> None:
    assert "11/KH-SYT" not in like(archive, "11/KH-SYT")
    assert "13/CV-SYT" not in like(archive, "11/KH-SYT", units_only(["A"]))
    with pytest.raises(UsageError):
        like(archive, "11/KH-SYT", units_only(["B"]))


def test_what_the_hits_have_in_common_is_marked(archive: Archive) -> None:
    (first, *_) = archive.find_similar("14/KH-STC", SearchRequest(""), EVERYTHING).hits
    assert first.snippets and first.snippets[0].marks


def test_the_last_search_of_a_name_counts_and_none_is_lost(archive: Archive, tmp_path: Path) -> None:
    for name, query in (("dịch", "sốt"), ("vốn", "quyết toán"), ("dịch", "sốt xuất huyết")):
        archive.saved_searches.save(name, query, "Lò Thị Hoa")
    saved = archive.saved_searches.list_saved()
    assert [(each.name, each.query, each.author) for each in saved] == [
        ("dịch", "sốt xuất huyết", "Lò Thị Hoa"),
        ("vốn", "quyết toán", "Lò Thị Hoa"),
    ]
    with open_past(tmp_path / "kho", guarded=True) as database:
        assert database.execute("SELECT count(*) FROM saved_searches").fetchone() == (3,)
        with pytest.raises(REFUSED, match="append-only"):
            database.execute("DELETE FROM saved_searches")

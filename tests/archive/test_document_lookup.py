"""Which document a person means: several of one number are told apart by date, kind, issuer and subject."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.messages import Language
from tests.support import text_pipeline
from tests.support.servers.search_engines import ARCHIVE_ENGINES
from tests.support.stored_papers import hand_in

PAPERS = {
    "A/1/x.txt": "Số: 77/QĐ-UBND\nNgày: 3/2/2018\nLoại: Quyết định\n"
    "Cơ quan: Ủy ban nhân dân tỉnh Sơn La\nVề: phân bổ kinh phí",
    "B/1/y.txt": "Số: 77/QĐ-UBND\nNgày: 9/1/2020\nLoại: Quyết định\n"
    "Cơ quan: Ủy ban nhân dân tỉnh Yên Bái\nVề: kiện toàn Ban Chỉ đạo",
    "B/1/z.txt": "Số: 78/QĐ-UBND\nNgày: 9/1/2020\nLoại: Quyết định\nVề: khác",
}


@pytest.fixture(params=ARCHIVE_ENGINES)
def archive(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    with Archive.open(Settings(home=tmp_path / "kho", search_engine=request.param), create=True) as opened:
        hand_in(opened, tmp_path / "ho so", PAPERS)
        yield opened


def test_several_of_one_number_are_told_apart(archive: Archive) -> None:
    with pytest.raises(UsageError) as raised:
        archive.show("77/QĐ-UBND", EVERYTHING)
    first, second = raised.value.say(Language.VI).split("\n  ")[1:]
    assert "2020-01-09 · Quyết định · Ủy ban nhân dân tỉnh Yên Bái · kiện toàn Ban Chỉ đạo" in first
    assert "2018-02-03 · Quyết định · Ủy ban nhân dân tỉnh Sơn La · phân bổ kinh phí" in second
    assert archive.show(second.split()[0], EVERYTHING).record.subject.value == "phân bổ kinh phí"


def test_one_of_its_number_is_shown(archive: Archive) -> None:
    assert archive.show("78/QĐ-UBND", EVERYTHING).record.subject.value == "khác"

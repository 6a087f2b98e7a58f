"""What was handed in put right: what check, show and search then say, and what is refused."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.ingest_request import IngestRequest
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.archive.submissions.changes import ChangeNote, Place
from evidence.config import Settings
from evidence.criteria import loader
from evidence.errors import UsageError
from evidence.messages import Language
from evidence.model.assessment import Verdict
from tests.support import text_pipeline

pytestmark = pytest.mark.slow  # whole archives, clocks

REPORT = "Số: 31/BC-STP\nNgày: 12/3/2018\nLoại: Báo cáo\nVề: theo dõi thi hành pháp luật\nCơ quan: Sở Tư pháp"
NOTE = ChangeNote("Phan Thị Lan", "nộp nhầm thư mục")
SET = """
set: thu
title: Bộ thử
year: 2018
level: so
units:
  - {code: STP, name: Sở Tư pháp, issuer: any}
  - {code: STC, name: Sở Tài chính, issuer: any}
criteria:
  - code: "4.1"
    title: Báo cáo
    points: 1
    score: all-or-nothing
    evidence:
      - {id: bc, title: Báo cáo, kind: Báo cáo, issuer: any, subject: [theo dõi thi hành pháp luật]}
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    folder = tmp_path / "nộp" / "STC" / "4.1 - Báo cáo"
    folder.mkdir(parents=True)
    (folder / "bc.txt").write_text(REPORT)
    with Archive.open(Settings(home=tmp_path / "kho"), create=True) as opened:
        list(opened.ingest(IngestRequest((tmp_path / "nộp",)).files()))
        yield opened


def verdict(archive: Archive, unit: str) -> Verdict:
    return archive.check(loader.parse_criteria(SET), (unit,), datetime.date(2019, 1, 1)).findings[0].status


def test_a_moved_report_counts_where_it_was_moved_to(archive: Archive) -> None:
    assert (verdict(archive, "STC"), verdict(archive, "STP")) == (Verdict.MET, Verdict.MISSING)
    moved = archive.move("31/BC-STP", Place(), Place(unit="STP"), NOTE, EVERYTHING)
    assert moved.holds is not None and (moved.holds.unit, moved.holds.criterion) == ("STP", "4.1")
    assert (verdict(archive, "STC"), verdict(archive, "STP")) == (Verdict.MISSING, Verdict.MET)
    assert (
        archive.search(SearchRequest("donvi:STP", 5), EVERYTHING).total == 1
        and archive.search(SearchRequest("donvi:STC", 5), EVERYTHING).total == 0
    )
    change = archive.show("31/BC-STP", EVERYTHING).changes[0]
    assert (change.from_unit, change.unit, change.author, change.note) == ("STC", "STP", NOTE.author, NOTE.note)
    assert archive.verify() == ()


def test_a_withdrawn_report_is_handed_in_no_more_until_it_is_moved_back(archive: Archive, tmp_path: Path) -> None:
    archive.withdraw("bc.txt", Place(), NOTE, EVERYTHING)
    again = IngestRequest((tmp_path / "nộp" / "STC",))
    assert verdict(archive, "STC") is Verdict.MISSING
    assert [getattr(event, "outcome", None) for event in archive.ingest(again.files())] == ["known"]
    assert archive.show("31/BC-STP", EVERYTHING).submissions == () and verdict(archive, "STC") is Verdict.MISSING
    archive.move("31/BC-STP", Place(), Place("STC", "4.1"), NOTE, EVERYTHING)
    assert verdict(archive, "STC") is Verdict.MET
    assert [change.action.value for change in archive.show("31/BC-STP", EVERYTHING).changes] == ["withdraw", "move"]


def test_a_backup_keeps_the_history(archive: Archive, tmp_path: Path) -> None:
    archive.move("31/BC-STP", Place(), Place(unit="STP"), NOTE, EVERYTHING)
    archive.backup(tmp_path / "a.zip")
    Archive.restore(Settings(home=tmp_path / "kho 2"), tmp_path / "a.zip")
    with Archive.open(Settings(home=tmp_path / "kho 2")) as restored:
        assert verdict(restored, "STP") is Verdict.MET and restored.verify() == ()
        assert [change.unit for change in restored.show("31/BC-STP", EVERYTHING).changes] == ["STP"]


@pytest.mark.parametrize(
    ("reference", "origin", "target", "note", "code"),
    [
        ("99/BC-STP", Place(), Place("STP"), NOTE, "show-unknown"),
        ("31/BC-STP", Place(), Place(), NOTE, "move-nowhere"),
        ("31/BC-STP", Place("SXD"), Place("STP"), NOTE, "submission-not-there"),
        ("31/BC-STP", Place(), Place("stc", "4.1"), NOTE, "move-there-already"),
        ("31/BC-STP", Place(), Place("STP"), ChangeNote(" ", "x"), "correct-author"),
        ("31/BC-STP", Place(), Place("STP"), ChangeNote("Lan", "\n"), "submission-no-reason"),
    ],
)
def test_what_cannot_be_moved(
    archive: Archive, reference: str, origin: Place, target: Place, note: ChangeNote, code: str
) -> None:
    with pytest.raises(UsageError) as caught:
        archive.move(reference, origin, target, note, EVERYTHING)
    assert caught.value.message.code == code and all(caught.value.say(language) for language in Language)
    assert archive.show("31/BC-STP", EVERYTHING).changes == ()


def test_of_several_submissions_one_is_chosen(archive: Archive, tmp_path: Path) -> None:
    list(archive.ingest(IngestRequest((tmp_path / "nộp",), unit="STC", criterion="5.2").files()))
    with pytest.raises(UsageError) as caught:
        archive.withdraw("31/BC-STP", Place(unit="STC"), NOTE, EVERYTHING)
    assert "STC / 4.1" in caught.value.say(Language.VI) and "STC / 5.2" in caught.value.say(Language.VI)
    archive.withdraw("31/BC-STP", Place(criterion="5.2"), NOTE, EVERYTHING)
    assert [submission.criterion for submission in archive.show("31/BC-STP", EVERYTHING).submissions] == ["4.1"]
    with pytest.raises(UsageError) as caught:
        archive.withdraw("31/BC-STP", Place(criterion="5.2"), NOTE, EVERYTHING)
    assert caught.value.message.code == "submission-not-there"

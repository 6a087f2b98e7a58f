"""What a run took in as unit and criterion, and what it says of folders that no set knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive, Ingested
from evidence.archive.ingest_request import IngestRequest
from evidence.archive.search.archive_search import EVERYTHING
from evidence.archive.submissions.changes import ChangeNote, Place
from evidence.config import Settings
from evidence.criteria import loader
from evidence.messages import Language, Message
from evidence.model.placement import PlacementCount, PlacementSummary
from evidence.report import placements_terminal
from tests.support import text_pipeline

pytestmark = pytest.mark.slow  # whole archives, clocks

SET = loader.parse_criteria("""
set: thu
title: Bộ thử
year: 2024
level: so
units: [{code: SYT, name: Sở Y tế, issuer: any}]
criteria:
  - {code: "2", title: Thể chế, points: 2, children: [
      {code: "2.1", title: a, points: 1, score: manual}, {code: "2.10", title: b, points: 1, score: manual}]}
""")
NOTE = ChangeNote("Lan", "nhầm")
FOLDERS = ("Sở Y tế/2.10", "SYT/2.1 - Kế hoạch", "SYT/TC 2.1 kế hoạch", "SYT/2.11", "syt", "Sở Lạ/2.1/q1")


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    for at, folder in enumerate(FOLDERS):
        (tmp_path / "hồ sơ" / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "hồ sơ" / folder / "a.txt").write_text(f"Số: {at + 1}/BC-SYT")
    with Archive.open(Settings(home=tmp_path / "kho"), create=True) as opened:
        yield opened


def summarise(archive: Archive, folder: Path) -> PlacementSummary:
    offered = tuple(IngestRequest((folder,)).files())
    events = [event for event in archive.ingest(offered) if isinstance(event, Ingested)]
    return archive.summarise_placements(offered, [event.sha256 for event in events if event.sha256], SET)


def remarks(count: PlacementCount) -> list[str]:
    return [remark.params.get("near", remark.code) for remark in count.remarks]


def test_files_are_counted_by_unit_and_criterion(archive: Archive, tmp_path: Path) -> None:
    summary = summarise(archive, tmp_path / "hồ sơ")
    counted = {(count.unit, count.criterion): remarks(count) for count in summary.counts}
    assert counted == {
        ("Sở Y tế", "2.10"): [],
        ("SYT", "2.1"): [],
        ("SYT", "TC 2.1 kế hoạch"): ["2.1"],
        ("SYT", "2.11"): ["placed-unknown-criterion"],
        ("syt", None): ["placed-no-criterion"],
        ("Sở Lạ", "2.1"): ["placed-unknown-unit"],
    }
    assert summary.files == len(FOLDERS) and summary.criteria_sets == ("thu",)


def test_what_a_person_put_right_is_told_and_not_counted_as_folders_say(archive: Archive, tmp_path: Path) -> None:
    summarise(archive, tmp_path / "hồ sơ")
    archive.move("4/BC-SYT", Place(), Place(criterion="2.1"), NOTE, EVERYTHING)
    archive.withdraw("5/BC-SYT", Place(), NOTE, EVERYTHING)
    summary = summarise(archive, tmp_path / "hồ sơ" / "SYT")
    assert {(count.criterion, count.files) for count in summary.counts} == {("2.1", 2), ("TC 2.1 kế hoạch", 1)}
    assert (summary.moved, summary.withdrawn) == (1, 0)


@pytest.mark.parametrize("language", list(Language))
def test_a_long_list_is_a_row_a_unit_and_every_remark(language: Language) -> None:
    counts = tuple(PlacementCount(f"U{at // 50}", f"1.{at}", 2) for at in range(100))
    odd = PlacementCount("U1", "x", 1, (Message("placed-unknown-criterion"),))
    text = placements_terminal.render(PlacementSummary((*counts, odd), ("thu",)), language, 100)
    assert text.count("U0") == 1 and text.count("U1") == 2 and "thu" in text and len(text.splitlines()) < 12
    assert text.count("100") == 2

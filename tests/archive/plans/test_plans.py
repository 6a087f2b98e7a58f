"""A plan taken in from a Word file and held against what was handed in."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import Scope
from evidence.config import Settings
from evidence.errors import CriteriaError, UsageError
from evidence.model.criteria import Unit
from evidence.model.plan import TaskStatus
from tests.support import text_pipeline
from tests.support.stored_papers import hand_in

HEAD = ("STT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Thời hạn")
TASKS = [
    ("I", "Chỉ đạo, điều hành", "", "", ""),
    ("1", "Xây dựng kế hoạch", "Kế hoạch cải cách hành chính năm 2026", "Các sở, ban, ngành", "15/01/2026"),
    ("2", "Tuyên truyền", "Kế hoạch tuyên truyền cải cách hành chính năm 2026", "Sở Nội vụ", "31/01/2026"),
    ("3", "Giảm hồ sơ trễ hẹn", "100% hồ sơ đúng hạn", "Sở Y tế", "Trong năm 2026"),
    ("4", "Rà soát", "Báo cáo rà soát văn bản quy phạm pháp luật năm 2026", "Sở Tư pháp", "30/9/2026"),
    ("5", "Khảo sát", "Kết quả khảo sát", "Theo phân công tại Kế hoạch số 5/KH-UBND ngày 3/1/2026", "Thường xuyên"),
]
UNITS = (
    Unit("SNV", "Sở Nội vụ", "Sở Nội vụ tỉnh Sơn Hà"),
    Unit("SYT", "Sở Y tế", "Sở Y tế tỉnh Sơn Hà"),
    Unit("XTL", "UBND xã Tân Lập", "Ủy ban nhân dân xã Tân Lập"),
)


def paper(number: str, issuer: str, day: str, kind: str, subject: str) -> str:
    return f"Số: {number}\nNgày: {day}\nLoại: {kind}\nCơ quan: {issuer}\nVề: {subject}"


PAPERS = {
    "SNV/kh.txt": paper("1/KH-SNV", "Sở Nội vụ tỉnh Sơn Hà", "10/1/2026", "Kế hoạch", "cải cách hành chính năm 2026"),
    "SYT/kh.txt": paper("2/KH-SYT", "Sở Y tế tỉnh Sơn Hà", "20/1/2026", "Kế hoạch", "cải cách hành chính năm 2026"),
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH cải cách hành chính năm 2026")
    table = document.add_table(len(TASKS) + 1, len(HEAD))
    for row, cells in zip(table.rows, [HEAD, *TASKS], strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(str(tmp_path / "kế hoạch.docx"))
    with Archive.open(Settings(home=tmp_path / "kho"), create=True) as opened:
        yield opened


def check(archive: Archive, day: datetime.date) -> dict[str, dict[str, str]]:
    progress = archive.plans.check("cchc", UNITS, day)
    return {
        each.task.code: {"": each.status.value} | {o.owner: o.status.value for o in each.owners} for each in progress
    }


def test_every_task_is_asked_of_its_owner_alone(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = archive.plans.import_file(tmp_path / "kế hoạch.docx", "cchc", "Hoa")
    assert (imported.plan.year, len(imported.plan.tasks)) == (2026, 5) and imported.changed
    assert not archive.plans.import_file(tmp_path / "kế hoạch.docx", "cchc", "Hoa").changed
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    hand_in(archive, tmp_path / "hồ sơ", PAPERS)
    summer = check(archive, datetime.date(2026, 6, 30))
    assert summer == {
        "I.1": {"": "done-late", "SNV": "done", "SYT": "done-late"},
        "I.2": {"": "overdue", "SNV": "overdue"},
        "I.3": {"": "not-due", "SYT": "not-due"},
        "I.4": {"": "not-due", "Sở Tư pháp": "not-due"},
        "I.5": {"": "to-confirm", TASKS[5][3]: "to-confirm"},
    }
    winter = check(archive, datetime.date(2027, 1, 5))
    assert (winter["I.3"][""], winter["I.4"][""]) == ("to-confirm", "overdue")
    archive.plans.mark("cchc", "i.3", "", TaskStatus.DONE, "Báo cáo 9/BC-SYT", "Hoa")
    assert check(archive, datetime.date(2027, 1, 5))["I.3"] == {"": "done", "SYT": "done"}


def test_what_is_no_plan_is_refused_with_its_reason(archive: Archive, tmp_path: Path) -> None:
    prose = tmp_path / "kế hoạch.txt"
    prose.write_text("KẾ HOẠCH\nkhắc phục hạn chế năm 2018\n(Chi tiết tại Phụ lục 1, 2, 3, 4 kèm theo)\n", "utf-8")
    with pytest.raises(CriteriaError) as caught:
        archive.plans.import_file(prose, "kp", "Hoa")
    assert caught.value.message.code == "plan-annex-absent"
    with pytest.raises(UsageError):
        archive.plans.plan("kp")


def test_marks_need_a_task_and_a_reason(archive: Archive, tmp_path: Path) -> None:
    archive.plans.import_file(tmp_path / "kế hoạch.docx", "cchc", "Hoa")
    for task, note in (("IX.1", "x"), ("I.1", " ")):
        with pytest.raises(UsageError):
            archive.plans.mark("cchc", task, "", TaskStatus.DONE, note, "Hoa")


def test_who_sees_some_units_is_told_of_them_alone(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By their own documents; and anew as soon as something is written."""
    archive.plans.import_file(tmp_path / "kế hoạch.docx", "cchc", "Hoa")
    day, scope = datetime.date(2026, 6, 30), Scope(frozenset({"SYT"}))

    def see() -> dict[str, list[tuple[str, str]]]:
        seen = archive.plans.check_seen("cchc", UNITS, day, scope)
        return {each.task.code: [(owner.owner, owner.status.value) for owner in each.owners] for each in seen}

    assert see() == {"I.1": [("SYT", "overdue")], "I.3": [("SYT", "not-due")]}
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    hand_in(archive, tmp_path / "hồ sơ", {"SNV/kh.txt": PAPERS["SYT/kh.txt"]})  # its own, and another handed it in
    assert see()["I.1"] == [("SYT", "overdue")]
    hand_in(archive, tmp_path / "hồ sơ", PAPERS)
    assert see()["I.1"] == [("SYT", "done-late")]
    archive.plans.mark("cchc", "I.1", "SYT", TaskStatus.DONE, "Báo cáo 9/BC-SYT", "Hoa")
    assert see()["I.1"] == [("SYT", "done")]

"""``criteria review`` and ``accept``: the workbook there and back, the terminal, versions, what is remembered."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.past_the_program import REFUSED, open_past

from .conftest import Result, Run

pytestmark = pytest.mark.slow  # whole archives, clocks

ANNEX = """STT;Tiêu chí;Điểm tối đa;Tài liệu kiểm chứng
1;CHỈ ĐẠO;3;
1.1;Kế hoạch CCHC;1;Kế hoạch cải cách hành chính năm 2025
1.2;Báo cáo kiểm soát TTHC;1;Báo cáo kiểm soát TTHC năm 2025
1.3;Sáng kiến;1;
;Tổng điểm;3;
"""
NEXT_YEAR = ANNEX.replace("2025", "2026")


class Desk:
    """One archive with the set ``a``, and its workbook."""

    def __init__(self, evidence: Run, folder: Path) -> None:
        self.evidence, self.folder, self.file = evidence, folder, folder / "duyet.xlsx"
        self.bring(ANNEX, "a", 2025)

    def bring(self, annex: str, name: str, year: int) -> Result:
        file = self.folder / f"{name}.csv"
        file.write_text(annex, encoding="utf-8")
        return self.call("criteria", "import", file, "--as", name, "--year", str(year))

    def call(self, *arguments: str | Path) -> Result:
        return self.evidence("--home", self.folder / "kho", *arguments)

    def workbook(self, name: str = "a", *more: str) -> Worksheet:
        assert self.call("criteria", "review", name, "-o", self.file, *more).code == 0
        self.book = openpyxl.load_workbook(self.file)
        return self.book.worksheets[0]

    def accept(self, name: str = "a", *more: str) -> Result:
        if hasattr(self, "book"):
            self.book.save(self.file)
        return self.call("criteria", "accept", name, self.file, "--by", "Lê Thị Bình", *more)

    def requirements(self, name: str = "a") -> dict[str, dict[str, object]]:
        tree = json.loads(self.call("criteria", "show", name, "--json").out)
        leaves = [leaf for field in tree["criteria"] for leaf in field["children"]]
        return {f"{leaf['code']}/{asked['id']}": asked for leaf in leaves for asked in leaf["evidence"]}


@pytest.fixture
def desk(evidence: Run, tmp_path: Path) -> Desk:
    return Desk(evidence, tmp_path)


def place(sheet: Worksheet, column: str, criterion: str) -> str:
    """The cell of that column in the first row of the criterion."""
    head = next(row for row in sheet.iter_rows() if row[0].value in ("Mã", "Code"))
    at = next(cell.column_letter for cell in head if cell.value == column)
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == criterion)
    return f"{at}{row}"


def test_a_workbook_that_nobody_edited_accepts_every_proposal(desk: Desk) -> None:
    before = desk.requirements()
    assert before and all(asked["proposed"] for asked in before.values())
    sheet = desk.workbook()
    assert sheet.protection.sheet and sheet.freeze_panes
    assert sheet[place(sheet, "Mã", "1.1")].protection.locked
    assert not sheet[place(sheet, "Quyết định", "1.1")].protection.locked
    told = desk.accept()
    assert told.code == 0, told.err
    after = desk.requirements()
    assert [{**asked, "proposed": True, "due": None} for asked in after.values()] == [
        {**asked, "due": None} for asked in before.values()
    ]
    assert not any(asked["proposed"] for asked in after.values())
    assert "Lê Thị Bình duyệt" in desk.call("criteria", "list").out


def test_decisions_changes_and_additions_are_taken(desk: Desk) -> None:
    sheet = desk.workbook()
    sheet[place(sheet, "Quyết định", "1.1")] = "bỏ"
    sheet[place(sheet, "Loại văn bản", "1.2")] = "Thông báo"  # though the decision beside says "đồng ý"
    sheet[place(sheet, "Hạn", "1.2")] = "15/12/2025"
    sheet[place(sheet, "Quyết định", "1.3")] = "thêm"
    sheet[place(sheet, "Tên tài liệu", "1.3")] = "Quyết định công nhận sáng kiến"
    sheet[place(sheet, "Loại văn bản", "1.3")] = "Quyết định"
    told = desk.accept()
    assert told.code == 0, told.err
    assert "0 đề xuất lấy nguyên, 1 sửa, 1 bỏ, 1 thêm" in told.out
    asked = desk.requirements()
    assert sorted(asked) == ["1.2/bc", "1.3/qd"]
    assert (asked["1.2/bc"]["kind"], asked["1.2/bc"]["due_day"]) == ("Thông báo", "2025-12-15")
    again = desk.workbook()  # what was decided stands in the next workbook, and is taken again
    assert again[place(again, "Quyết định", "1.1")].value == "bỏ"
    assert "1 sửa, 1 bỏ, 1 thêm" in desk.accept().out
    assert sorted(desk.requirements()) == ["1.2/bc", "1.3/qd"]


def test_every_fault_is_named_by_its_cell_and_nothing_is_taken(desk: Desk) -> None:
    sheet = desk.workbook()
    wrong = {
        place(sheet, "Quyết định", "1.1"): "để sau",
        place(sheet, "Loại văn bản", "1.2"): "Báo cao",
        place(sheet, "Năm", "1.2"): "năm nay",
    }
    for cell, value in wrong.items():
        sheet[cell] = value
    told = desk.accept()
    assert told.code == 5 and f"ô {place(sheet, 'Quyết định', '1.1')}: Không hiểu quyết định “để sau”" in told.err
    sheet[place(sheet, "Quyết định", "1.1")] = "đồng ý"
    told = desk.accept()
    assert told.code == 5 and "2 chỗ phải sửa" in told.err
    for cell in list(wrong)[1:]:
        assert f"Trang tính Duyệt đề xuất, ô {cell}:" in told.err
    assert all(asked["proposed"] for asked in desk.requirements().values())


def test_rows_that_are_gone_twice_or_of_no_criterion(desk: Desk) -> None:
    sheet = desk.workbook()
    name = place(sheet, "Mã yêu cầu", "1.2")
    sheet[name] = "khac"
    last = sheet.max_row
    sheet[f"A{last}"], sheet[f"G{last}"], sheet[f"H{last}"] = "7.7", "thêm", "Giấy mời"
    told = desk.accept()
    assert told.code == 5
    assert f"ô {name}: Bộ không có đề xuất 1.2/khac" in told.err
    assert f"ô A{last}: Bộ không có tiêu chí thành phần “7.7”" in told.err
    assert "Không thấy dòng của đề xuất 1.2/bc" in told.err


def test_a_workbook_of_another_set_and_a_file_that_is_none(desk: Desk, tmp_path: Path) -> None:
    desk.workbook()
    desk.bring(NEXT_YEAR, "b", 2026)
    told = desk.accept("b")
    assert told.code == 5 and "lập từ bộ a với nội dung khác" in told.err
    other = tmp_path / "khac.csv"
    other.write_text("a;b\n1;2\n", encoding="utf-8")
    told = desk.call("criteria", "accept", "a", other, "--by", "X")
    assert told.code == 5 and "Không thấy bảng duyệt" in told.err


def test_in_english(desk: Desk) -> None:
    sheet = desk.workbook("a", "--lang", "en")
    assert sheet[place(sheet, "Issuer", "1.1")].value == "the unit"
    sheet[place(sheet, "Decision", "1.1")] = "drop"
    told = desk.accept("a", "--lang", "en")
    assert told.code == 0 and "1 dropped" in told.out


def type_keys(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_one_at_a_time_back_and_resumed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    type_keys(monkeypatch, "b", "z", "a", "q")  # drops the first, thinks better of it, stops
    told = desk.call("criteria", "review", "a")
    assert told.code == 0 and "Đã quyết định 1, còn 1" in told.out
    type_keys(monkeypatch, "?", "e", "", "Tờ khai", *[""] * 10, "e", "", "Thông báo", *[""] * 10)
    told = desk.call("criteria", "review", "a", "--by", "Trần Văn Cường")
    assert "[1/2]" not in told.out and "Không có phím “?”" in told.out
    assert "Không có loại văn bản “Tờ khai”" in told.out  # said, and asked again
    assert "do Trần Văn Cường duyệt: 1 đề xuất lấy nguyên, 1 sửa, 0 bỏ" in told.out
    asked = desk.requirements()
    assert (asked["1.1/kh"]["proposed"], asked["1.2/bc"]["kind"]) == (False, "Thông báo")


def test_a_requirement_is_added_on_the_terminal(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def type_keys(*lines: str) -> Result:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return desk.call("criteria", "review", "a", "--by", "Lê Thị Bình")

    empty = [""] * 8
    decision = ("Quyết định công nhận sáng kiến", "Quyết định", "", "công nhận; sáng kiến", *[""] * 7)
    added = type_keys("t", "1.3", *decision, "t", "9.9", "t", "", "", "", "", *empty, "a", "a")
    assert "1.3" in added.out and "9.9" in added.out and added.code == 0
    asked = desk.requirements()
    assert set(asked) == {"1.1/kh", "1.2/bc", "1.3/qd"} and asked["1.3/qd"]["kind"] == "Quyết định"
    again = desk.workbook()
    assert "Quyết định công nhận sáng kiến" in [cell.value for row in again.iter_rows() for cell in row]


def test_what_was_changed_is_offered_next_year_and_not_taken_unasked(desk: Desk) -> None:
    sheet = desk.workbook()
    sheet[place(sheet, "Trích yếu phải có", "1.2")] = "kiểm soát thủ tục hành chính"
    sheet[place(sheet, "Hạn", "1.2")] = "20/12/2025"
    assert desk.accept().code == 0
    told = desk.bring(NEXT_YEAR, "b", 2026)
    assert "1 đề xuất có lời văn đã được sửa" in told.out
    sheet = desk.workbook("b")
    offer = str(sheet[place(sheet, "Lần trước", "1.2")].value)
    assert "Bộ a (Lê Thị Bình) đã sửa" in offer and "Hạn: 20/12/2026" in offer
    assert desk.accept("b").code == 0
    assert desk.requirements("b")["1.2/bc"]["due_day"] is None
    sheet[place(sheet, "Quyết định", "1.2")] = "như lần trước"
    assert desk.accept("b").code == 0
    asked = desk.requirements("b")["1.2/bc"]
    # "năm" is the period, a value of its own that a change of the words leaves: the year's report, not a quarter's
    assert (asked["subject"], asked["period"]) == (["kiểm soát thủ tục hành chính", "năm"], "năm")
    assert asked["due_day"] == "2026-12-20"


def test_a_set_with_a_round_changes_no_more_but_a_new_one_is_made(desk: Desk, tmp_path: Path) -> None:
    units = tmp_path / "dv.csv"
    units.write_text("Mã;Tên đơn vị\nSNV;Sở Nội vụ\n", encoding="utf-8")
    assert desk.call("criteria", "units", "a", units).code == 0
    desk.workbook()
    assert desk.accept().code == 0
    assert "SNV" in desk.call("criteria", "show", "a", "--json").out  # the units came along
    assert desk.call("round", "open", "first", "--criteria", "a", "--by", "An").code == 0
    told = desk.accept()
    assert told.code == 5 and "đã dùng để chấm (vòng 1)" in told.err
    assert desk.call("criteria", "units", "a", units).code == 5
    told = desk.accept("a", "--as", "a-2")
    assert told.code == 0 and "Đã nhận bộ a-2" in told.out
    assert sorted(desk.requirements("a-2")) == sorted(desk.requirements("a"))


def test_the_database_refuses_to_change_who_accepted_what(desk: Desk, tmp_path: Path) -> None:
    desk.workbook()
    assert desk.accept().code == 0
    with open_past(tmp_path / "kho", guarded=True) as database:
        assert database.execute("SELECT act, author FROM criteria_versions").fetchall() == [("accepted", "Lê Thị Bình")]
        for act in ("UPDATE criteria_versions SET author = 'X'", "DELETE FROM criteria_versions"):
            with pytest.raises(REFUSED, match="append-only"):
                database.execute(act)

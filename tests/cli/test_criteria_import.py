"""``criteria import``, ``list``, ``show`` and ``check`` by a set's name, as somebody at the terminal meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run

ROWS = """STT;Tiêu chí;Điểm tối đa;Tài liệu kiểm chứng
1;CÔNG TÁC CHỈ ĐẠO;1,5;
1.1;Báo cáo CCHC;1,5;Báo cáo CCHC năm
;Đúng thời hạn: 1,5;;
;Không đúng thời hạn: 0;;
;Tổng điểm;1,5;
"""


@pytest.fixture
def annex(tmp_path: Path) -> Path:
    file = tmp_path / "phu-luc.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


def test_a_set_is_imported_listed_shown_and_written(evidence: Run, annex: Path, tmp_path: Path) -> None:
    home, out = tmp_path / "kho", tmp_path / "bo.yaml"
    told = evidence("--home", home, "criteria", "import", annex, "--as", "so-2025", "--year", "2025", "-o", out)
    assert told.code == 0, told.err
    assert "Đã nhập bộ so-2025" in told.out and "2 tiêu chí, 1.5 điểm" in told.out
    assert "1 tiêu chí thành quy tắc" in told.out and "1 yêu cầu được đề xuất" in told.out
    assert out.read_text("utf-8").count("proposed: true") == 2  # the remark at its head, and the requirement
    assert "so-2025" in evidence("--home", home, "criteria", "list").out
    tree = json.loads(evidence("--home", home, "criteria", "show", "so-2025", "--json").out)
    child = tree["criteria"][0]["children"][0]
    assert (child["code"], child["points"], child["rule"]) == ("1.1", "1.5", "all-or-nothing")
    assert child["evidence"][0]["proposed"] is True
    assert "[đề xuất" in evidence("--home", home, "criteria", "show", out).out
    assert evidence("criteria", "validate", out).code == 0


def test_the_same_again_is_no_fault_another_content_is(evidence: Run, annex: Path, tmp_path: Path) -> None:
    home = tmp_path / "kho"
    asked = ("--home", home, "criteria", "import", annex, "--as", "so-2025", "--year", "2025")
    assert evidence(*asked).code == 0
    assert "Kho đã có đúng bộ so-2025" in evidence(*asked).out
    annex.write_text(ROWS.replace("Báo cáo CCHC năm", "Kế hoạch CCHC"), encoding="utf-8")
    told = evidence(*asked)
    assert (told.code, "đã có bộ tiêu chí “so-2025” với nội dung khác" in told.err) == (5, True)


def test_nothing_is_written_for_an_annex_with_a_fault(evidence: Run, annex: Path, tmp_path: Path) -> None:
    home, out = tmp_path / "kho", tmp_path / "bo.yaml"
    annex.write_text(ROWS.replace("1.1;Báo cáo CCHC;1,5", "1.1;Báo cáo CCHC;1,4"), encoding="utf-8")
    told = evidence("--home", home, "criteria", "import", annex, "-o", out)
    assert told.code == 5 and "dòng 2: Tiêu chí 1: điểm tối đa 1.5" in told.err
    assert not out.exists() and not home.exists()


def test_check_by_name(evidence: Run, annex: Path, tmp_path: Path) -> None:
    home, file = tmp_path / "kho", tmp_path / "bo.yaml"
    evidence("--home", home, "criteria", "import", annex, "--as", "a", "--year", "2025", "-o", file)
    told = evidence("--home", home, "check", "--criteria", "a")
    assert told.code == 2 and "chưa có đơn vị nào" in told.err
    text = file.read_text("utf-8").replace("units: []", "units: [{code: SNV, name: Sở Nội vụ}]")
    file.write_text(text.replace('set: "a"', 'set: "b"'), encoding="utf-8")
    evidence("--home", home, "criteria", "import", file)
    told = evidence("--home", home, "check", "--criteria", "b", "--as-of", "2026-01-31")
    assert told.code == 0, told.err
    assert "1 yêu cầu của bộ tiêu chí mới là đề xuất" in " ".join(told.out.split())
    text = file.read_text("utf-8").replace("            proposed: true\n", "")
    file.write_text(text.replace('"b"', '"c"', 1), encoding="utf-8")
    evidence("--home", home, "criteria", "import", file)
    told = evidence("--home", home, "check", "--criteria", "c", "--as-of", "2026-01-31", "--format", "json")
    assert json.loads(told.out.splitlines()[0])["requirement"] == "1.1/bc"
    told = evidence("--home", home, "check", "--criteria", "d")
    assert told.code == 2 and "Các bộ đang có: a, b, c" in told.err

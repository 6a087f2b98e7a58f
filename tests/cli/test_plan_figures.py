"""What a plan's check counts becomes figures of the criteria that ask; lost points become a plan that is followed."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from .conftest import Run

SET = """\
set: so-2025
title: Bộ chỉ số CCHC các sở năm 2025
year: 2025
level: so
based_on: {number: 12/QĐ-UBND, date: 2025-01-02}
units:
  - {code: SYT, name: Sở Y tế, issuer: Sở Y tế tỉnh Sơn Hà}
  - {code: SNV, name: Sở Nội vụ, issuer: Sở Nội vụ tỉnh Sơn Hà}
criteria:
  - code: "1.1"
    title: Kết quả thực hiện các nhiệm vụ theo Kế hoạch cải cách hành chính của UBND tỉnh
    points: 2
    timely: true
    rule_text: Hoàn thành 100% nhiệm vụ kịp thời
    score: {rule: stepped, of: ty_le, bands: [{from: 100, points: 2}, {from: 50, below: 100, points: 1}, {below: 50, points: 0}]}
  - code: "1.2"
    title: Chế độ báo cáo
    points: 1
    owners: ["Văn phòng UBND tỉnh"]
    score: timeliness
    evidence:
      - {id: bc, title: Báo cáo cải cách hành chính quý III năm 2025, kind: Báo cáo, issuer: unit, subject: ["cải cách hành chính"], due: 2025-09-20}
"""  # noqa: E501
ROWS = (
    ("STT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Thời hạn"),
    ("1", "Giảm hồ sơ trễ hẹn", "100% hồ sơ đúng hạn", "Sở Y tế", "30/6/2025"),
    ("2", "Rà soát thủ tục", "Danh mục thủ tục", "Sở Y tế", "30/6/2025"),
    ("3", "Đối thoại với doanh nghiệp", "Hội nghị", "Sở Y tế", "Trong năm 2025"),
    ("4", "Kiểm tra", "Cuộc kiểm tra", "Sở Nội vụ", "30/6/2025"),
)


@pytest.fixture
def home(evidence: Run, tmp_path: Path) -> Path:
    (tmp_path / "set.yaml").write_text(SET, "utf-8")
    paper = docx.Document()
    paper.add_paragraph("KẾ HOẠCH Cải cách hành chính năm 2025")
    table = paper.add_table(len(ROWS), 5)
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    paper.save(str(tmp_path / "Cải cách hành chính 2025.docx"))
    home = tmp_path / "home"
    assert evidence("--home", home, "criteria", "import", tmp_path / "set.yaml").code == 0
    assert (
        evidence("--home", home, "plan", "import", tmp_path / "Cải cách hành chính 2025.docx", "--as", "kh").code == 0
    )
    return home


def test_the_counts_of_a_plan_feed_the_criteria_that_ask(evidence: Run, home: Path, tmp_path: Path) -> None:
    for task, status in (("1", "done"), ("2", "done-late")):
        marked = ("plan", "mark", "kh", task, status, "--owner", "SYT", "--note", "đã xem", "--by", "Hoa")
        assert evidence("--home", home, *marked).code == 0
    asked = ("figures", "propose", "--plan", "kh", "--as-of", "2025-12-01", "--json", "-o", tmp_path / "f.csv")
    told = {row["unit"]: row for row in map(json.loads, evidence("--home", home, *asked).out.splitlines())}
    assert (told["SYT"]["criterion"], told["SYT"]["name"], told["SYT"]["value"]) == ("1.1", "ty_le", "33.333333333")
    assert told["SYT"]["pending"][0]["value"] == "1" and "(3)" in told["SYT"]["pending"][0]["raw"]
    assert "figure-plan-open" in [doubt["code"] for doubt in told["SYT"]["doubts"]]
    assert "(1)" in told["SYT"]["raw"] and told["SNV"]["value"] == "0"
    text = (tmp_path / "f.csv").read_text("utf-8-sig").replace("\n,SYT", "\ncó,SYT")
    (tmp_path / "f.csv").write_text(text, "utf-8")
    confirmed = evidence("--home", home, "figures", "confirm", tmp_path / "f.csv", "--by", "Hoa")
    assert "Đã nhận 1 số liệu" in confirmed.out and "1 dòng chưa xác nhận" in confirmed.out


# As 1187/QĐ-BNV words its 1.1, whose points are a share of the tasks that were done.
PROVINCE = """\
set: tinh-2025
title: Bộ chỉ số cấp tỉnh
year: 2025
level: tinh
units:
  - {code: SYT, name: Sở Y tế, issuer: Sở Y tế tỉnh Sơn Hà}
criteria:
  - code: "1.1"
    title: Mức độ hoàn thành kế hoạch cải cách hành chính năm
    points: 2
    rule_text: "Tính theo công thức (b/a)*điểm tối đa. Trong đó: a là tổng số nhiệm vụ đề ra theo kế hoạch; b là số nhiệm vụ đã hoàn thành"
    score: {rule: formula, formula: "b/a*points", figures: [a, b]}
"""  # noqa: E501


def test_the_counts_reach_the_points_once_a_person_confirms_them(evidence: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "tinh.yaml").write_text(PROVINCE, "utf-8")
    assert evidence("--home", home, "criteria", "import", tmp_path / "tinh.yaml").code == 0
    for task, status in (("1", "done"), ("2", "done-late"), ("3", "done")):
        marked = ("plan", "mark", "kh", task, status, "--owner", "SYT", "--note", "đã xem", "--by", "Hoa")
        assert evidence("--home", home, *marked).code == 0
    of = ("--criteria", "tinh-2025")
    asked = ("figures", "propose", *of, "--plan", "kh", "--as-of", "2025-12-31", "-o", tmp_path / "f.csv")
    assert evidence("--home", home, *asked).code == 0
    assert score_of(evidence, home, *of) == ["0", "2"]
    text = (tmp_path / "f.csv").read_text("utf-8-sig").replace("\n,SYT", "\ncó,SYT")
    (tmp_path / "f.csv").write_text(text, "utf-8")
    confirmed = evidence("--home", home, "figures", "confirm", tmp_path / "f.csv", *of, "--by", "Hoa")
    assert "Đã nhận 2 số liệu" in confirmed.out, confirmed.out
    assert score_of(evidence, home, *of) == "2"


def score_of(evidence: Run, home: Path, *of: object) -> object:
    shown = evidence("--home", home, "score", *of, "--as-of", "2025-12-31", "--json").out
    return json.loads(shown.splitlines()[0])["points"]


@pytest.mark.parametrize("name", ["khac-phuc.docx", "khac-phuc.xlsx"])
def test_lost_points_become_a_plan_that_is_imported_and_followed(
    evidence: Run, home: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "f.csv").write_text("unit;criterion;name;value\nSYT;1.1;ty_le;60\nSNV;1.1;ty_le;100\n", "utf-8")
    written = ("plan", "remedies", "--figures", tmp_path / "f.csv", "--as-of", "2025-12-31", "--until", "2026-06-30")
    assert evidence("--home", home, *written, "-o", tmp_path / name).code == 0
    assert evidence("--home", home, *written, "-o", tmp_path / "x.pdf").code == 2
    imported = evidence("--home", home, "plan", "import", tmp_path / name, "--as", "kp")
    assert imported.code == 0 and "năm 2026: 3 nhiệm vụ" in imported.out, imported.out + imported.err
    shown = [json.loads(line) for line in evidence("--home", home, "plan", "show", "kp", "--json").out.splitlines()]
    assert [(row["code"], row["field"], row["owners"], row["due"]["date"]) for row in shown] == [
        ("I.1", "Sở Y tế", ["Sở Y tế"], "2026-06-30"), ("I.2", "Sở Y tế", ["Sở Y tế"], "2026-06-30"),
        ("II.1", "Sở Nội vụ", ["Sở Nội vụ"], "2026-06-30"),
    ]  # fmt: skip
    assert shown[1]["products"] == ["Báo cáo cải cách hành chính quý III năm 2026"]
    assert shown[1]["partners"] == ["Văn phòng UBND tỉnh"] and "mất 1/1 điểm" in shown[1]["shortcoming"]
    assert "mất 1/2 điểm" in shown[0]["shortcoming"] and shown[0]["points"] == "1"
    assert shown[0]["shortcoming"].startswith("1.1 ")  # a criterion's code is no number with decimals
    followed = evidence("--home", home, "plan", "check", "kp", "--as-of", "2026-07-01", "--json")
    statuses = [json.loads(line)["status"] for line in followed.out.splitlines()]
    assert statuses == ["to-confirm", "overdue", "overdue"]

"""Figures read, proposed, confirmed by a person, and counted only then."""

from __future__ import annotations

import csv
import io
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
units:
  - {code: SYT, name: Sở Y tế}
criteria:
  - code: "1.1"
    title: Thực hiện kế hoạch CCHC
    points: 2
    rule_text: "(b/a)*điểm tối đa. Trong đó: a là tổng số nhiệm vụ đề ra theo kế hoạch; b là số nhiệm vụ đã hoàn thành"
    score: {rule: formula, formula: "b/a*points", figures: [a, b]}
"""


@pytest.fixture
def home(evidence: Run, tmp_path: Path) -> Path:
    (tmp_path / "set.yaml").write_text(SET, "utf-8")
    report = docx.Document()
    report.add_paragraph("BÁO CÁO Kết quả thực hiện kế hoạch cải cách hành chính năm 2025")
    report.add_paragraph("Ban hành 10 văn bản (6 kế hoạch, 5 báo cáo).")
    table = report.add_table(2, 4)
    rows = (("STT", "Nội dung", "Số nhiệm vụ đề ra", "Đã hoàn thành"), ("1", "Kế hoạch CCHC năm 2025", "40", "30"))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    (tmp_path / "in" / "SYT").mkdir(parents=True)
    report.save(str(tmp_path / "in" / "SYT" / "bao-cao.docx"))
    home = tmp_path / "home"
    assert evidence("--home", home, "criteria", "import", tmp_path / "set.yaml").code == 0
    assert evidence("--home", home, "-q", "ingest", tmp_path / "in").code == 0
    return home


def points(evidence: Run, home: Path) -> object:
    shown = evidence("--home", home, "score", "--as-of", "2025-12-31", "--json").out
    return json.loads(shown)["points"]


def test_nothing_counts_before_a_person_confirms(evidence: Run, home: Path, tmp_path: Path) -> None:
    proposed = evidence("--home", home, "figures", "propose", "--json", "-o", tmp_path / "f.csv")
    told = {row["name"]: row for row in map(json.loads, proposed.out.splitlines())}
    assert {name: row["value"] for name, row in told.items()} == {"a": "40", "b": "30"}
    assert told["a"]["raw"].endswith("40 | 30") and told["a"]["page"] == 1 and told["a"]["kept"] is None
    assert points(evidence, home) == ["0", "2"]

    unread = evidence("--home", home, "figures", "confirm", tmp_path / "f.csv", "--by", "Hoa")
    assert unread.code == 0 and "2 dòng chưa xác nhận" in unread.out and points(evidence, home) == ["0", "2"]

    rows = list(csv.reader(io.StringIO((tmp_path / "f.csv").read_text("utf-8-sig"))))
    for row in rows[1:]:
        row[0] = "có"
    with (tmp_path / "f.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=";").writerows(rows)
    assert evidence("--home", home, "figures", "confirm", tmp_path / "f.csv", "--by", "Hoa").code == 0
    assert points(evidence, home) == "1.5"
    kept = [json.loads(line) for line in evidence("--home", home, "figures", "list", "--json").out.splitlines()]
    assert [(row["name"], row["value"], row["by"]) for row in kept] == [("a", "40", "Hoa"), ("b", "30", "Hoa")]
    assert kept[0]["sources"][0]["document"] == told["a"]["document"]
    again = evidence("--home", home, "figures", "confirm", tmp_path / "f.csv", "--by", "Hoa")
    assert "Đã nhận 0 số liệu" in again.out


def test_typed_figures_count_in_check_and_faults_refuse_all(evidence: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("unit,criterion,name,value\nSYT,1.1,a,10\nSYT,1.1,x,5\n", "utf-8")
    bad = evidence("--home", home, "figures", "confirm", tmp_path / "bad.csv", "--by", "Hoa")
    assert bad.code == 5 and "3" in bad.err and points(evidence, home) == ["0", "2"]
    (tmp_path / "f.csv").write_text("unit;criterion;name;value\nSYT;1.1;a;10\nSYT;1.1;b;5\n", "utf-8")
    assert evidence("--home", home, "figures", "confirm", tmp_path / "f.csv", "--by", "Hoa").code == 0
    (tmp_path / "over.csv").write_text("unit;criterion;name;value\nSYT;1.1;b;10\n", "utf-8")
    assert points(evidence, home) == "1"
    over = evidence("--home", home, "score", "--as-of", "2025-12-31", "--json", "--figures", tmp_path / "over.csv")
    assert json.loads(over.out)["points"] == "2"


def test_read_tells_wrong_sums(evidence: Run, tmp_path: Path) -> None:
    file = tmp_path / "bc.txt"
    file.write_text("Ban hành 10 văn bản (6 kế hoạch, 5 báo cáo).\n12 sáng kiến được công nhận, 2 đang trình.", "utf-8")
    rows = [json.loads(line) for line in evidence("figures", "read", file, "--json").out.splitlines()]
    assert [(row["holds"], row["difference"]) for row in rows if row["row"] == "sum"] == [(False, "1")]
    assert {row["role"] for row in rows if row.get("value") == "2"} == {"pending"}
    assert evidence("figures", "read", tmp_path / "none.txt").code == 2

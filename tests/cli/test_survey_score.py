"""A year on the command line: survey taken in, points joined, units ranked."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from .conftest import Run

SET = """\
set: nam-2025
title: Bộ năm 2025
year: 2025
level: so
grades: {TỐT: 80, KHÁ: 65}
parts:
  - {name: thamdinh, title: Thẩm định}
  - {name: dieutra, title: Điều tra, criteria: ["2"], least_forms: 2}
  - {name: hailong, title: Hài lòng, criteria: ["3"], least_forms: 2}
units:
  - {code: SNV, name: Sở Nội vụ, group: so}
  - {code: STC, name: Sở Tài chính, group: so}
  - {code: TTT, name: Thanh tra tỉnh, group: so, ranked: false}
criteria:
  - {code: "1", title: Chỉ đạo, points: 70, children: [
      {code: "1.1", title: Kế hoạch, points: 30, score: manual},
      {code: "1.2", title: Báo cáo, points: 40, score: manual}]}
  - {code: "2", title: Điều tra, points: 20, score: survey}
  - {code: "3", title: Hài lòng, points: 10, score: survey}
"""
MAP = """\
unit: Đơn vị
respondent: Email
options: {Tốt: 100%, Khá: 70%}
questions: {Câu 1: "2", Câu 2: "3"}
"""
FORMS = [
    ("Email", "Đơn vị", "Câu 1. Phục vụ", "Câu 2. Hài lòng"),
    ("a@x", "Sở Nội vụ", "Tốt", "Tốt"),
    ("b@x", "Sở Nội vụ", "Khá", "Không biết"),
    ("a@x", "Sở Tài chính", "Tốt", "Khá"),
    ("c@x", "Sở Tài chính", "Tốt", "Khá"),
    ("d@x", "Thanh tra tỉnh", "Tốt", "Tốt"),
]
DECIDED = [("SNV", "1", "65,5"), ("STC", "1.1", "25"), ("STC", "1.2", "30"), ("TTT", "1", "60")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("year")
    (folder / "set.yaml").write_text(SET, "utf-8")
    (folder / "map.yaml").write_text(MAP, "utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in FORMS:
        sheet.append(row)
    book.save(folder / "forms.xlsx")
    return folder


@pytest.fixture
def home(evidence: Run, folder: Path, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    assert evidence("--home", home, "criteria", "import", folder / "set.yaml").code == 0
    result = evidence("--home", home, "survey", "import", folder / "forms.xlsx", "--map", folder / "map.yaml",
                      "--criteria", "nam-2025", "--by", "Lê Hoa")  # fmt: skip
    assert result.code == 0 and "5 phiếu của 3 đơn vị" in result.out, result.err
    return home


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def decide_all(evidence: Run, home: Path) -> None:
    evidence("--home", home, "round", "open", "first", "--criteria", "nam-2025", "--by", "Hoa")
    for unit, criterion, points in DECIDED:
        result = evidence("--home", home, "round", "decide", unit, criterion, "--criteria", "nam-2025",
                          "--points", points, "--by", "Hoa")  # fmt: skip
        assert result.code == 0, result.err


def test_survey_show(evidence: Run, home: Path) -> None:
    shown = lines(evidence("--home", home, "survey", "show", "--json").out)
    assert [(each["unit"], each["part"], each["score"], each["assessed"]) for each in shown] == [
        ("SNV", "dieutra", "17", True),
        ("SNV", "hailong", "10", True),
        ("STC", "dieutra", "20", True),
        ("STC", "hailong", "7", True),
        ("TTT", "dieutra", "20", False),
        ("TTT", "hailong", "10", False),
    ]
    text = " ".join(evidence("--home", home, "survey", "show").out.split())
    assert "Lê Hoa" in text and "ít phiếu" in text and "forms.xlsx" in text


def test_points_are_a_range_until_all_is_decided(evidence: Run, home: Path) -> None:
    before = lines(evidence("--home", home, "score", "--json").out)
    assert (before[0]["index"], before[0]["complete"]) == (["27.00", "97.00"], False)
    assert [line["rank"] for line in lines(evidence("--home", home, "score", "rank", "--json").out)] == [None] * 3
    decide_all(evidence, home)
    after = lines(evidence("--home", home, "score", "--criteria", "nam-2025", "--json").out)
    assert [(each["unit"], each["max"], each["points"], each["index"], each["complete"]) for each in after] == [
        ("SNV", "100", "92.5", "92.50", True),
        ("STC", "100", "82", "82.00", True),
        ("TTT", "70", "60", "85.71", True),
    ]
    ranked = lines(evidence("--home", home, "score", "rank", "--json").out)
    assert [(each["unit"], each["rank"], each["grade"]) for each in ranked] == [
        ("SNV", 1, "TỐT"), ("STC", 2, "TỐT"), ("TTT", None, "TỐT"),
    ]  # fmt: skip
    graded = lines(evidence("--home", home, "score", "rank", "--grades", "A:90", "--json").out)
    assert [each["grade"] for each in graded] == ["A", None, None]


def test_a_survey_is_taken_in_once_or_replaced(evidence: Run, home: Path, folder: Path, tmp_path: Path) -> None:
    call = ("--home", home, "survey", "import")
    rest = ("--map", folder / "map.yaml", "--by", "Hoa")
    again = evidence(*call, folder / "forms.xlsx", *rest)
    assert again.code == 2 and "--replaces 1" in again.err
    (tmp_path / "new.csv").write_text("Email;Đơn vị;Câu 1;Câu 2\nb@x;SNV;Tốt;Tốt\nz@x;SNV;Tốt;Tốt\n", "utf-8")
    before = evidence(*call, tmp_path / "new.csv", *rest)
    assert before.code == 5 and "  2: " in before.err and "lần nhập trước" in before.err
    assert evidence(*call, tmp_path / "new.csv", *rest, "--replaces", "7").code == 2
    assert evidence(*call, tmp_path / "new.csv", *rest, "--replaces", "1").code == 0
    shown = lines(evidence("--home", home, "survey", "show", "--json").out)
    assert [each["score"] for each in shown if each["unit"] == "SNV"] == ["20", "10"]
    assert "đã được thay" in evidence("--home", home, "survey", "show").out


def test_no_trace_of_a_respondent_in_the_archive(home: Path) -> None:
    data = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"a@x" not in data and b"c@x" not in data


def test_faults_name_row_and_cell_and_nothing_is_kept(evidence: Run, home: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("Email;Đơn vị;Câu 1;Câu 2\nq@x;SNV;Tuyệt;Tốt\n", "utf-8")
    result = evidence("--home", home, "survey", "import", tmp_path / "f.csv", "--map", folder / "map.yaml")
    assert result.code == 5 and "  2: ô C2" in result.err and "Tuyệt" in result.err
    assert evidence("--home", home, "survey", "show").out.count("Lần nhập") == 1
    (tmp_path / "m.yaml").write_text(MAP.replace('"2"', '"9"'), "utf-8")
    wrong = evidence("--home", home, "survey", "import", tmp_path / "f.csv", "--map", tmp_path / "m.yaml")
    assert wrong.code == 5 and "“9”" in wrong.err


def test_sample_size(evidence: Run) -> None:
    assert "388" in evidence("survey", "size", "12850").out
    assert "1000" in evidence("survey", "size", "10000", "--error", "3").out
    assert evidence("survey", "size", "100", "--error", "x").code == 2


def test_bonus_counts_beside_the_scale_and_is_no_loss(evidence: Run, tmp_path: Path) -> None:
    blocks = """\
  - {code: T, title: Thưởng, points: 5, score: manual, block: bonus}
  - {code: P, title: Phạt, points: 5, score: manual, block: penalty}
"""
    text = SET + blocks
    (tmp_path / "set.yaml").write_text(text, "utf-8")
    home = tmp_path / "home"
    assert evidence("--home", home, "criteria", "import", tmp_path / "set.yaml").code == 0
    evidence("--home", home, "round", "open", "first", "--criteria", "nam-2025", "--by", "Hoa")
    for code, points in (("1", "70"), ("2", "20"), ("3", "10"), ("T", "3"), ("P", "1")):
        evidence(
            "--home", home, "round", "decide", "SNV", code, "--criteria", "nam-2025", "--points", points, "--by", "H"
        )
    line = lines(evidence("--home", home, "score", "--unit", "SNV", "--json").out)[0]
    assert (line["max"], line["points"], line["index"]) == ("100", "102", "102.00")
    losses = lines(evidence("--home", home, "score", "explain", "SNV", "--json").out)
    assert [(row["code"], row["lost"]) for row in losses if row["row"] == "criterion"] == [("P", "1")]

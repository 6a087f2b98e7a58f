"""``score explain``: from the archive and from a report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document

from .conftest import Run
from .test_survey_score import FORMS, MAP, SET

FIELDS = [("1", "Chỉ đạo điều hành", "15,5", "14,5", "Thiếu phụ lục 3, trừ 1 điểm"), ("2", "Thể chế", "10", "9,98", ""),
          ("3", "Cải cách TTHC", "17", "16,97", "")]  # fmt: skip


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_table_in_a_report(evidence: Run, tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=0, cols=5)
    rows = [
        ("STT", "Tiêu chí", "Điểm tối đa", "Điểm tự đánh giá", "Ghi chú"),
        *FIELDS,
        ("", "Tổng cộng", "42,5", "41,75", ""),
    ]
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(tmp_path / "bc.docx"))
    out = lines(evidence("score", "explain", "SNV", "--report", tmp_path / "bc.docx", "--json").out)
    fields = [row for row in out if row["row"] == "field"]
    assert [(row["lost"], row["explained"], row["unexplained"]) for row in fields] == [
        ("1", "1", "0"), ("0.02", "0", "0.02"), ("0.03", "0", "0.03"),
    ]  # fmt: skip
    total = next(row for row in out if row["row"] == "total")
    assert (total["points"], total["stated"], total["difference"]) == ("41.45", "41.75", "0.3")
    assert "sum-differs" in [row["code"] for row in out if row["row"] == "check"]


PROSE = """Kết quả: 3 lĩnh vực
1. Chỉ đạo điều hành: 14,5/15,5 điểm.
2. Thể chế: {0}/10 điểm.
3. Cải cách thủ tục hành chính: 17/17 điểm.
Tổng điểm: 41,5 điểm
"""


def test_several_reports_and_folders_of_them(evidence: Run, tmp_path: Path) -> None:
    folder = tmp_path / "bc" / "quý"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(PROSE.format("10"), "utf-8")
    (folder.parent / "b.txt").write_text(PROSE.format("9"), "utf-8")
    (folder.parent / "c.txt").write_text("Không có điểm.\n", "utf-8")
    result = evidence("score", "explain", "SNV", "--report", tmp_path / "bc", "--json")
    assert result.code == 0 and "c.txt" in result.err
    losses = {(Path(str(row["source"])).name, row["title"]): row["lost"] for row in lines(result.out)
              if row["row"] == "field" and row["lost"] != "0"}  # fmt: skip
    assert losses == {
        ("a.txt", "Chỉ đạo điều hành"): "1",
        ("b.txt", "Chỉ đạo điều hành"): "1",
        ("b.txt", "Thể chế"): "1",
    }
    both = evidence("score", "explain", "SNV", "--report", folder / "a.txt", "--report", folder.parent / "b.txt")
    assert both.code == 0 and "a.txt:" in both.out and "b.txt:" in both.out
    (tmp_path / "rỗng").mkdir()
    (tmp_path / "rỗng" / "d.txt").write_text("x", "utf-8")
    (tmp_path / "rỗng" / "e.txt").write_text("y", "utf-8")
    none = evidence("score", "explain", "SNV", "--report", tmp_path / "rỗng")
    assert none.code == 2 and "không tệp nào" in none.err


def test_a_report_without_points(evidence: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Báo cáo kết quả công tác tháng 3.\nKhông có điểm.\n", "utf-8")
    result = evidence("score", "explain", "SNV", "--report", tmp_path / "a.txt")
    assert result.code == 2 and "a.txt" in result.err


@pytest.fixture
def home(evidence: Run, tmp_path: Path) -> Path:
    """Points of every kind: decided with a note and without, surveyed, missing, open."""
    home = tmp_path / "home"
    asked = SET.replace(
        '{code: "1.1", title: Kế hoạch, points: 30, score: manual}',
        '{code: "1.1", title: Kế hoạch, points: 30, score: all-or-nothing, evidence: [{id: kh, title: Kế hoạch CCHC, '
        "kind: Kế hoạch, issuer: unit, subject: [cải cách hành chính], about: 2025, due: 2025-01-31}]}",
    )
    (tmp_path / "set.yaml").write_text(asked, "utf-8")
    (tmp_path / "map.yaml").write_text(MAP, "utf-8")
    (tmp_path / "forms.csv").write_text("\n".join(";".join(row) for row in FORMS), "utf-8")
    assert evidence("--home", home, "criteria", "import", tmp_path / "set.yaml").code == 0
    assert (
        evidence("--home", home, "survey", "import", tmp_path / "forms.csv", "--map", tmp_path / "map.yaml").code == 0
    )
    evidence("--home", home, "round", "open", "first", "--criteria", "nam-2025", "--by", "Hoa")
    return home


def test_losses_from_the_archive(evidence: Run, home: Path) -> None:
    call = ("--home", home, "score", "explain", "SNV", "--as-of", "2025-12-31", "--json")
    before = {row["code"]: row for row in lines(evidence(*call).out) if row["row"] == "criterion"}
    kinds = {code: [reason["kind"] for reason in row["reasons"]] for code, row in before.items()}  # type: ignore[attr-defined]
    assert kinds == {"1.1": ["missing"], "1.2": ["open"], "2": ["survey"]}
    assert (before["1.1"]["lost"], before["1.2"]["open"], before["2"]["lost"]) == ("30", "40", "3")
    for points, note in (("35", ""), ("36", "Báo cáo quý I sơ sài")):
        evidence("--home", home, "round", "decide", "SNV", "1.2", "--criteria", "nam-2025", "--points", points,
                 "--note", note, "--by", "Hoa")  # fmt: skip
        after = {row["code"]: row for row in lines(evidence(*call).out) if row["row"] == "criterion"}
        assert after["1.2"]["unexplained"] == ("0" if note else "5")
    assert after["1.2"]["reasons"][0]["text"] == "Báo cáo quý I sơ sài"  # type: ignore[index]
    text = evidence("--home", home, "score", "explain", "SNV", "--as-of", "2025-12-31").out
    assert "thiếu tài liệu" in text and "Báo cáo quý I sơ sài" in text and "Cộng" in text

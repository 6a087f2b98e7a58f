"""``score rank --parts`` on the command line: JSON lines, files of every kind, sentences."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from .conftest import Run

ROWS = [
    ("unit", "group", "ranked", "part", "max", "points"),
    ("Sở Xây dựng", "so", "yes", "thamdinh", "72.50", "66.39"),
    ("Sở Xây dựng", "so", "yes", "dieutra", "15", "12.082"),
    ("Thanh tra tỉnh", "so", "no", "thamdinh", "66", "51.50"),
    ("Thanh tra tỉnh", "so", "no", "dieutra", "15", "12.734"),
]


def written(folder: Path, name: str, rows: list[tuple[str, ...]], sign: str = ",", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join(sign.join(row) for row in rows).encode(encoding))
    return path


def test_a_line_a_unit(evidence: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "p.csv", ROWS)
    result = evidence("score", "rank", "--parts", file, "--grades", "RẤT TỐT:89,KHÁ:79", "--json")
    lines = [json.loads(line) for line in result.out.splitlines()]
    wanted = ["unit", "group", "rank", "index", "grade", "max", "points"]
    assert [[line[name] for name in wanted] for line in lines] == [
        ["Sở Xây dựng", "so", 1, "89.68", "RẤT TỐT", "87.5", "78.472"],
        ["Thanh tra tỉnh", "so", None, "79.30", "KHÁ", "81", "64.234"],
    ]
    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize(("sign", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (";", "cp1258")])
def test_csv_as_spreadsheets_save_it(evidence: Run, tmp_path: Path, sign: str, encoding: str) -> None:
    names = {"cp1258": [(row[0].replace("Sở Xây dựng", "So XD").replace("tỉnh", "x"), *row[1:]) for row in ROWS]}
    file = written(tmp_path, "p.csv", names.get(encoding, ROWS), sign, encoding)
    lines = evidence("score", "rank", "--parts", file, "--json").out.splitlines()
    assert [json.loads(line)["index"] for line in lines] == ["89.68", "79.30"]


def test_a_workbook_keeps_digits_that_its_format_hides(evidence: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(ROWS[0])
    for row in ROWS[1:]:
        sheet.append([*row[:4], float(row[4]), float(row[5])])
        sheet.cell(sheet.max_row, 6).number_format = "0.0"
    book.save(tmp_path / "p.xlsx")
    lines = evidence("score", "rank", "--parts", tmp_path / "p.xlsx", "--json").out.splitlines()
    assert [json.loads(line)["points"] for line in lines] == ["78.472", "64.234"]


def test_open_points_give_no_rank_and_it_is_said(evidence: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "p.csv", [*ROWS[:2], ("Sở Xây dựng", "so", "yes", "dieutra", "15", "?")])
    result = evidence("score", "rank", "--parts", file, "--json")
    line = json.loads(result.out)
    assert (line["rank"], line["complete"], line["points"]) == (None, False, ["66.39", "81.39"])
    assert "Sở Xây dựng" in result.err and "--provisional" in result.err
    asked = evidence("score", "rank", "--parts", file, "--provisional", "--json")
    assert json.loads(asked.out)["rank"] == 1 and "TẠM" in asked.err


def test_a_table_for_people(evidence: Run, tmp_path: Path) -> None:
    out = evidence("score", "rank", "--parts", written(tmp_path, "p.csv", ROWS)).out
    assert "89,68" in out and "Nhóm: so" in out and out.index("Sở Xây dựng") < out.index("Thanh tra tỉnh")


def test_what_is_wrong_is_said_by_row(evidence: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "p.csv", [*ROWS, ("Sở Xây dựng", "so", "yes", "dieutra", "15", "16")])
    result = evidence("score", "rank", "--parts", file)
    assert result.code == 5 and "  6: " in result.err and "16" in result.err and result.out == ""
    assert evidence("score", "rank", "--parts", tmp_path / "none.csv").code == 2
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04broken")
    assert evidence("score", "rank", "--parts", tmp_path / "x.xlsx").code == 3

"""``publish``: the files of a folder, in the real columns, and what is refused."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl

from .conftest import Run

GRADES = "TỐT:80,KHÁ:65"
ROWS = """unit,group,ranked,part,max,points
Sở Một,so,yes,thamdinh,70,60.5
Sở Một,so,yes,dieutra,15,12.281
Sở Hai,so,yes,thamdinh,74,70
Sở Hai,so,yes,dieutra,15,
Thanh tra,so,no,thamdinh,66,51.5
Xã Ba,xa,yes,thamdinh,74,40
Xã Bốn,xa,yes,thamdinh,74,40
"""
HEADS = ["Thứ hạng", "Đơn vị", "Điểm chuẩn tối đa", "Điểm đạt được", "Chỉ số (%)", "Xếp loại"]


def published(evidence: Run, folder: Path, rows: str = ROWS, *more: str) -> Path:
    parts = folder / "parts.csv"
    parts.write_text(rows, "utf-8")
    result = evidence("publish", "--parts", parts, "--grades", GRADES, "-o", folder / "out", *more)
    assert (result.code, result.err.count("\n")) == (0, 1)
    return folder / "out"


def test_the_annex_of_the_whole_index(evidence: Run, tmp_path: Path) -> None:
    folder = published(evidence, tmp_path)
    table = docx.Document(str(folder / "phu-luc.docx")).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == HEADS
    assert rows[2] == ["1", "Sở Hai", "74,000", "70,000", "94,59", "TỐT"]
    assert rows[3] == ["2", "Sở Một", "85,000", "72,781", "85,62", "TỐT"]
    assert [row[1:5:3] for row in rows[4:7]] == [["Cao nhất", "94,59"], ["Trung bình", "90,11"], ["Thấp nhất", "85,62"]]
    assert rows[7][0] == "II. Các sở, ban, ngành (xếp loại, không xếp hạng)"
    assert rows[8] == ["–", "Thanh tra", "66,00", "51,50", "78,03", "KHÁ"]
    assert [row[0] for row in rows[10:12]] == ["1", "1"]
    header = table.rows[0]._tr.xml
    assert "w:tblHeader" in header


def test_a_sheet_a_field(evidence: Run, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(published(evidence, tmp_path) / "phu-luc.xlsx")
    assert book.sheetnames[:3] == ["PL I", "PL II Điểm thẩm định", "PL III Điều tra xã hội học"]
    survey = [row for row in book.worksheets[2].iter_rows(values_only=True) if row[0] == 1]
    assert survey == [(1, "Sở Một", 15, 12.281, 81.87)]
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[4]] == HEADS
    assert (sheet.print_title_rows, sheet["D6"].number_format) == ("$4:$4", "[$-42A]0.000")


def test_open_points_are_not_published(evidence: Run, tmp_path: Path) -> None:
    parts = tmp_path / "parts.csv"
    parts.write_text(ROWS.replace("74,70\n", "74,?\n"), "utf-8")
    result = evidence("publish", "--parts", parts, "-o", tmp_path / "out")
    assert (result.code, (tmp_path / "out").exists()) == (2, False)
    assert "Sở Hai" in result.err
    folder = published(evidence, tmp_path, ROWS.replace("74,70\n", "74,60..70\n"), "--provisional")
    rows = [[cell.text for cell in row.cells] for row in docx.Document(str(folder / "phu-luc.docx")).tables[0].rows]
    assert rows[3] == ["2*", "Sở Hai", "74,000", "60,000 – 70,000", "81,08 – 94,59", "TỐT"]


def test_files_that_are_there_stay(evidence: Run, tmp_path: Path) -> None:
    folder = published(evidence, tmp_path)
    (folder / "phu-luc.docx").write_text("edited", "utf-8")
    again = ("publish", "--parts", tmp_path / "parts.csv", "-o", folder)
    assert evidence(*again).code == 2
    assert (folder / "phu-luc.docx").read_text("utf-8") == "edited"
    assert evidence(*again, "--force").code == 0


def test_report_and_charts(evidence: Run, tmp_path: Path) -> None:
    before = tmp_path / "before.csv"
    before.write_text("unit,max,points\nSở Một,100,80.62\nSở Hai,100,96\nSở Cũ,100,50\n", "utf-8")
    folder = published(evidence, tmp_path, ROWS, "--before", str(before))
    report = docx.Document(str(folder / "bao-cao.docx"))
    text = "\n".join(paragraph.text for paragraph in report.paragraphs)
    assert "trung bình đạt 90,11%. Cao nhất: Sở Hai (94,59%); thấp nhất: Sở Một (85,62%)" in text
    assert "1 đơn vị tăng, 1 đơn vị giảm" in text and "Sở Một (80,62% → 85,62%: +5,00)" in text
    assert "không còn 1 đơn vị: Sở Cũ" in text
    charts = sorted(path.name for path in (folder / "bieu-do").glob("*.svg"))
    assert charts == ["don-vi-1.svg", "don-vi-2.svg", "linh-vuc-1.svg", "linh-vuc-2.svg", "xep-hang-1.svg",
                      "xep-hang-3.svg"]  # fmt: skip
    assert len(report.inline_shapes) == len(charts)

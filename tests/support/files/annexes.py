"""Annexes made on the spot, as offices lay them out, each with the truth: code, title and points of every row."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.table import Table as DocxTable
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

FONTS = (
    "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
)
TITLE = "CHỈ SỐ CẢI CÁCH HÀNH CHÍNH CÁC SỞ, BAN, NGÀNH NĂM 2025"
BASIS = "(Ban hành kèm theo Quyết định số 615/QĐ-UBND ngày 15 tháng 3 năm 2025 của UBND tỉnh)"


@dataclass(frozen=True)
class Row:
    """A row as printed. Without a code it belongs to the one above."""

    code: str
    title: str
    points: str = ""
    evidence: str | None = ""
    rule: str = ""


def flow(*rows: Row) -> list[Row]:
    return list(rows)


def truth(rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    """What must come back: codes without dots at their end, titles without their scoring, points with a point."""
    coded = [row for row in rows if row.code and row.code != "STT"]
    return [(row.code.rstrip(". "), row.title.split("\n")[0], row.points.replace(",", ".")) for row in coded]


RULED = flow(
    Row("1.", "CÔNG TÁC CHỈ ĐẠO ĐIỀU HÀNH CCHC", "10,5"),
    Row("1.1.", "Kế hoạch cải cách hành chính", "3,0"),
    Row("1.1.1.", "Ban hành kế hoạch CCHC hằng năm của đơn vị theo đúng hướng dẫn", "1,0", "Kế hoạch CCHC năm 2025"),
    Row("", "Ban hành kịp thời: 1"),
    Row("", "Ban hành không kịp thời: 0,5"),
    Row("", "Không ban hành: 0"),
    Row("1.1.2.", "Mức độ thực hiện kế hoạch", "2,0", "Báo cáo kết quả thực hiện kế hoạch"),
    Row("", "Hoàn thành 100% kế hoạch: 2\nHoàn thành từ 80% đến dưới 100%: 1\nHoàn thành dưới 80%: 0"),
    Row("1.2.", "Báo cáo cải cách hành chính", "7,5", "Các báo cáo CCHC Quý I, 6 tháng, Quý III và báo cáo năm"),
    Row("", "Đủ số lượng và đúng thời hạn: 7,5\nKhông đủ số lượng hoặc không đúng thời hạn: 0"),
    Row("2.", "CẢI CÁCH THỂ CHẾ", "9,5"),
    *(Row(f"2.{n}.", f"Tiêu chí thành phần thứ {n} của lĩnh vực thể chế trong năm", "0,5") for n in range(1, 20)),
)


def fonts() -> str:
    font = next((file for file in FONTS if Path(file).exists()), None)
    if font is None:
        pytest.skip("no font with Vietnamese letters: apt-get install fonts-croscore")
    if "Annex" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Annex", font))
    return "Annex"


def pdf(file: Path, rows: Sequence[Row], total: str | None = "20,0", **how: Any) -> Path:
    """A ruled table over pages: two-row header with merged cells, repeated, below a title."""
    return tables(file, [(TITLE, rows, total)], **how)


def tables(file: Path, sets: Sequence[tuple[str, Sequence[Row], str | None]], **how: Any) -> Path:
    """Several sets in one file, each below its title; ``prose`` puts a page of words before them."""
    name = fonts()
    style = ParagraphStyle("cell", fontName=name, fontSize=11, leading=13)
    head = ParagraphStyle("head", parent=style, alignment=1)
    story: list[Any] = []
    if how.get("prose"):
        words = "Điều 1. Ban hành kèm theo Quyết định này. " * 30
        story += [Paragraph("QUYẾT ĐỊNH", head), Paragraph(words, style), PageBreak()]
    for count, (title, rows, total) in enumerate(sets):
        story += [PageBreak()] if count else []
        story += [Paragraph("PHỤ LỤC", head), Paragraph(title, head), Paragraph(BASIS, head), Spacer(1, 12)]
        story.append(_table(rows, total, style, **how))
    SimpleDocTemplate(str(file), pagesize=landscape(A4), leftMargin=40, rightMargin=40).build(story)
    return file


def cut(file: Path, pages: Sequence[Sequence[Row]], total: str) -> Path:
    """One table over pages as Word lays it: the header on each, a row without a code going on from the page before."""
    style = ParagraphStyle("cell", fontName=fonts(), fontSize=11, leading=13)
    story: list[Any] = [Paragraph(TITLE, style)]
    for number, rows in enumerate(pages, start=1):
        story += [_table(rows, total if number == len(pages) else None, style), PageBreak()]
    SimpleDocTemplate(str(file), pagesize=landscape(A4), leftMargin=40, rightMargin=40).build(story)
    return file


def _table(rows: Sequence[Row], total: str | None, style: ParagraphStyle, **how: Any) -> Table:
    def cell(text: str) -> Any:
        return [Paragraph(line, style) for line in text.split("\n")] if text else ""

    body = [[cell("STT"), cell("Lĩnh vực/Tiêu chí/Tiêu chí thành phần"), cell("Điểm tối đa"), cell("Điểm đánh giá"), "",
             cell("Tài liệu kiểm chứng")],
            ["", "", "", cell("Tự chấm"), cell("Thẩm định"), ""]]  # fmt: skip
    merges: list[Any] = [("SPAN", (3, 0), (4, 0)), *(("SPAN", (at, 0), (at, 1)) for at in (0, 1, 2, 5))]
    for row in rows:
        if row.evidence is None:
            first = next(at for at in range(len(body) - 1, 0, -1) if body[at][5])
            merges = [merge for merge in merges if merge[1] != (5, first)]
            merges.append(("SPAN", (5, first), (5, len(body))))
        body.append([cell(row.code), cell(row.title), cell(row.points), "", "", cell(row.evidence or "")])
    if total:
        body.append(["", cell("TỔNG ĐIỂM"), cell(total), "", "", ""])
    return Table(
        body, colWidths=[45, 330, 55, 60, 60, 210], repeatRows=how.get("repeat", 2),
        style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP"), *merges],
    )  # fmt: skip


def word(file: Path, rows: Sequence[Row], total: str | None = "20,0") -> Path:
    """The same as DOCX, below a letterhead that is a table too."""
    paper = docx.Document()
    letterhead = paper.add_table(1, 2)
    letterhead.rows[0].cells[0].text = "UBND TỈNH AN PHÚ"
    letterhead.rows[0].cells[1].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    paper.add_paragraph(TITLE)
    paper.add_paragraph(BASIS)
    table: DocxTable = paper.add_table(2, 6)
    heads = ("TT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm chuẩn", "Điểm đánh giá", "", "Tài liệu kiểm chứng")
    for at, text in enumerate(heads):
        table.cell(0, at).text = text
    table.cell(0, 3).merge(table.cell(0, 4)).text = "Điểm đánh giá"
    table.cell(1, 3).text, table.cell(1, 4).text = "Tự đánh giá", "Thẩm định"
    for at in (0, 1, 2, 5):
        table.cell(0, at).merge(table.cell(1, at)).text = heads[at]
    for row in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text, cells[2].text, cells[5].text = row.code, row.title, row.points, row.evidence or ""
        if row.evidence is None:
            last = len(table.rows) - 1
            table.cell(last - 1, 5).merge(table.cell(last, 5))
    if total:
        cells = table.add_row().cells
        cells[0].merge(cells[1]).text = "Tổng cộng"
        cells[2].text = total
    paper.save(str(file))
    return file


def sheet(file: Path, rows: Sequence[Row], total: str | None = "20,0", typed: bool = True) -> Path:
    """The same as XLSX: titles above the table, numbers typed as numbers, a row that numbers the columns."""
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page["A1"] = TITLE
    page.merge_cells("A1:E1")
    page["A2"] = BASIS
    page.append([])
    page.append(["STT", "Nội dung tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Tài liệu minh chứng"])
    page.append(["(1)", "(2)", "(3)", "(4)", "(5)"])
    for row in rows:
        points: Any = float(row.points.replace(",", ".")) if typed and row.points else row.points or None
        page.append([row.code.rstrip(".") or None, row.title, points, None, row.evidence or None])
        page.cell(page.max_row, 3).number_format = "0.00"
    if total:
        page.append(["Tổng cộng", None, float(total.replace(",", "."))])
        page.merge_cells(start_row=page.max_row, start_column=1, end_row=page.max_row, end_column=2)
    hidden = book.create_sheet("Nháp")
    hidden.append(["STT", "Tiêu chí", "Điểm"])
    hidden.sheet_state = "hidden"
    book.save(file)
    return file


def comma(file: Path, rows: Sequence[Row], total: str | None = "20,0", mark: str = ";") -> Path:
    """The same as CSV, as a Vietnamese spreadsheet writes it."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        pen = csv.writer(out, delimiter=mark)
        pen.writerow(["STT", "Tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng"])
        for row in rows:
            pen.writerow([row.code, row.title, row.points, row.evidence or ""])
        if total:
            pen.writerow(["", "Tổng điểm", total, ""])
    return file

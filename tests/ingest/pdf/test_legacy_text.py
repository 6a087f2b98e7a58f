"""Text layers in the fonts of before Unicode are converted by the fonts' names, and the record says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from evidence.config import Limits
from evidence.ingest.pdf import reader as pdf
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from tests.support import papers

TCVN3 = [
    "Uû ban nh©n d©n tØnh L¹ng S¬n",
    "C¨n cø LuËt Tæ chøc Héi ®ång nh©n d©n vµ Uû ban nh©n d©n",
    "b¸o c¸o tr\u00adíc ngµy 15",
]
UNICODE = [
    "Uỷ ban nhân dân tỉnh Lạng Sơn",
    "Căn cứ Luật Tổ chức Hội đồng nhân dân và Uỷ ban nhân dân",
    "báo cáo trước ngày 15",
]
VNI = ["Uûy ban nhaân daân tænh Laïng Sôn", "Caên cöù Luaät Toå chöùc Hoäi ñoàng nhaân daân"]


def page(file: Path, *parts: tuple[str, list[str]]) -> Path:
    """A page of lines, each part in a font that bears that name."""
    canvas = papers.canvas(file)
    top = 780
    for name, lines in parts:
        inside = f"F{name}"
        if inside not in pdfmetrics.getRegisteredFontNames():
            font = TTFont(inside, papers.FONT)
            font.face.name = name.encode()
            pdfmetrics.registerFont(font)
        canvas.setFont(inside, 13)
        for line in lines:
            canvas.drawString(85, top, line)
            top -= 20
    canvas.save()
    return file


def read(file: Path) -> ReadResult:
    scratch = file.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    return pdf.read(ReadRequest(file, scratch, Limits()))


def told(reading: ReadResult) -> list[tuple[str, str]]:
    return [(one.code.value, one.message.params["encoding"]) for one in reading.problems]


def test_tcvn3_with_its_capitals(tmp_path: Path) -> None:
    reading = read(page(tmp_path / "a.pdf", (".VnTimeH", ["Uû ban nh©n d©n"]), (".VnTime", TCVN3)))
    (found,) = reading.pages
    assert found.text.split("\n") == ["UỶ BAN NHÂN DÂN", *UNICODE]
    assert told(reading) == [("legacy-encoding", "TCVN3")]


def test_vni(tmp_path: Path) -> None:
    reading = read(page(tmp_path / "a.pdf", ("VNI-Times", VNI)))
    assert reading.pages[0].text.split("\n") == [
        "Ủy ban nhân dân tỉnh Lạng Sơn",
        "Căn cứ Luật Tổ chức Hội đồng nhân dân",
    ]
    assert told(reading) == [("legacy-encoding", "VNI")]


def test_old_and_new_fonts_on_one_page(tmp_path: Path) -> None:
    reading = read(page(tmp_path / "a.pdf", (".VnTime", TCVN3), ("Tinos", ["Đã ký ® © lần 2, µ = 1"])))
    assert reading.pages[0].text.split("\n") == [*UNICODE, "Đã ký ® © lần 2, µ = 1"]


def test_renamed_fonts_are_told_by_their_letters(tmp_path: Path) -> None:
    reading = read(page(tmp_path / "a.pdf", ("Arial", TCVN3)))
    assert reading.pages[0].text.split("\n") == UNICODE
    assert told(reading) == [("legacy-encoding", "TCVN3")]


@pytest.mark.parametrize("line", ["Công ty ABC® © 2019 «Á Châu» µ § ª", "Ðặng Văn Ðông, Ðồng Nai"])
def test_unicode_with_odd_signs_stays(tmp_path: Path, line: str) -> None:
    reading = read(page(tmp_path / "a.pdf", ("Tinos", [*UNICODE, line])))
    assert reading.pages[0].text.split("\n")[-1] == line
    assert not reading.problems

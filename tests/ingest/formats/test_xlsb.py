"""Numbers of a binary workbook as it shows them."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from evidence.model.problem import ProblemCode
from tests.support.files.binary_workbooks import binary_workbook, packed, real, record, row, string
from tests.support.format_reading import read


@pytest.mark.parametrize(
    ("code", "value", "shown", "plain"),
    [
        ('0"/QĐ-UBND"', 615, "615/QĐ-UBND", "615/QĐ-UBND"),
        ("0000", 27, "0027", "0027"),
        ("mm/yyyy", 43525, "03/2019", "03/2019"),
        ('"Số "000"/KH-SNV"', 15, "Số 015/KH-SNV", "Số 015/KH-SNV"),
        ("#,##0.00", 1234.5, "1.234,50", "1234.50"),
        ("General", 2.5, "2.5", "2.5"),
    ],
)
def test_numbers_in_their_formats(tmp_path: Path, code: str, value: float, shown: str, plain: str) -> None:
    rows = row(3, string(2, "Số hiệu"), real(4, value, 1))
    result = read(binary_workbook(tmp_path / "a.xlsb", rows, code))
    (page,) = result.pages
    assert page.text == f"Số hiệu\n{shown}"
    assert page.tables[0].rows[0][-1] == plain
    assert result.problems == ()


def test_packed_numbers(tmp_path: Path) -> None:
    half = record(2, struct.pack("<III", 3, 0, struct.unpack("<II", struct.pack("<d", -0.5))[1]))
    rows = row(0, packed(0, 615), packed(1, -27), packed(2, 1250, hundredth=True), half)
    (page,) = read(binary_workbook(tmp_path / "a.xlsb", rows)).pages
    assert page.text.split("\n") == ["615", "-27", "12.5", "-0.5"]


def test_hidden_rows_and_columns_are_left_out_and_told(tmp_path: Path) -> None:
    columns = record(60, struct.pack("<IIIIH", 2, 2, 2560, 0, 1))
    rows = row(0, string(0, "thấy"), string(2, "cột ẩn")) + row(1, string(0, "dòng ẩn"), hidden=True)
    result = read(binary_workbook(tmp_path / "a.xlsb", rows, columns=columns))
    assert result.pages[0].text == "thấy"
    assert [problem.message.code for problem in result.problems] == ["hidden-rows", "hidden-columns"]


def test_formats_that_are_lost_are_told(tmp_path: Path) -> None:
    rows = row(0, string(0, "Số"), real(1, 615, 1))
    result = read(binary_workbook(tmp_path / "a.xlsb", rows, "0000", styles=False))
    assert result.pages[0].text == "Số\n615"
    assert [problem.code for problem in result.problems] == [ProblemCode.DOUBTFUL_TEXT]


def test_a_part_that_cannot_be_read_costs_the_formats_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence.ingest.formats.xls.read_numbers", lambda request: None)
    result = read(binary_workbook(tmp_path / "a.xlsb", row(0, string(0, "Số"), real(1, 615, 1)), "0000"))
    assert result.pages[0].text == "Số\n615"
    assert [problem.message.params["count"] for problem in result.problems] == ["1"]

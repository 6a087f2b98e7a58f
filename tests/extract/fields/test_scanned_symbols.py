"""Symbols on scanned rows: strokes that OCR loses are put back where a list knows the group, and what stands behind
the symbol in the same letters is of it; none of it is sure that no list and no second engine vouches for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.extract.record import read_record
from evidence.model.document import Document, Origin
from evidence.model.record import Record
from tests.support.page_layout import document, head
from tests.support.readings import reading

DATE = "Lạng Sơn, ngày 15 tháng 3 năm 2019"


def scanned(row: str, readings: list[tuple[str, str]], title: str = "QUYẾT ĐỊNH") -> Document:
    """A scanned page whose number row the page's engine read as ``row``, further engines as ``readings``."""
    lines = head(["HIỆP HỘI CÀ PHÊ", "TỈNH LẠNG SƠN"], row, DATE, [title, "Về việc kết nạp hội viên"], Origin.OCR, 0.95)
    seen = tuple(reading(engine, text, 0.95, crop) for crop, (engine, text) in enumerate(readings))
    return document([replace(line, readings=seen) if line.text == row else line for line in lines])


def number(record: Record) -> str | None:
    return str(record.number.value) if record.number.value else None


RESTS = [
    ("Số: 31/ĐĐN- LĐBR BTh", "31/ĐĐN-LĐBR BTh"),
    ("Số: 12/Sao Mai Group", "12/Sao Mai Group"),
    ("Số: 7/CTPH-LĐLĐ-SVH,TT,DL", "7/CTPH-LĐLĐ-SVH,TT,DL"),
]


@pytest.mark.parametrize(("row", "value"), RESTS)
def test_what_two_engines_read_behind_the_symbol_is_of_it_and_doubtful(row: str, value: str) -> None:
    record = read_record(scanned(row, [("trueocr", row), ("ppocr", row)]))
    assert number(record) == value and not record.number.sure


@pytest.mark.parametrize(
    ("row", "others"),
    [
        ("Số: 7/QĐ-HHCP ĐEN", "Số: 7/QĐ-HHCP"),  # a stamp that one engine alone takes for letters
        ("Số: 7/QĐ-HHCP ngày 15/3/2019", "Số: 7/QĐ-HHCP ngày 15/3/2019"),
        ("Số: 7/QĐ-HHCP (bản gửi sở)", "Số: 7/QĐ-HHCP (bản gửi sở)"),
    ],
)
def test_other_rests_are_not(row: str, others: str) -> None:
    assert number(read_record(scanned(row, [("trueocr", others), ("ppocr", others)]))) == "7/QĐ-HHCP"


def test_no_code_is_qd() -> None:
    row = "Số: 18/QD-LDLD"
    assert number(read_record(scanned(row, [("trueocr", row), ("ppocr", row)]))) == "18/QĐ-LĐLĐ"


def test_a_stroke_that_no_list_settles_is_doubt_where_engines_differ() -> None:
    read = [("trueocr", "Số: 18/QĐ-ĐHKN"), ("ppocr", "S: 18/QD-DHKN")]
    assert read_record(scanned("Số: 18/QĐ-ĐHKN", [*read, ("tesseract", "Số: 18/QĐ-ĐHKN")])).number.sure
    record = read_record(scanned("Số: 18/QĐ-ĐHKN", [*read, ("tesseract", "Số: 18/QĐ-DHKN")]))
    assert number(record) == "18/QĐ-ĐHKN" and not record.number.sure
    assert record.number.note is not None and record.number.note.code == "readings-disagree"


def test_a_serial_with_its_year_and_no_symbol_is_a_doubtful_number() -> None:
    record = read_record(scanned("Số : 07/2025", [("trueocr", "Số :07/2025")], "ĐƠN XIN ĐỔI TÊN"))
    assert number(record) == "7/2025" and not record.number.sure


def test_a_date_in_figures_is_no_number() -> None:
    assert number(read_record(scanned("Ngày: 07/2025", []))) is None

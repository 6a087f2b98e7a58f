"""Header rows as people type them: other forms of dates and numbers than the decree asks for."""

from __future__ import annotations

import pytest

from evidence.extract.record import read_record
from evidence.model.document import Document
from evidence.model.record import Record
from tests.support.page_layout import document, head, office

BELOW = ["BÁO CÁO", "Kết quả kiểm soát thủ tục hành chính", "Căn cứ Luật Tổ chức chính quyền địa phương;"]
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def in_word(number: str, *dates: str) -> Document:
    rows = [("UBND HUYỆN BẮC SƠN", MOTTO), ("PHÒNG NỘI VỤ", "Độc lập - Tự do - Hạnh phúc"), (number, dates[0])]
    rows += [("", text) for text in dates[1:]]
    return office(rows, BELOW)


def on_a_page(number: str, date: str) -> Document:
    return document(head(["UBND HUYỆN BẮC SƠN", "PHÒNG NỘI VỤ"], number, date, BELOW))


def read_dates(*dates: str) -> Record:
    return read_record(in_word("Số: 12/BC-PNV", *dates))


DATES = [
    "Bắc Sơn, ngày mồng 2 tháng 9 năm 2018",
    "Bắc Sơn, ngày mùng hai tháng chín năm 2018",
    "Bắc Sơn, ngày 02 tháng Chín năm 2018",
    "Bắc Sơn, 02-9-2018",
    "Bắc Sơn, 2/9/2018",
    "Bắc Sơn, 02.09.2018",
    "Bắc Sơn, ngày 02/9/2018",
    "Bắc Sơn, ngày: 02/9/2018",
    "Bắc Sơn, ngày 02/9 năm 2018",
    "Bắc Sơn, ngày 02 tháng 9/2018",
    "Bắc Sơn, ngày 02\u00a0tháng\u20099 năm 2018",
    "Bắc Sơn, 2\u20139\u20132018",
]


@pytest.mark.parametrize("text", DATES)
def test_the_days_forms(text: str) -> None:
    for read in (in_word("Số: 12/BC-PNV", text), on_a_page("Số: 12/BC-PNV", text)):
        record = read_record(read)
        assert (str(record.date.value), record.place.value) == ("2018-09-02", "Bắc Sơn")
        assert record.date.sure and record.date.span
        page = read.pages[0]
        assert page.text[record.date.span.start : record.date.span.end] == record.date.raw


@pytest.mark.parametrize(
    "rows",
    [
        ("Bắc Sơn, ngày 02 tháng 9", "năm 2018"),
        ("Bắc Sơn, ngày 02", "tháng 9 năm 2018"),
        ("Bắc Sơn, ngày 02 tháng 9 năm", "2018"),
        ("Bắc Sơn,", "ngày 02 tháng 9 năm 2018"),
        ("Bắc Sơn, ngày mồng 2", "tháng Chín năm 2018"),
    ],
)
def test_a_date_over_two_paragraphs(rows: tuple[str, str]) -> None:
    record = read_dates(*rows)
    assert (str(record.date.value), record.place.value) == ("2018-09-02", "Bắc Sơn")


@pytest.mark.parametrize(
    "text",
    [
        "Sinh ngày 02 tháng 9 năm 1978",
        "Ngày sinh: 02/9/1978",
        "Ngày, tháng, năm sinh: 02 tháng 9 năm 1978",
        "Cấp ngày 02/9/2018 tại Công an tỉnh",
        "Bắc Sơn, ngày rằm tháng Giêng năm 2018",
    ],
)
def test_no_day_of_the_document(text: str) -> None:
    record = read_dates(text)
    assert record.date.value is None and not {"blank-date", "draft"} & {each.code.value for each in record.problems}


NUMBERS = [
    ("Số: 2.104/BC-PNV", "2104/BC-PNV"),
    ("Số: 2 104/BC-PNV", "2104/BC-PNV"),
    ("Số: 77/UBND-VX,TH", "77/UBND-VX,TH"),
    ("Số: 77/UBND-VX, TH", "77/UBND-VX,TH"),
    ("Số: 77/SVH,TT&DL-VP", "77/SVH,TT&DL-VP"),
    ("Số: 77/BC.PNV", "77/BC.PNV"),
    ("Số: 77/BC-PNV(TCCB)", "77/BC-PNV(TCCB)"),
    ("Số: 77/BC-BCĐ 35", "77/BC-BCĐ 35"),
    ("Số: 77/BC-BCĐ138", "77/BC-BCĐ138"),
    ("Số 77/bc-pnv", "77/BC-PNV"),
    ("Số: 77 / BC \u2011 PNV", "77/BC-PNV"),
    ("Số:\u00a077/BC\u2013PNV", "77/BC-PNV"),
    ("Số: 77/VKSTC-V.I", "77/VKSTC-V.I"),
]


@pytest.mark.parametrize(("row", "number"), NUMBERS)
def test_the_numbers_forms(row: str, number: str) -> None:
    for read in (in_word(row, DATES[0]), on_a_page(row, DATES[0])):
        record = read_record(read)
        assert str(record.number.value) == number and record.number.note is None


def test_the_mark_of_a_note_stuck_to_the_symbol_is_left_out_and_doubted() -> None:
    record = read_record(on_a_page("Số: 77/BC-UBND2", DATES[0]))
    assert str(record.number.value) == "77/BC-UBND" and not record.number.sure

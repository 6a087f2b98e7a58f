"""A rest on the row behind the number makes the number doubtful, whoever read it, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evidence.extract.record import read_record
from evidence.model.document import Document, Origin
from evidence.model.record import Record
from tests.support.page_layout import document, head, line, office

DATE = "Lạng Sơn, ngày 15 tháng 3 năm 2019"
BELOW = ["KẾ HOẠCH", "Kiểm tra công tác cải cách hành chính", "Căn cứ Luật Tổ chức chính quyền địa phương;"]


def printed(row: str, origin: Origin = Origin.TEXT) -> Document:
    return document(head(["LIÊN ĐOÀN LAO ĐỘNG", "TỈNH LẠNG SƠN"], row, DATE, BELOW, origin, 0.97))


def in_word(row: str) -> Document:
    rows = [("LIÊN ĐOÀN LAO ĐỘNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("TỈNH LẠNG SƠN", ""), (row, DATE)]
    return office(rows, BELOW)


def note(record: Record) -> str | None:
    return record.number.note.code if record.number.note else None


RESTS = [
    "Số: 31/QĐN- LĐBR BTh",
    "Số: 12/AnVN Vietnam",
    "Số: 7/KH-LĐLĐ (bản gửi Sở)",
    "Số: 7/KH-LĐLĐ + 2",
    "Số: 7/KH-LĐLĐ : TCKT",
]


@pytest.mark.parametrize("row", RESTS)
@pytest.mark.parametrize("lay", [printed, in_word])
def test_a_rest_behind_the_number_is_doubt(row: str, lay: Callable[[str], Document]) -> None:
    record = read_record(lay(row))
    assert record.number.value is not None and not record.number.sure
    assert note(record) == "note-number-rest"


HARMLESS = [
    "Số: 7/KH-LĐLĐ ngày 15/3/2019",
    "Số: 7/KH-LĐLĐ",
    "Số: 7/KH-LĐLĐ.",
    "Số: 7 /KH-LĐLĐ *",
    "Số: 7/KH-LĐLĐ (1)",
    "Số: 7/KH-LĐLĐ[2]",
]


@pytest.mark.parametrize("row", HARMLESS)
@pytest.mark.parametrize("lay", [printed, in_word])
def test_signs_and_the_mark_of_a_note_are_none(row: str, lay: Callable[[str], Document]) -> None:
    record = read_record(lay(row))
    assert str(record.number.value) == "7/KH-LĐLĐ" and record.number.sure and note(record) is None


def test_neither_the_annex_nor_the_files_name_makes_sure_what_may_be_cut() -> None:
    lines = head(["UBND TỈNH LẠNG SƠN"], "Số: 1062/KH-UBND Xyz", DATE, BELOW)
    annex = [line(90, 60, "(Kèm theo Kế hoạch số 1062/KH-UBND ngày 15/3/2019 của UBND tỉnh)")]
    record = read_record(document(lines, annex))
    assert str(record.number.value) == "1062/KH-UBND" and not record.number.sure


def test_a_speck_beside_a_scanned_number_is_no_rest() -> None:
    assert note(read_record(printed("Số: 7/KH-LĐLĐ i", Origin.OCR))) is None
    assert note(read_record(printed("Số: 7/KH-LĐLĐ TCKT", Origin.OCR))) == "note-number-rest"


def test_two_whole_numbers_in_one_header_make_each_doubtful() -> None:
    rows = [("SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("Số: 51/KH-SNV", ""), ("Số: 72/KH-SNV", DATE)]
    record = read_record(office(rows, BELOW))
    assert record.number.value is not None and not record.number.sure and note(record) == "note-number-another"
    same = [rows[0], ("Số: 072/KH-SNV", ""), ("Số: 72/KH - SNV", DATE)]
    assert note(read_record(office(same, BELOW))) is None


def test_a_typed_number_of_no_known_form_is_not_called_handwritten() -> None:
    assert note(read_record(in_word("Số: 51-52/QĐ-SNV"))) == "number-unlike"

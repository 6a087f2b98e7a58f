"""Of a number under a stamp its row is known, and that it cannot be read; what is no such row stays none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.extract.record import read_record
from evidence.model.document import Origin
from evidence.model.record import Record
from tests.support.page_layout import document, head
from tests.support.readings import reading

DATE = "Lạng Sơn, ngày 15 tháng 3 năm 2019"


def record_of(row: str, others: tuple[str, ...] = (), origin: Origin = Origin.OCR, date: str = DATE) -> Record:
    lines = head(["SỞ NỘI VỤ"], row, date, ["BÁO CÁO", "Kết quả cải cách hành chính quý I"], origin, 0.95)
    seen = tuple(reading("ppocr", text, 0.95, crop) for crop, text in enumerate(others))
    return read_record(document([replace(line, readings=seen) if line.text == row else line for line in lines]))


@pytest.mark.parametrize(
    ("row", "others", "suffix"),
    [
        ("CONGTHoNGTMSAYJC0WS/BC-SNV", (), "BC-SNV"),
        ("VANPHONGUBNDTNHLSN12/QĐ-UBND.", (), "QĐ-UBND"),
        ("CVĂN THƯ ĐEN S5", ("VĂNTHUĐẾN/KH-SNV",), "KH-SNV"),
    ],
)
def test_the_row_of_a_covered_number_is_told(row: str, others: tuple[str, ...], suffix: str) -> None:
    number = record_of(row, others).number
    assert (number.value, number.raw) == (None, row)
    assert number.note is not None and number.note.code == "number-unreadable"
    assert number.note.params == {"suffix": suffix}


@pytest.mark.parametrize(
    "record",
    [
        record_of("PHÒNG CẢI CÁCH HÀNH CHÍNH"),
        record_of("CONGTHONGTIN/XX-SNV"),  # no kind has these letters
        record_of("(Kèm theo QĐ/QĐ-UBND"),
        record_of("CONGTHoNGTMSAYJC0WS/BC-SNV", origin=Origin.TEXT),  # no stamp covers the text of a file
        record_of("CONGTHoNGTMSAYJC0WS/BC-SNV", date="BẢN SAO"),  # beside no day
    ],
)
def test_other_rows_are_none(record: Record) -> None:
    assert record.number.note is None or record.number.note.code != "number-unreadable"
    assert record.number.value is None

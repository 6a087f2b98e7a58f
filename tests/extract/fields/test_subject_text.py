"""Subjects as scans spoil them: V/v misread, wide lines, specks, tones and letters lost; and when they are sure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.extract.record import read_record
from evidence.model.document import Line, Origin
from evidence.model.record import FieldValue, Record
from tests.support.page_layout import centred, document, head, line
from tests.support.readings import reading

DATE = "Kon Tum, ngày 12 tháng 5 năm 2021"
LEFT = ["UBND TỈNH KON TUM", "SỞ NỘI VỤ"]
OCR = Origin.OCR
BODY = [
    "Thực hiện kế hoạch của Ủy ban nhân dân tỉnh về khen thưởng học sinh giỏi nghề năm học",
    "và văn bản của sở về khen thưởng học sinh giỏi nghề các trường trên địa bàn của tỉnh",
    "Sở Nội vụ đề nghị các đơn vị gửi danh sách khen thưởng học sinh về sở trước ngày đã",
]


def letter(about: list[tuple[str, str]]) -> list[Line]:
    """A công văn: each line under its number as it was read first, and by a further engine."""
    own = tuple(first for first, _ in about)
    lines = head(LEFT, "Số: 45/SNV-TCCB", DATE, ["Kính gửi: Các trường trung cấp"], OCR, 0.93, own)
    at = len(LEFT) + 4
    for number, (_, other) in enumerate(about, at):
        lines[number] = replace(lines[number], readings=(reading("trueocr", other),) if other else ())
    return [*lines, *body(lines[-1])]


def body(last: Line) -> list[Line]:
    assert last.box is not None
    return [line(85, last.box[3] + 14 + 16 * i, text, OCR, 0.95) for i, text in enumerate(BODY)]


def titled(rows: list[Line], second: dict[int, str] | None = None) -> Record:
    lines = head(LEFT, "Số: 45/QĐ-SNV", DATE, [], OCR, 0.93)
    read = [replace(row, readings=(reading("trueocr", (second or {}).get(i, row.text)),)) for i, row in enumerate(rows)]
    return read_record(document([*lines, *read, *body(rows[-1])]))


def value(field: FieldValue[str]) -> str:
    return field.value or ""


@pytest.mark.parametrize(
    ("about", "subject"),
    [
        ([("VW khen thưởng học sinh", "V/v khen thưởng học sinh")], "V/v khen thưởng học sinh"),
        ([("% mời dự họp báo", "V/v mời dự họp báo")], "V/v mời dự họp báo"),
        ([("W/v mời dự họp báo", "")], "V/v mời dự họp báo"),
        ([("V/v mời dự", ""), ("TỈNH KONinh gửi;", "TINH KON Kính gửi:")], "V/v mời dự"),
        ([("V/v giao đất tại xã", ""), ("== Đi Hà. ——_", "Đăk Hà")], "V/v giao đất tại xã Đăk Hà"),
    ],
)
def test_about_line_of_a_letter(about: list[tuple[str, str]], subject: str) -> None:
    record = read_record(document(letter(about)))
    assert value(record.subject) == subject
    assert record.kind.value is not None and record.kind.value.name == "Công văn"


def test_first_line_wider_than_the_indented_text() -> None:
    wide = "Về việc sáp nhập Hội Sinh vật cảnh tỉnh Kon Tum vào Hội Sinh vật cảnh tỉnh Quảng Ngãi"
    lines = head(LEFT, "Số: 45/QĐ-SNV", DATE, ["QUYẾT ĐỊNH", wide, "nhiệm kỳ 2025 - 2030"], OCR, 0.93)
    indented = [line(112 if i % 2 else 85, 260 + 16 * i, text[:68], OCR, 0.9) for i, text in enumerate(BODY * 3)]
    assert value(read_record(document([*lines, *indented])).subject) == f"{wide} nhiệm kỳ 2025 - 2030"


def test_dash_before_the_first_line_is_no_bullet() -> None:
    rows = [centred(297, 170, "NGHỊ ĐỊNH", OCR, 0.95), centred(297, 186, "- Về khen thưởng học sinh", OCR, 0.8)]
    assert value(titled(rows, {1: "Vế khen thưởng học sinh"}).subject) == "Về khen thưởng học sinh"


def test_kind_on_the_subject_s_line_is_no_part_of_it_in_any_reading() -> None:
    rows = [
        centred(297, 170, "BÁO CÁO HOẠT ĐỘNG CỦA BAN KIÊM TRA", OCR, 0.9),
        centred(297, 186, "HỘI LÀM VƯỜN", OCR, 0.9),
    ]
    subject = titled(rows, {0: "BÁO CÁO HOẠT ĐỘNG CỦA BAN KIẾM TRA"}).subject
    assert value(subject).startswith("HOẠT ĐỘNG CỦA BAN")


def test_letter_that_makes_no_word_is_read_as_the_text_has_it() -> None:
    rows = [centred(297, 170, "QUYẾT ĐỊNH", OCR, 0.95), centred(297, 186, "Về việc klen thưởng học sinh.", OCR, 0.9)]
    subject = titled(rows).subject
    assert value(subject).startswith("Về việc khen thưởng học sinh") and not subject.sure


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Về việc khen thưởng học sinh", True),
        ("Về việc bổ nhiệm Ban giám đôc", False),  # a word that is none, whatever the engines agree on
        ("Về việc áp dụng ISO cho UBND", True),
    ],
)
def test_sure_only_of_words(text: str, sure: bool) -> None:
    rows = [centred(297, 170, "QUYẾT ĐỊNH", OCR, 0.95), centred(297, 186, text, OCR, 0.95)]
    subject = titled(rows).subject
    assert value(subject) == text and subject.sure is sure


def test_dash_that_one_engine_lost() -> None:
    rows = [centred(297, 170, "QUYẾT ĐỊNH", OCR, 0.95), centred(297, 186, "TÍNH KON TUM NĂM 2019 - 2025", OCR, 0.6)]
    assert value(titled(rows, {1: "TỈNH KON TUM NĂM 2019 2025"}).subject) == "TỈNH KON TUM NĂM 2019 - 2025"

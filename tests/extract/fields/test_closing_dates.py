"""Papers whose header bears no day: it stands above the signature, and no citation is taken for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.extract.record import read_record
from evidence.model.document import Document, Line, Origin
from tests.support.page_layout import WIDTH, centred, document, head, line, office
from tests.support.readings import reading

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def application(*closing: Line) -> Document:
    """An application: motto and title in the middle, no number, no day; ``closing`` at its end."""
    lines = [centred(WIDTH / 2, 50 + 16 * i, text, Origin.OCR, 0.95) for i, text in enumerate(MOTTO)]
    lines += [centred(WIDTH / 2, 110, "ĐƠN ĐỀ NGHỊ", Origin.OCR, 0.95)]
    body = "Theo quy định tại Nghị định số 93/2019/NĐ-CP ngày 25 tháng 11 năm 2019", "của Chính phủ về tổ chức quỹ."
    body += ("Hội đề nghị được đổi tên và được công nhận điều lệ.",) * 4
    lines += [line(85, 180 + 16 * i, text, Origin.OCR, 0.95) for i, text in enumerate(body)]
    return document([*lines, *closing])


def closing(text: str, middle: float = 430) -> Line:
    return centred(middle, 420, text, Origin.OCR, 0.95)


@pytest.mark.parametrize("place", ["Lâm Đồng", "Tp. Hồ Chí Minh", "Bà Rịa - Vũng Tàu", "Đà Lạt"])
def test_place_and_day_above_the_signature_are_the_documents_and_never_sure(place: str) -> None:
    record = read_record(application(closing(f"{place}, ngày 10 tháng 8 năm 2025"), closing("TM. HỘI ĐỒNG")))
    assert str(record.date.value) == "2025-08-10" and not record.date.sure
    assert record.place.value == place


@pytest.mark.parametrize(
    "row",
    [
        closing("được thành lập ngày 10 tháng 8 năm 2025"),
        closing("Đà Lạt, ngày 10 tháng 8 năm 2025 đến nay hội đã có 40 hội viên"),
    ],
)
def test_other_rows_with_a_day_are_not(row: Line) -> None:
    assert read_record(application(row)).date.value is None


def test_the_header_goes_first() -> None:
    page = head(["HỘI KHUYẾN HỌC"], "Số: 7/ĐĐN-HKH", "Lâm Đồng, ngày 15 tháng 3 năm 2019", ["ĐƠN ĐỀ NGHỊ"])
    record = read_record(document([*page, centred(430, 420, "Lâm Đồng, ngày 10 tháng 8 năm 2025")]))
    assert str(record.date.value) == "2019-03-15" and record.date.sure


def test_the_row_of_another_paper_behind_is_not() -> None:
    behind = [centred(WIDTH / 2, 50, MOTTO[0]), centred(430, 420, "Lâm Đồng, ngày 10 tháng 8 năm 2025")]
    first = application().pages[0]
    pages = (first, replace(document(behind).pages[0], number=2))
    assert read_record(replace(application(), pages=pages)).date.value is None


def test_a_day_by_hand_that_runs_into_its_month_is_read_by_who_can_and_no_basis_is_taken_for_it() -> None:
    """``ngày14tháng``: the page's engine read no day; a basis in the body bears one that it read well."""
    lines = head(["CHÍNH PHỦ"], "Số: 47/2013/NĐ-CP", "", ["NGHỊ ĐỊNH", "Quy định về giá"], Origin.OCR, 0.95)
    row = centred(420, 96, "Hà Nội ngày fVtháng 11 năm 2013", Origin.OCR, 0.5)
    seen = (
        reading("ppocr", "Hà Ni, ngày44tháng 11 năm 2013", 0.97, 1),
        reading("digits", "14 11", 0.9, 10),
        reading("trueocr", "Hà Nội, ngày-Vtháng 11 năm 2013", 0.96, 0),
    )
    basis = line(85, 260, "Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;", Origin.OCR, 0.95)
    record = read_record(document([*(row for row in lines if row.words), replace(row, readings=seen), basis]))
    assert str(record.date.value) == "2013-11-14" and not record.date.sure


def test_a_basis_is_never_the_day_of_a_header_without_one() -> None:
    lines = head(["CHÍNH PHỦ"], "Số: 47/2013/NĐ-CP", "", ["Căn cứ Luật Giá ngày 20 tháng 6 năm 2012;"])
    assert read_record(document([row for row in lines if row.words])).date.value is None


def test_the_day_above_the_signature_of_a_word_file_is_found_and_doubtful() -> None:
    body = ["ĐƠN ĐỀ NGHỊ", "Kính gửi: Sở Nội vụ", *["Hội đề nghị được công nhận điều lệ đã thông qua."] * 14]
    rows = [("", MOTTO[0]), ("", MOTTO[1])]
    record = read_record(office(rows, [*body, "Gia Lai, ngày 09 tháng 5 năm 2022", "TM. BAN VẬN ĐỘNG"]))
    assert (str(record.date.value), record.place.value) == ("2022-05-09", "Gia Lai") and not record.date.sure

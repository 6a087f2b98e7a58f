"""Who issued it: heads that OCR spoils, companies and courts, and a line of the head that could not be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.extract.record import read_record
from evidence.model.document import Line, Origin
from tests.support.page_layout import centred, document, head
from tests.support.readings import reading

DATE = "Gia Lai, ngày 12 tháng 5 năm 2021"
BODY = ["BÁO CÁO", "Kết quả công tác năm 2020", "", "Căn cứ kế hoạch công tác năm 2020;"]
OCR = Origin.OCR


def issuer_of(left: list[str], number: str = "Số: 12/BC-VP", below: list[str] = BODY) -> tuple[str | None, str | None]:
    record = read_record(document(head(left, number, DATE, below, OCR, 0.93)))
    values = (record.issuer.value, record.parent.value)
    return values[0] and values[0].name, values[1] and values[1].name


@pytest.mark.parametrize(
    ("left", "issuer", "parent"),
    [
        (["TÒA ÁN NHÂN DÂN", "TỐI CAO"], "Tòa án nhân dân tối cao", None),
        (["'VIỆN KIÊM SÁT NHÂN DÂN", "TÓI CAO."], "Viện kiểm sát nhân dân tối cao", None),
        (["BAN CHẤP HÀNH TRUNG ƯƠNG", "VĂN PHÒNG"], "Văn phòng", "Ban Chấp hành Trung ương"),
        (["UBND TỈNH GIA LAI", "HIỆP HỘI", "DOANH NGHIỆP"], "Hiệp hội doanh nghiệp", "Ủy ban nhân dân tỉnh Gia Lai"),
        (["CTY TNHH MTV", "CHÈ BIỂN HỒ"], "Cty tnhh mtv chè biển hồ", None),
        (["HỘI ĐỒNG QUẢN LÝ", "QUỸ KHUYẾN HỌC"], "Hội đồng quản lý quỹ khuyến học", None),
        (["ĐOÀN LUẬT SƯ TỈNH GIA LAI", "BAN CHỦ NHIỆM"], "Đoàn luật sư tỉnh gia lai ban chủ nhiệm", None),
        (["LĐLĐ TỈNH GIA LAI", "CĐ NGÀNH GIÁO DỤC"], "CĐ ngành giáo dục", "LĐLĐ tỉnh Gia Lai"),
        (["VƯỜN QUỐC GIA YOK ĐÔN"], "vườn quốc gia yok đôn", None),
        (["TẬP ĐOÀN DỆT MAY VIỆT NAM", "CTCP SÔNG ĐÀ"], "Ctcp sông đà", "Tập đoàn dệt may Việt Nam"),
    ],
)  # fmt: skip
def test_issuer_and_superior(left: list[str], issuer: str, parent: str | None) -> None:
    own, above = issuer_of(left)
    assert own is not None and own.casefold() == issuer.casefold()
    assert (above or "").casefold() == (parent or "").casefold()


@pytest.mark.parametrize("number", ["Số ®Ì LĐLĐ-CTCĐ", "Số Í_ TTr- HCTĐ", "Sô: ⁄ /QĐ-CĐ"])
def test_number_row_without_digits_is_no_name(number: str) -> None:
    assert issuer_of(["LIÊN ĐOÀN LAO ĐỘNG", "TỈNH GIA LAI"], number) == ("Liên đoàn Lao động tỉnh Gia Lai", None)


def test_superior_is_no_issuer_where_the_line_under_it_was_not_read() -> None:
    lines = head(["UBND TỈNH GIA LAI"], "Số: 12/BC-VP", DATE, BODY, OCR, 0.93)
    record = read_record(document([*lines[:1], centred(150, 68, "PH", OCR, 0.93), *lines[1:]]))
    assert record.issuer.value is None and record.issuer.note is not None
    assert record.parent.value is not None and record.parent.value.name == "Ủy ban nhân dân tỉnh Gia Lai"


def test_specks_under_the_issuer_are_no_line() -> None:
    lines = head(["UBND TỈNH GIA LAI"], "Số: 12/BC-VP", DATE, BODY, OCR, 0.93)
    for speck in (centred(150, 68, "——", OCR, 0.9), centred(40, 68, "TK", OCR, 0.9)):
        record = read_record(document([*lines[:1], speck, *lines[1:]]))
        assert record.issuer.value is not None and record.issuer.value.name == "Ủy ban nhân dân tỉnh Gia Lai"


def test_name_as_the_text_spells_it() -> None:
    below = [*BODY, "Hội Sinh vật cảnh Biển Hồ báo cáo;", "đề nghị cho Hội Sinh vật cảnh Biển Hồ được"]
    lines = head(["HỘI SINH VÀT CÁNH BIÊN HÒ"], "Số: 12/BC-VP", DATE, below, OCR, 0.9)
    read = [replace(lines[0], readings=(reading("trueocr", "HỘI SINH VẬT CẢNH BIỂN HỒ"),)), *lines[1:]]
    for rows, sure in ((read, True), (lines, False)):
        issuer = read_record(document(rows)).issuer
        assert issuer.value is not None and issuer.value.name.casefold() == "hội sinh vật cảnh biển hồ"
        assert issuer.sure is sure


def test_body_that_spells_it_otherwise_once_decides_nothing_for_sure() -> None:
    lines: list[Line] = head(["HỘI LÀM VUÒN PLEIKU"], "Số: 12/BC-VP", DATE, [*BODY, "Hội Làm vườn Pleiku"], OCR, 0.9)
    assert not read_record(document(lines)).issuer.sure


def test_line_of_which_letters_are_left_is_taken_from_the_engine_that_read_it() -> None:
    lines = head(["TỈNH ỦY GIA LAI"], "Số 12-BC/BTG", DATE, BODY, OCR, 0.93)
    rest = replace(centred(150, 68, "AN", OCR, 0.9), readings=(reading("trueocr", "BAN TUYÊN GIÁO", 0.99),))
    record = read_record(document([*lines[:1], rest, *lines[1:]]))
    assert record.issuer.value is not None and record.issuer.value.name == "Ban Tuyên giáo" and not record.issuer.sure
    assert record.parent.value is not None and record.parent.value.name == "Tỉnh ủy Gia Lai"

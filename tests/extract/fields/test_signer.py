"""Signer and recipients from the end of the document."""

from __future__ import annotations

import pytest

from evidence.extract.record import read_record
from evidence.model.document import Line, Origin
from evidence.model.record import FieldValue, Signer
from tests.support.page_layout import centred, document, head, line, signature

HEAD = head(
    ["UBND TỈNH LẠNG SƠN"], "Số: 5/QĐ-UBND", "Lạng Sơn, ngày 05 tháng 01 năm 2020", ["QUYẾT ĐỊNH", "Về việc thử"]
)


@pytest.mark.parametrize(
    ("titles", "name", "value", "title", "authority"),
    [
        (
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
            "Cao Văn Thử",
            "Cao Văn Thử",
            "PHÓ CHỦ TỊCH",
            "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH",
        ),
        (["GIÁM ĐỐC"], "Lê Thị Mẫu", "Lê Thị Mẫu", "GIÁM ĐỐC", None),
        (["TL. BỘ TRƯỞNG", "VỤ TRƯỞNG"], "TS. Đỗ Thử Nghiệm", "Đỗ Thử Nghiệm", "VỤ TRƯỞNG", "TL. BỘ TRƯỞNG"),
        (["TUQ. CỤC TRƯỞNG", "TRƯỞNG PHÒNG"], "Đại tá Nguyễn Ví Dụ", "Nguyễn Ví Dụ", "TRƯỞNG PHÒNG", "TUQ. CỤC TRƯỞNG"),
    ],
)
def test_signature_block(titles: list[str], name: str, value: str, title: str, authority: str | None) -> None:
    block = signature(500, titles, name, ["- Như Điều 3;", "- Sở Nội vụ (b/c);", "- Lưu: VT, HCTC.10 bản."])
    record = read_record(document([*HEAD, *block]))
    assert record.signer.value and record.signer.sure
    assert (record.signer.value.name, record.signer.value.title, record.signer.value.authority) == (
        value,
        title,
        authority,
    )
    assert record.recipients.value == ("Như Điều 3", "Sở Nội vụ (b/c)", "Lưu: VT, HCTC.10 bản")


def test_the_first_whole_block_is_the_documents_and_an_annex_has_its_own() -> None:
    own = signature(500, ["CHỦ TỊCH"], "Cao Văn Thử", ["- Lưu: VT."])
    annex = [centred(297, 60, "PHỤ LỤC I"), *signature(500, ["GIÁM ĐỐC"], "Lê Thị Mẫu", ["- Lưu: VT."])]
    record = read_record(document([*HEAD, *own], annex))
    assert record.signer.value and record.signer.value.name == "Cao Văn Thử"
    assert [annex.value for annex in record.annexes] == ["Phụ lục I"]


def test_names_in_the_body_are_no_signers() -> None:
    body = [line(85, 300, "Đồng chí Cao Văn Thử, Phó Chủ tịch, chủ trì."), line(300, 330, "Lê Thị Mẫu")]
    record = read_record(document([*HEAD, *body]))
    assert record.signer.value is None
    assert "no-signature" in {problem.code.value for problem in record.problems}


def test_what_one_ocr_engine_says_of_a_name_is_never_sure() -> None:
    block = signature(500, ["CHỦ TỊCH"], "Cao Văn Thử", ["- Lưu: VT."], Origin.OCR)
    record = read_record(document([*HEAD, *block]))
    assert record.signer.value and not record.signer.sure


def test_a_draft_is_signed_by_nobody_yet() -> None:
    blank = head(
        ["UBND TỈNH LẠNG SƠN"],
        "Số:     /QĐ-UBND",
        "Lạng Sơn, ngày     tháng 01 năm 2020",
        ["QUYẾT ĐỊNH", "Về việc thử"],
    )
    record = read_record(document([*blank, *signature(500, ["CHỦ TỊCH"], "Cao Văn Thử", ["- Lưu: VT."])]))
    assert record.signer.value and not record.signer.sure and record.signer.note


def test_recipients_of_a_form_or_in_a_sentence_are_not_the_documents() -> None:
    """Thông tư 58/2026/TT-BTC: "Nơi nhận báo cáo tài chính …"; 2279/VBHN-BLĐTBXH: a form printed in the text."""
    body = [line(85, 300, "Nơi nhận báo cáo tài chính của doanh nghiệp được thực hiện theo quy định.")]
    form = [line(85, 400, "Nơi nhận:"), line(85, 414, "- Lưu...."), centred(420, 400, "ĐẠI DIỆN TỔ CHỨC....")]
    own = signature(500, ["BỘ TRƯỞNG"], "Cao Văn Thử", ["- Lưu: VT."])
    record = read_record(document([*HEAD, *body], form, own))
    assert record.signer.value and record.signer.value.name == "Cao Văn Thử"
    assert record.recipients.value == ("Lưu: VT",)


def scanned(*rows: Line) -> FieldValue[Signer]:
    page = head(["HỘI LÀM VƯỜN"], "Số: 5/TB-HLV", "Gia Lai, ngày 05 tháng 01 năm 2020", ["THÔNG BÁO"], Origin.OCR, 0.95)
    return read_record(document([*page, *rows])).signer


def named(signer: FieldValue[Signer]) -> str | None:
    return signer.value.name if signer.value else None


def test_block_in_the_middle_of_the_page() -> None:
    rows = [line(85, 300, "Hội xin trân trọng cảm ơn.", Origin.OCR)]
    rows += [centred(297, 640, "ĐẠI DIỆN HỘI", Origin.OCR), centred(297, 656, "CHỦ TỊCH HỘI", Origin.OCR)]
    signer = scanned(*rows, centred(297, 740, "Trần Văn Điển", Origin.OCR))
    assert named(signer) == "Trần Văn Điển" and not signer.sure


def test_heading_in_the_middle_is_no_block() -> None:
    rows = [centred(297, 220, "CHỦ TỊCH HỘI", Origin.OCR), centred(297, 250, "Trần Văn Điển", Origin.OCR)]
    rows += [line(85, 300 + 16 * i, "Thông báo với hội viên về cuộc họp của hội năm nay", Origin.OCR) for i in range(9)]
    assert named(scanned(*rows)) is None


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("H°Vi ÊBan", "H'Vi ÊBan"),
        ("Puyễn Anh Tuấn", "Nguyễn Anh Tuấn"),  # a seal lay over the beginning
        ("Đã ký: Cao Văn Thử", "Cao Văn Thử"),
    ],
)
def test_names_that_ink_and_engines_spoil(read: str, name: str) -> None:
    assert named(scanned(*signature(500, ["CHỦ TỊCH"], read, ["- Lưu: VT."], Origin.OCR))) == name


def test_doubtful_name_as_the_document_names_it_elsewhere() -> None:
    rows = [line(85, 300 + 20 * i, "Liên hệ: Nguyễn Phan Lũy, chủ tịch hội", Origin.OCR) for i in range(2)]
    block = signature(500, ["CHỦ TỊCH"], "Nguyễn Phan Lây", ["- Lưu: VT."], Origin.OCR)
    signer = scanned(*rows, *block)
    assert named(signer) == "Nguyễn Phan Lũy" and not signer.sure
    assert named(scanned(*rows[:1], *block)) == "Nguyễn Phan Lây"  # once is no witness


def test_title_of_a_scan_without_a_name_that_can_be_read_is_no_missing_signature() -> None:
    lines = head(["SỞ Y TẾ"], "Số: 5/QĐ-SYT", "Huế, ngày 05 tháng 01 năm 2020", ["QUYẾT ĐỊNH"], Origin.OCR, 0.95)
    block = signature(500, ["GIÁM ĐỐC"], "Z R2 H b", ["- Lưu: VT."], Origin.OCR)
    record = read_record(document([*lines, *block]))
    assert record.signer.value is None and record.signer.raw == "GIÁM ĐỐC" and record.signer.note is not None
    assert "no-signature" not in {problem.code.value for problem in record.problems}


def test_name_in_a_table_of_the_next_page_is_no_signer() -> None:
    block = signature(700, ["GIÁM ĐỐC"], "", ["- Lưu: VT."], Origin.OCR)
    annex = [centred(297, 30, "Phụ lục 1: Danh sách các đơn vị", Origin.OCR), line(400, 90, "Hồ Văn Thử", Origin.OCR)]
    lines = head(["SỞ Y TẾ"], "Số: 5/QĐ-SYT", "Huế, ngày 05 tháng 01 năm 2020", ["QUYẾT ĐỊNH"], Origin.OCR, 0.95)
    assert named(read_record(document([*lines, *block[:-1]], annex)).signer) is None


@pytest.mark.parametrize("title", ["NGƯỜI LÀM ĐƠN", "Người viết đơn", "Người đề nghị"])
def test_who_signs_for_himself(title: str) -> None:
    rows = [centred(420, 500, title, Origin.OCR), centred(420, 580, "Nguyễn Văn An", Origin.OCR)]
    assert named(scanned(*rows)) == "Nguyễn Văn An"

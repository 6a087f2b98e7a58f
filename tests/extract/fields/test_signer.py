"""Signer and recipients from the end of the document."""

from __future__ import annotations

import pytest

from evidence.extract.record import read_record
from evidence.model.document import Origin
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

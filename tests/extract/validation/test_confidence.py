"""What may not be called sure, whoever read it how well: cases from held-out documents and the gazette."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.extract.fields.annex_parent import ANNEX
from evidence.extract.validation.confidence import adjust_confidence
from evidence.messages import Language, say
from evidence.model.document import Document, Origin
from evidence.model.record import FieldValue, Record, Span, Status
from evidence.values import agency, date, kind, number
from tests.support import text_pipeline

RESOLUTION = (  # 97/NQ-CP: a line of the subject begins like a legal basis
    "NGHỊ QUYẾT\nSửa đổi, bổ sung nhiệm vụ trong Chương trình hành động của Chính phủ\n"
    "thực hiện Nghị quyết số 66-NQ/TW ngày 30 tháng 4 năm 2025 của\nBộ Chính trị"
)
PLAN = "KẾ HOẠCH\nCải cách hành chính nhà nước năm 2026\nCăn cứ Nghị quyết số 76/NQ-CP"
LETTER = "V/v góp ý dự thảo\na) Sở Tư pháp;"
MERGED = (
    "Số: 49/2018/NĐ-CP\nNGHỊ ĐỊNH\nQuy định về kiểm định chất lượng giáo dục nghề nghiệp\n"
    "Nghị định số 49/2018/NĐ-CP ngày 30 tháng 3 năm 2018 của Chính phủ Quy\nđịnh về kiểm định chất lượng, "
    "có hiệu lực kể từ ngày 15 tháng 5 năm 2018, được sửa đổi, bổ sung bởi:"
)


def record(document: Document, **fields: FieldValue[object]) -> Record:
    return Record(document.source, Status.READ, (), **fields)  # type: ignore[arg-type]


def subject(document: Document, text: str, confidence: float = 0.95) -> FieldValue[object]:
    at = document.pages[0].text.index(text)
    return FieldValue(text, text, Span(1, at, at + len(text)), confidence)


def kind_of(name: str) -> FieldValue[object]:
    return FieldValue(kind.by_name(name), name, None, 0.98)


def code(found: FieldValue[object]) -> str | None:
    if found.note is not None:
        assert all(say(found.note, language) for language in Language)
    return found.note.code if found.note else None


@pytest.mark.parametrize(
    ("text", "begins", "name", "told"),
    [
        (RESOLUTION, "Sửa đổi, bổ sung nhiệm vụ trong Chương trình hành động của Chính phủ", "Nghị quyết", "goes-on"),
        (PLAN, "Cải cách hành chính nhà nước năm 2026", "Kế hoạch", None),
        (LETTER, "V/v góp ý dự thảo", "Công văn", None),
        ("LUẬT\nQuốc hội ban hành Luật Cư trú.\nChương I", "Quốc hội ban hành Luật Cư trú.", None, "untitled"),
        ("QUYẾT ĐỊNH\nvề đăng ký thuế, có hiệu lực kể từ ngày 06", "về đăng ký thuế, có hiệu lực kể từ ngày 06",
         "Quyết định", "runs-on"),
        ("QUYẾT ĐỊNH\n" + "dài " * 160, ("dài " * 160).strip(), "Quyết định", "runs-on"),
    ],
)  # fmt: skip
def test_subject(text: str, begins: str, name: str | None, told: str | None) -> None:
    document = text_pipeline.document(text)
    kinds = kind_of(name) if name else FieldValue()
    number_place: FieldValue[object] = FieldValue(number.parse("97/NQ-CP"), "97/NQ-CP", None, 0.98)
    made = record(document, subject=subject(document, begins), kind=kinds, number=number_place)
    found = adjust_confidence(made, document).subject
    assert found.value == begins and found.sure is (told is None)
    assert code(found) == (f"note-subject-{told}" if told else None)


@pytest.mark.parametrize(
    ("name", "text", "sure"),
    [
        ("SỞ NỘI VỤ TỈNH LẠNG SƠN", "SỞ NỘI VỤ", True),
        ("HỘI ĐỒNG HỮU NGHỊ MIỀN XUÔI", "HỘI ĐỒNG HỮU NGHỊ MIỀN XUÔI\nTHÔNG BÁO", False),
        ("HỘI ĐỒNG HỮU NGHỊ MIỀN XUÔI", "HỘI ĐỒNG HỮU NGHỊ\nMIỀN XUÔI\nTheo Điều lệ Hội đồng hữu nghị Miền Xuôi", True),
    ],
)
def test_an_unknown_issuer_is_sure_where_it_is_named_again(name: str, text: str, sure: bool) -> None:
    document = text_pipeline.document(text)
    made = record(document, issuer=FieldValue(agency.parse(name), name, None, 0.97))
    found = adjust_confidence(made, document).issuer
    assert found.sure is sure and code(found) == (None if sure else "note-issuer-unknown")


def test_a_title_with_no_number_place_is_not_sure_unless_it_is_an_annex() -> None:
    document = text_pipeline.document("NGHỊ ĐỊNH\nQuy định chi tiết")
    assert code(adjust_confidence(record(document, kind=kind_of("Nghị định")), document).kind) == "note-kind-unnumbered"
    blank: FieldValue[object] = FieldValue(None, "Số:     /NĐ-CP", None, 0.0)
    assert adjust_confidence(record(document, kind=kind_of("Nghị định"), number=blank), document).kind.sure
    annex: FieldValue[object] = FieldValue(ANNEX, "PHỤ LỤC", None, 0.97)
    assert adjust_confidence(record(document, kind=annex), document).kind.sure


def test_the_origin_of_a_consolidated_text_is_not_passed_off_as_its_own_number() -> None:
    document = text_pipeline.document(MERGED)
    own: FieldValue[object] = FieldValue(number.parse("49/2018/NĐ-CP"), "Số: 49/2018/NĐ-CP", None, 0.98)
    government: FieldValue[object] = FieldValue(agency.parse("CHÍNH PHỦ"), "CHÍNH PHỦ", None, 0.97)
    weighed = adjust_confidence(record(document, number=own, kind=kind_of("Nghị định"), issuer=government), document)
    assert [weighed.number.sure, weighed.kind.sure, weighed.issuer.sure] == [False, False, False]
    assert code(weighed.number) == "note-consolidated-origin" and str(weighed.number.value) == "49/2018/NĐ-CP"
    amending = text_pipeline.document(MERGED.replace("49/2018/NĐ-CP ngày", "50/2018/NĐ-CP ngày"))
    assert adjust_confidence(record(amending, number=own, kind=kind_of("Nghị định")), amending).number.sure


def test_what_was_doubtful_keeps_its_own_reason() -> None:
    document = text_pipeline.document(RESOLUTION)
    made = record(document, subject=subject(document, "Sửa đổi, bổ sung nhiệm vụ", 0.5), kind=kind_of("Nghị quyết"))
    assert adjust_confidence(made, document).subject == made.subject


@pytest.mark.parametrize(
    ("printed", "title", "sure"),
    [
        ("71/2018/NĐ-CP", "Nghị định", True),
        ("71/2018/NĐ-CP", "Thông tư", False),  # a cited number
        ("06/2022/QH15", "Luật", True),
        ("06/2022/QH15", "Nghị định", False),
        ("01/2022/TTLT-VKSNDTC", "Thông tư liên tịch", False),  # goes on in the next line: -TANDTC-BCA-BQP
        ("446/SNV-CCHC", "Công văn", False),  # its letters name no kind
    ],
)
def test_a_number_without_a_place_is_sure_where_the_title_says_the_same_kind(
    printed: str, title: str, sure: bool
) -> None:
    document = text_pipeline.document(f"CHÍNH PHỦ\nSố: {printed}\n{title.upper()}\nQuy định chi tiết")
    text = document.pages[0].text
    own: FieldValue[object] = FieldValue(number.parse(printed), printed, Span(1, text.index(printed), 20), 0.8)
    at = text.index(title.upper())
    named: FieldValue[object] = FieldValue(kind.by_name(title), title.upper(), Span(1, at, at + len(title)), 0.98)
    assert adjust_confidence(record(document, number=own, kind=named), document).number.sure is sure


def test_a_number_that_was_recognised_gains_nothing_from_the_title() -> None:
    document = text_pipeline.document("Số: 71/2018/NĐ-CP\nNGHỊ ĐỊNH")
    scanned = replace(document, pages=(replace(document.pages[0], origin=Origin.OCR),))
    own: FieldValue[object] = FieldValue(number.parse("71/2018/NĐ-CP"), "71/2018/NĐ-CP", Span(1, 4, 17), 0.8)
    named: FieldValue[object] = FieldValue(kind.by_name("Nghị định"), "NGHỊ ĐỊNH", Span(1, 18, 27), 0.98)
    assert not adjust_confidence(record(scanned, number=own, kind=named), scanned).number.sure


@pytest.mark.parametrize(("heading", "sure"), [("XÁC THỰC VĂN BẢN HỢP NHẤT", True), ("Nơi nhận:", False)])
def test_number_and_day_of_a_consolidated_text_are_sure_where_it_is_authenticated(heading: str, sure: bool) -> None:
    text = f"BỘ Y TẾ\n{heading}\nSố: 06/VBHN-BYT\nHà Nội, ngày 19 tháng 4 năm 2018"
    document = text_pipeline.document(text)
    at = text.index("06/VBHN")
    own: FieldValue[object] = FieldValue(number.parse("6/VBHN-BYT"), "06/VBHN-BYT", Span(1, at, at + 11), 0.8)
    day: FieldValue[object] = FieldValue(
        date.parse("2018-04-19"), "ngày 19 tháng 4 năm 2018", Span(1, at + 20, at + 44), 0.85
    )
    weighed = adjust_confidence(record(document, number=own, date=day), document)
    assert [weighed.number.sure, weighed.date.sure] == [sure, sure]

"""One paper twice, one document in two formats, one form filled in by several: what two like texts are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.appraisal import crosscheck
from evidence.appraisal.copies import CopyKind, classify_copies, group_forms
from evidence.appraisal.near_duplicates import DuplicatePair, find_pairs
from evidence.appraisal.text_difference import compare_texts
from evidence.messages import Language, say
from evidence.model.document import Origin
from evidence.model.record import FieldValue, Record
from evidence.values import kind as kinds
from evidence.values.kind import Kind
from tests.support.dossier import SPAN, record, submit

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY = (
    "PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG VIÊN CHỨC NĂM 2025. Họ và tên: {name}. Chức danh nghề nghiệp: {job}. Đơn vị "
    "công tác: {place}. Chấp hành chủ trương, đường lối, quy định của Đảng, chính sách, pháp luật của Nhà nước; tu "
    "dưỡng, rèn luyện phẩm chất đạo đức, lối sống, tác phong, lề lối làm việc; kết quả "
    "thực hiện chức trách, nhiệm vụ được giao."
)
FIRST = BODY.format(name="Hoàng Thu Phương", job="giáo viên hạng III", place="Trường Tiểu học Kim Sơn")
SECOND = BODY.format(name="Vũ Đình Quyết", job="bác sĩ chính", place="Trạm y tế xã Bình Long")


def paper(name: str, kind: str = "application/pdf", origin: Origin = Origin.TEXT, **known: str | None) -> Record:
    """A record without number and date unless a test gives them."""
    values: dict[str, str | None] = {"no": None, "dated": None, "issuer": None, "subject": None, **known}
    made = record(name, origin=origin, **values)  # type: ignore[arg-type]
    return replace(made, source=replace(made.source, media_type=kind))


def pair_of(first: Record, second: Record, text: str, other: str) -> DuplicatePair:
    pictures = Origin.OCR in {page.origin for page in (*first.pages, *second.pages)}
    return DuplicatePair(first.source.sha256, second.source.sha256, 0.8, compare_texts(text, other, pictures))


def kind_of(first: Record, second: Record, text: str, other: str) -> CopyKind | None:
    return classify_copies(pair_of(first, second, text, other), first, second)


@pytest.mark.parametrize(
    ("first", "second", "text", "other", "kind"),
    [
        (paper("a.docx", DOCX), paper("b.docx", DOCX), FIRST, SECOND, CopyKind.SAME_FORM),
        (paper("a.docx", DOCX), paper("b.pdf"), FIRST, SECOND, CopyKind.SAME_FORM),
        (paper("a.pdf", origin=Origin.OCR), paper("b.pdf", origin=Origin.OCR), FIRST, SECOND, CopyKind.SAME_FORM),
        (paper("a.docx", DOCX), paper("b.pdf"), FIRST, FIRST + " 1/1", CopyKind.TWO_FORMATS),
        (paper("a.doc", "application/msword"), paper("b.pdf", origin=Origin.OCR), FIRST, FIRST, CopyKind.TWO_FORMATS),
        (paper("a.pdf"), paper("b.png", "image/png", Origin.OCR), FIRST, FIRST, CopyKind.RESCAN),
        (paper("a.pdf"), paper("b.pdf"), FIRST, FIRST + " Đã ký", CopyKind.NEAR_COPY),
        (paper("a.pdf", no="12/BC-STC"), paper("b.pdf", no="13/BC-STC"), FIRST, FIRST, None),
    ],
    ids=["two forms", "form, other formats", "scanned forms", "own PDF", "scanned PDF", "photo", "copy", "two numbers"],
)
def test_what_two_like_documents_are(
    first: Record, second: Record, text: str, other: str, kind: CopyKind | None
) -> None:
    assert kind_of(first, second, text, other) is kind
    assert kind_of(second, first, other, text) is kind


def test_a_draft_without_its_day_is_the_document_that_was_issued_later() -> None:
    draft = paper("kh.docx", DOCX, dated="2025-12", subject="Kế hoạch chuyển đổi số năm 2026")
    issued = paper("kh.pdf", dated="2025-12-24", no="77/KH-STC", subject="Kế hoạch chuyển đổi số năm 2026")
    assert kind_of(draft, issued, FIRST, f"Số: 77/KH-STC. {FIRST}") is CopyKind.TWO_FORMATS
    earlier = paper("kh.pdf", dated="2024-12-24", no="70/KH-STC")
    assert kind_of(draft, earlier, FIRST, FIRST) is None


def test_misread_words_of_a_scan_are_not_filled_in() -> None:
    misread = (
        FIRST.replace("chính", "chlnh").replace("giáo viên", "gíao vjên").replace("Kim", "Klm").replace("lối", "lôí")
    )
    scan = paper("b.pdf", origin=Origin.OCR)
    assert kind_of(paper("a.pdf", origin=Origin.OCR), scan, FIRST, misread) is CopyKind.RESCAN


def test_a_form_that_nobody_filled_in() -> None:
    form = BODY.format(name="……………", job=".......", place="_____")
    assert kind_of(paper("a.docx", DOCX), paper("b.docx", DOCX), form, form) is CopyKind.BLANK_FORM


def test_one_number_is_one_paper_whatever_was_read() -> None:
    first, second = paper("a.pdf", no="12/BC-STC"), paper("b.pdf", no="12/BC-STC", origin=Origin.OCR)
    assert kind_of(first, second, FIRST, SECOND) is CopyKind.RESCAN


def test_all_files_on_one_form_are_one_warning() -> None:
    papers = [paper(f"{name}.docx", DOCX) for name in "abcd"]
    pairs = [pair_of(first, second, FIRST, SECOND) for first in papers for second in papers if first is not second]
    (warning,) = crosscheck.find_warnings([submit(each) for each in papers], pairs, {})
    assert (warning.kind, len(warning.documents)) == (crosscheck.WarningKind.SAME_FORM, 4)
    assert "4 tệp" in say(warning.message, Language.VI) and say(warning.message, Language.EN)


@pytest.mark.parametrize(("unit", "code"), [("SNV", "cross-two-formats"), ("STC", "cross-two-formats-units")])
def test_two_formats_are_said_as_such(unit: str, code: str) -> None:
    first, second = paper("a.docx", DOCX), paper("b.pdf")
    alike = (pair_of(first, second, FIRST, FIRST),)
    (warning,) = crosscheck.find_warnings([submit(first, unit="SNV"), submit(second, unit=unit)], alike, {})
    assert (warning.kind.value, warning.message.code) == ("two-formats", code)


def test_blocks_in_another_order_and_glued_words_are_no_difference() -> None:
    text = "Ủy ban nhân dân tỉnh Hà Trung. Cộng hòa xã hội chủ nghĩa Việt Nam. Báo cáo tài chính"
    other = "Cộng hòa xã hội chủ nghĩa Việt Nam. Báo cáo tàichính. Ủy ban nhân dân tỉnh Hà Trung"
    assert compare_texts(text, other).replaced == 0


def test_forms_are_grouped_whatever_the_order() -> None:
    pairs = [("d", "c"), ("a", "b"), ("b", "d")]
    assert group_forms(pairs) == group_forms(reversed(pairs)) == (("a", "b", "c", "d"),)


def test_letters_on_the_words_of_another_are_no_form() -> None:
    letter = (
        "SỞ CÔNG THƯƠNG. Kính gửi: {to}. Thực hiện chỉ đạo của UBND tỉnh, Sở đề nghị {to} {what} trước ngày 15/10/2025."
    )
    body = " Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh về Sở để tổng hợp, báo cáo. " * 2
    first = letter.format(to="Ban Quản lý chợ Bình Minh", what="thống kê hộ kinh doanh xăng dầu") + body
    second = letter.format(to="Chi cục Quản lý thị trường", what="cử người dự tập huấn thương mại điện tử") + body
    made = [
        replace(paper(f"{at}.docx", DOCX, issuer="Sở Công Thương tỉnh Nghệ An", subject=subject), kind=letter_kind())
        for at, subject in enumerate(("V/v thống kê hộ kinh doanh", "V/v cử người dự tập huấn"))
    ]
    assert kind_of(made[0], made[1], first, second) is None
    same = replace(made[1], subject=made[0].subject)
    assert kind_of(made[0], same, first, second) is CopyKind.NEAR_COPY


def letter_kind() -> FieldValue[Kind]:
    return FieldValue(kinds.by_name("Công văn"), "Công văn", SPAN, 0.97)


def test_a_file_without_a_unit_is_no_second_unit() -> None:
    first, second = paper("a.docx", DOCX), paper("b.pdf")
    alike = (pair_of(first, second, FIRST, FIRST),)
    (warning,) = crosscheck.find_warnings([submit(first, unit="SNV"), submit(second, unit=None)], alike, {})
    assert warning.message.code == "cross-two-formats"


def test_letters_of_a_few_lines_are_compared_too() -> None:
    short = (
        "UBND XÃ HÒA AN. Số:    /GM-UBND. GIẤY MỜI. Kính mời ông Lê Văn Bảy dự họp về rà soát hộ nghèo lúc 8 giờ 00."
    )
    other = "UBND XÃ TÂN LẬP. Số: 4/BC. BÁO CÁO. Trong tháng không phát sinh hồ sơ trễ hạn; không có kiến nghị của dân."
    pairs = find_pairs([("a", short), ("b", other), ("c", short.replace("8 giờ 00", "8 giờ"))])
    assert [(pair.first, pair.second) for pair in pairs] == [("a", "c")]

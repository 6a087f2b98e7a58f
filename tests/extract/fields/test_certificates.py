"""The signer's name on a certificate, beside what the page shows."""

from __future__ import annotations

from dataclasses import replace

from evidence.extract.fields.certificates import confirm_signer, read_personal_names
from evidence.extract.record import read_record
from evidence.model.document import Document, Origin
from evidence.model.record import FieldValue, Signer
from evidence.model.signature import Signature
from tests.support.page_layout import centred, document, head, line, signature

HEAD = head(
    ["UBND TỈNH LẠNG SƠN"], "Số: 5/QĐ-UBND", "Lạng Sơn, ngày 05 tháng 01 năm 2020", ["QUYẾT ĐỊNH", "Về việc thử"]
)


def signed(page: list, *subjects: str) -> Document:
    return replace(document([*HEAD, *page]), signatures=tuple(Signature("pades", one) for one in subjects))


def test_a_name_that_only_the_certificate_bears_is_doubtful_and_has_the_pages_title() -> None:
    block = [line(85, 500, "Nơi nhận:"), line(85, 514, "- Lưu: VT."), centred(420, 500, "KT. CHỦ TỊCH")]
    block.append(centred(420, 516, "PHÓ CHỦ TỊCH"))
    found = read_record(signed(block, "CAO VĂN THỬ", "HIỆP HỘI CÔNG CHỨNG VIÊN VIỆT NAM")).signer
    assert found.value == Signer("Cao Văn Thử", "PHÓ CHỦ TỊCH", "KT. CHỦ TỊCH")
    assert not found.sure and found.note and found.note.code == "signer-certificate"


def test_who_drafted_signs_first_who_signed_signs_last() -> None:
    assert read_personal_names(signed([], "Trịnh Ngọc Mẫu", "Cao Văn Thử", "SỞ NỘI VỤ"))[-1] == "Cao Văn Thử"


def test_a_certificate_makes_a_doubtful_name_sure_and_never_changes_one() -> None:
    block = signature(500, ["CHỦ TỊCH"], "Cao Văn Thử", ["- Lưu: VT."], Origin.OCR)
    assert read_record(signed(block, "Cao Văn Thử", "UBND tỉnh Lạng Sơn")).signer.sure
    other = read_record(signed(block, "Trịnh Ngọc Mẫu")).signer
    assert other.value and other.value.name == "Cao Văn Thử" and not other.sure


def test_without_a_place_to_sign_nobody_is_made_signer() -> None:
    assert read_record(signed([line(85, 400, "Nội dung.")], "Cao Văn Thử")).signer.value is None


def test_a_gazettes_or_portals_certificate_names_nobody() -> None:
    names = ("CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ", "TRUNG TÂM CÔNG BÁO VÀ TIN HỌC", "Văn phòng Ủy ban nhân dân", "C07")
    assert read_personal_names(signed([], *names)) == ()
    assert confirm_signer(FieldValue(), (None, None), signed([])) == FieldValue()

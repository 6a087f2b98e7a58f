"""Kinds of documents."""

from __future__ import annotations

import unicodedata

import pytest

from evidence.values.kind import by_code, by_name, kinds, read_title_line

DECREE_30 = {
    "Nghị quyết": "NQ", "Quyết định": "QĐ", "Chỉ thị": "CT", "Quy chế": "QC", "Quy định": "QyĐ", "Thông cáo": "TC",
    "Thông báo": "TB", "Hướng dẫn": "HD", "Chương trình": "CTr", "Kế hoạch": "KH", "Phương án": "PA", "Đề án": "ĐA",
    "Dự án": "DA", "Báo cáo": "BC", "Biên bản": "BB", "Tờ trình": "TTr", "Hợp đồng": "HĐ", "Công văn": None,
    "Công điện": "CĐ", "Bản ghi nhớ": "BGN", "Bản thỏa thuận": "BTT", "Giấy ủy quyền": "GUQ", "Giấy mời": "GM",
    "Giấy giới thiệu": "GGT", "Giấy nghỉ phép": "GNP", "Phiếu gửi": "PG", "Phiếu chuyển": "PC", "Phiếu báo": "PB",
    "Thư công": None,
}  # fmt: skip


def test_the_29_kinds_of_decree_30() -> None:
    assert len(DECREE_30) == 29
    for name, code in DECREE_30.items():
        kind = by_name(name)
        assert kind is not None
        assert (kind.name, kind.code) == (name, code)


def test_names_and_codes_are_unique() -> None:
    names = [kind.name for kind in kinds()]
    codes = [kind.code for kind in kinds() if kind.code]
    assert len(set(names)) == len(names)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("kind", kinds(), ids=str)
def test_round_trip(kind: object) -> None:
    assert by_name(str(kind)) == kind
    assert by_name(str(kind).upper()) == kind
    assert by_name(unicodedata.normalize("NFD", str(kind))) == kind


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BẢN THOẢ THUẬN", "Bản thỏa thuận"),
        ("Giấy uỷ quyền", "Giấy ủy quyền"),
        ("Thông tư liên bộ", "Thông tư liên tịch"),
        ("Kế hoạch hành động", "Kế hoạch"),
        ("Kết luận thanh tra", "Kết luận"),
    ],
)
def test_other_spellings(text: str, name: str) -> None:
    assert getattr(by_name(text), "name", None) == name


@pytest.mark.parametrize(
    ("code", "name"),
    [("QĐ", "Quyết định"), ("QD", "Quyết định"), ("qđ", "Quyết định"), ("TTR", "Tờ trình"), ("CV", "Công văn"),
     ("ĐA", "Đề án"), ("DA", "Dự án"),
     ("TTLT", "Thông tư liên tịch"), ("VBHN", "Văn bản hợp nhất"), ("KL", "Kết luận")],
)  # fmt: skip
def test_codes(code: str, name: str) -> None:
    assert getattr(by_code(code), "name", None) == name


def test_unknown() -> None:
    assert by_name("Bài viết") is None
    assert by_code("XYZ") is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("QUYẾT ĐỊNH", "Quyết định"),
        ("QUYÉT ĐỊNH", "Quyết định"),
        ("BAO CAO", "Báo cáo"),
        ("**BÁO CÁO**", "Báo cáo"),
        ("T Ờ  T R Ì N H", "Tờ trình"),
        ("KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2019", "Kế hoạch"),
        ("THÔNG TƯ LIÊN TỊCH", "Thông tư liên tịch"),
        ("Báo cáo", "Báo cáo"),
        ("ĐƠN XIN GIA NHẬP HỘI LÀM VƯỜN", "Đơn"),
        ("ĐƠN ĐỀ NGHỊ CẤP LẠI GIẤY PHÉP", "Đơn đề nghị"),
        ("GIẤY XÁC NHẬN", "Giấy xác nhận"),
        ("ĐIỀU LỆ HỘI SINH VẬT CẢNH", "Điều lệ"),
        ("THƯ MỜI HỌP MẶT", "Thư mời"),
        ("ĐƠN", "Đơn"),
    ],
)
def test_title_line(line: str, name: str) -> None:
    assert getattr(read_title_line(line), "name", None) == name


@pytest.mark.parametrize(
    "line",
    [
        "ĐƠN VỊ TÍNH: ĐỒNG",
        "ĐƠN GIÁ XÂY DỰNG",
        "Báo cáo kết quả công tác",
        "báo cáo",
        "ỦY BAN NHÂN DÂN",
        "",
        "Căn cứ Quyết định số 15",
    ],
)
def test_no_title_line(line: str) -> None:
    assert read_title_line(line) is None

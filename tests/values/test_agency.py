"""Agencies: one name whatever the print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.values.agency import agency_level, is_same_agency, parse
from evidence.values.gazetteer import issuers, provinces


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("UBND tỉnh Lạng Sơn", "Ủy ban nhân dân tỉnh Lạng Sơn", "UBND tỉnh Lạng Sơn"),
        ("UỶ BAN NHÂN DÂN TỈNH LẠNG SƠN", "Ủy ban nhân dân tỉnh Lạng Sơn", "UBND tỉnh Lạng Sơn"),
        ("ỦY BAN NHÂN DÂN\nTỈNH HOÀ BÌNH", "Ủy ban nhân dân tỉnh Hòa Bình", "UBND tỉnh Hòa Bình"),
        ("VĂN PHÒNG UBND TỈNH", "Văn phòng Ủy ban nhân dân tỉnh", "Văn phòng UBND tỉnh"),
        ("SỞ TƯ PHÁP", "Sở Tư pháp", "Sở Tư pháp"),
        ("Sở Nội Vụ", "Sở Nội vụ", "Sở Nội vụ"),
        ("BNV", "Bộ Nội vụ", "Bộ Nội vụ"),
        ("Bộ chính trị", "Bộ Chính trị", "Bộ Chính trị"),
        ("Chính Phủ", "Chính phủ", "Chính phủ"),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ", "Thủ tướng Chính phủ"),
        ("HĐND TP.HCM", "Hội đồng nhân dân thành phố Hồ Chí Minh", "HĐND thành phố Hồ Chí Minh"),
        ("BỘ LAO ĐỘNG – THƯƠNG BINH VÀ XÃ HỘI", "Bộ Lao động - Thương binh và Xã hội", None),
        ("ỦY BAN MTTQ VIỆT NAM TỈNH LÂM ĐỒNG", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lâm Đồng", None),
        ("TRƯỜNG ĐẠI HỌC BÁCH KHOA HÀ NỘI", "Trường Đại học Bách khoa Hà Nội", None),
        ("CỤC CẢNH SÁT PCCC VÀ CNCH", "Cục Cảnh sát PCCC và CNCH", None),
        ("UBND PHƯỜNG BẾN NGHÉ", "Ủy ban nhân dân phường Bến Nghé", "UBND phường Bến Nghé"),
        ("BAN CHỈ ĐẠO CẢI CÁCH HÀNH CHÍNH", "Ban Chỉ đạo cải cách hành chính", None),
        ("SỞ VĂN HOÁ, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch", None),
        ("Công ty Bay Xanh", "Công ty Bay Xanh", "Công ty Bay Xanh"),
    ],
)
def test_parse(text: str, name: str, code: str | None) -> None:
    agency = parse(text)
    assert agency.name == name
    assert code is None or agency.code == code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh Lạng Sơn", "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"),
        ("UBND TP Đà Nẵng", "Ủy ban nhân dân thành phố Đà Nẵng"),
        ("Uỷ ban nhân dân tỉnh Thanh Hoá", "UBND tỉnh Thanh Hóa"),
        ("VP UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
        ("Bộ Nội vụ", "BỘ NỘI VỤ"),
    ],
)
def test_same(one: str, other: str) -> None:
    assert is_same_agency(parse(one), parse(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh Lạng Sơn", "UBND tỉnh Cao Bằng"),
        ("UBND tỉnh Lạng Sơn", "Văn phòng UBND tỉnh Lạng Sơn"),
        ("UBND thành phố Lạng Sơn", "UBND huyện Lạng Giang"),
        ("Sở Nội vụ", "Bộ Nội vụ"),
        ("Chủ tịch UBND tỉnh", "UBND tỉnh"),
    ],
)
def test_not_same(one: str, other: str) -> None:
    assert not is_same_agency(parse(one), parse(other))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Chính phủ", "trung-uong"),
        ("Thủ tướng Chính phủ", "trung-uong"),
        ("Bộ Nội vụ", "bo"),
        ("Bộ trưởng Bộ Nội vụ", "bo"),
        ("Văn phòng Chính phủ", "bo"),
        ("UBND tỉnh Lạng Sơn", "tinh"),
        ("Chủ tịch UBND tỉnh", "tinh"),
        ("UBND thành phố Hải Phòng", "tinh"),
        ("UBND thành phố Lạng Sơn", "huyen"),
        ("UBND huyện Quảng Điền", "huyen"),
        ("UBND quận 1", "huyen"),
        ("UBND xã Nậm Hàng", "xa"),
        ("UBND phường Bến Nghé", "xa"),
        ("HĐND đặc khu Phú Quốc", "xa"),
        ("Sở Nội vụ", "so"),
        ("Văn phòng UBND tỉnh", "so"),
        ("Thanh tra tỉnh", "so"),
        ("Tỉnh ủy Lạng Sơn", "dang"),
        ("Đảng ủy xã Nậm Hàng", "dang"),
        ("Ban Tổ chức Trung ương", "dang"),
        ("Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng", "doan-the"),
        ("Liên đoàn Lao động tỉnh", "doan-the"),
        ("Trường Đại học Bách khoa", None),
        ("UBND", None),
        ("", None),
    ],
)
def test_level(text: str, where: str | None) -> None:
    assert agency_level(parse(text)) == where


@pytest.mark.parametrize("issuer", issuers(), ids=lambda issuer: issuer.abbreviation)
def test_every_listed_name_is_canonical(issuer: object) -> None:
    name = str(getattr(issuer, "name"))  # noqa: B009
    assert parse(name).name == name
    assert parse(name.upper()).name == name


@pytest.mark.parametrize("province", provinces(), ids=lambda province: province.name)
def test_every_province(province: object) -> None:
    name = str(getattr(province, "name"))  # noqa: B009
    assert parse(f"UBND TỈNH {name.upper()}").name == f"Ủy ban nhân dân tỉnh {name}"


@given(st.text(alphabet="ỦyỷbanNHÂDÂTỉnhLạngSơUBNDTP.,-/ 1", max_size=50) | st.text(max_size=30))
def test_parsing_twice_changes_nothing(text: str) -> None:
    name = parse(text).name
    assert parse(name).name == name

"""Which agency existed when: the changes of 2025, older ones, and names that tell nothing."""

from __future__ import annotations

import datetime

import pytest

from evidence.values import registry
from evidence.values.agency import parse

CASES = [
    # provinces: 63 to 30 June 2025, 34 from 1 July
    ("UBND tỉnh Bình Thuận", "2025-06-30", True, None),
    ("UBND tỉnh Bình Thuận", "2025-07-01", False, "Ủy ban nhân dân tỉnh Lâm Đồng"),
    ("UỶ BAN NHÂN DÂN TỈNH HẢI DƯƠNG", "2025-07-02", False, "Ủy ban nhân dân thành phố Hải Phòng"),
    ("Tỉnh ủy Bắc Giang", "2025-09-01", False, None),
    ("Sở Nội vụ tỉnh Quảng Nam", "2026-01-05", False, "Sở Nội vụ thành phố Đà Nẵng"),
    ("UBND tỉnh Lạng Sơn", "2026-01-05", True, None),
    ("UBND tỉnh Thừa Thiên Huế", "2025-01-02", False, "Ủy ban nhân dân thành phố Huế"),
    ("HĐND tỉnh Hà Tây", "2009-01-01", False, None),
    # no districts, no thị trấn, đặc khu
    ("UBND huyện Chi Lăng", "2025-06-30", True, None),
    ("UBND huyện Chi Lăng", "2025-07-01", False, None),
    ("UBND thành phố Lạng Sơn", "2025-08-01", False, None),
    ("UBND thị trấn Đồng Mỏ", "2025-08-01", False, None),
    ("UBND đặc khu Phú Quốc", "2025-06-01", False, None),
    ("UBND đặc khu Phú Quốc", "2025-08-01", True, None),
    ("UBND xã Chi Lăng", "2025-08-01", True, None),
    # ministries and departments
    ("Bộ Giao thông vận tải", "2024-12-31", True, None),
    ("Bộ trưởng Bộ Giao thông vận tải", "2025-10-01", False, "Bộ trưởng Bộ Xây dựng"),
    ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "2024-05-05", False, None),
    ("Bộ Nội vụ", "1999-01-01", True, None),
    ("Sở Lao động - Thương binh và Xã hội", "2025-12-01", False, "Sở Nội vụ"),
    ("Sở Nông nghiệp và Môi trường tỉnh Lạng Sơn", "2025-02-20", True, None),  # made over weeks in each province
    ("Hội đồng Bộ trưởng", "2001-01-01", False, "Chính phủ"),
    # not in any list
    ("Công ty cổ phần Bay Xanh", "1950-01-01", True, None),
    ("UBND", "2026-01-01", True, None),
    ("Phòng Nội vụ", "2026-01-01", True, None),
]


@pytest.mark.parametrize(("name", "day", "valid", "later"), CASES)
def test_existed(name: str, day: str, valid: bool, later: str | None) -> None:
    agency, when = parse(name), datetime.date.fromisoformat(day)
    assert registry.valid_on(agency, when) is valid
    if later is not None:
        assert registry.successor(agency, when).name == later
        assert registry.valid_on(registry.successor(agency, when), when)
    if valid:
        assert registry.successor(agency, when) == agency


@pytest.mark.parametrize(
    ("name", "province"),
    [
        ("Ủy ban nhân dân tỉnh Lạng Sơn", "Lạng Sơn"),
        ("Sở Nội vụ thành phố Hồ Chí Minh", "Hồ Chí Minh"),
        ("Tỉnh ủy Lạng Sơn", "Lạng Sơn"),
        ("Thành ủy Hải Phòng", "Hải Phòng"),
        ("Ủy ban nhân dân thành phố Bắc Giang", None),  # a city of the province
        ("Bộ Nội vụ", None),
    ],
)
def test_province(name: str, province: str | None) -> None:
    assert registry.province_in(name) == province


def test_every_province_that_ended_leads_to_one_that_stands() -> None:
    day = datetime.date(2025, 7, 1)
    for name in ("Yên Bái", "Hà Giang", "Kon Tum", "Long An", "Bà Rịa - Vũng Tàu", "Kiên Giang", "Bình Phước"):
        old = parse(f"UBND tỉnh {name}")
        assert not registry.valid_on(old, day), name
        assert registry.valid_on(registry.successor(old, day), day), name
        assert registry.successor(old, day) != old, name

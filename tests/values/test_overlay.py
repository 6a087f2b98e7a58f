"""Lines of signing software and portals, told from the document's own."""

from __future__ import annotations

import pytest

from evidence.values.overlay import find_overlays, is_overlay

NOTICES = [
    "Người ký: CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ",
    "Ký bởi: Ủy ban nhân dân tỉnh Quảng Ngãi",
    "Email: thongtinchinhphu@chinhphu.vn",
    "Cơ quan: VĂN PHÒNG CHÍNH PHỦ",
    "Cơ quan phát hành: VĂN PHÒNG CHÍNH PHỦ",
    "Thời gian ký: 09.04.2024 15:28:33 +07:00",
    "Giờ ký: 30/09/2025 17:58:22",
    "Ngày ký: 13-11-2025 14:01:26 +07:00",
    "16.01.2025 07:46:10",
    "+07:00",
    "CHINHPHU.VN",
    "www.ThuVienPhapLuat.vn",
    "LuatVietnam",
    "Văn bản được ký số bởi Sở Nội vụ",
    "Signed by: SỞ NỘI VỤ",
    "Signature Not Verified",
    "DIGITALLY signed",
    "Date: 2024.04.09",
    "(VGP) - Phó Thủ tướng",
    "CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ",
]
TEXTS = [
    "Số: 187/TTr-SNV",
    "Lạng Sơn, ngày 28 tháng 8 năm 2025",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "8. Các cơ quan, đơn vị ký kết hợp đồng",
    "Người ký văn bản chịu trách nhiệm",
]


def test_notices_are_found_among_the_lines_of_a_page() -> None:
    mixed = [text for pair in zip(NOTICES, TEXTS * len(NOTICES), strict=False) for text in pair]
    assert find_overlays(mixed) == set(range(0, len(mixed), 2))
    assert find_overlays(TEXTS) == find_overlays(TEXTS[:1]) == find_overlays([]) == set()


@pytest.mark.parametrize("text", NOTICES)
def test_notices(text: str) -> None:
    assert is_overlay(text)


@pytest.mark.parametrize("text", TEXTS)
def test_text(text: str) -> None:
    assert not is_overlay(text)

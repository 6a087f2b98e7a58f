from __future__ import annotations

import pytest

from evidence.ingest.layout.overlays import among, is_notice, part
from evidence.model.document import Origin, Word

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
    assert among(mixed) == set(range(0, len(mixed), 2))
    assert among(TEXTS) == among(TEXTS[:1]) == among([]) == set()


@pytest.mark.parametrize("text", NOTICES)
def test_notices(text: str) -> None:
    assert is_notice(text)


@pytest.mark.parametrize("text", TEXTS)
def test_text(text: str) -> None:
    assert not is_notice(text)


def words(*lines: tuple[str, float, float]) -> list[Word]:
    """Words of lines given as (text, left, top), in six-point letters eight points high."""
    return [
        Word(text, (left + 40 * place, top, left + 40 * place + 36, top + 8), 1.0, Origin.WIDGET)
        for line, left, top in lines
        for place, text in enumerate(line.split())
    ]


def test_fillings_and_notices_are_told_apart() -> None:
    number, day = ("2536", 120.0, 100.0), ("12", 400.0, 100.0)
    block = [("TRUNG TÂM CÔNG BÁO", 450.0, 5.0), ("VÀ TIN HỌC", 450.0, 14.0), ("16.01.2025 07:46:10", 450.0, 23.0)]
    name = ("Nguyễn Minh", 350.0, 700.0)
    fillings, apart = part(words(number, day, *block, name))
    assert sorted(word.text for word in fillings) == ["12", "2536"]
    assert sorted(line.text for line in apart) == sorted(text for text, _, _ in [*block, name])

"""Who issued a document, by the lines of its letterhead."""

from __future__ import annotations

import pytest

from evidence.values.letterhead import Letterhead, compare_letterhead
from evidence.values.registry import is_merged, took_over_from

LANG_SON = "Sở Tài chính tỉnh Lạng Sơn"
CASES = (
    # asked for, issuer, line above, place, home, answer
    ("Sở Nội vụ tỉnh Lạng Sơn", "SỞ NỘI VỤ", "UBND TỈNH LẠNG SƠN", "Lạng Sơn", None, "same"),
    ("Sở Nội vụ tỉnh Lạng Sơn", "SỞ NỘI VỤ", "UBND TỈNH HÀ TĨNH", "Hà Tĩnh", None, "other"),
    ("Sở Nội vụ tỉnh Lạng Sơn", "SỞ NỘI VỤ TỈNH HÀ TĨNH", None, "Hà Tĩnh", None, "other"),
    ("Sở Nội vụ tỉnh Lạng Sơn", "SỞ NỘI VỤ", None, "Lạng Sơn", None, "same"),
    ("Sở Nội vụ tỉnh Lạng Sơn", "SỞ NỘI VỤ", None, "Hà Tĩnh", None, "other"),
    ("Sở Nội vụ tỉnh Lạng Sơn", "SỞ NỘI VỤ", None, None, None, "partly"),
    ("Sở Nội vụ tỉnh Sơn Hà", "SỞ NỘI VỤ", "UBND TỈNH SƠN HÀ", "Sơn Hà", None, "same"),
    ("Sở Nội vụ", "SỞ NỘI VỤ", "UBND TỈNH LẠNG SƠN", None, LANG_SON, "same"),
    ("Sở Nội vụ", "SỞ NỘI VỤ", "UBND TỈNH CAO BẰNG", None, LANG_SON, "other"),
    ("Giám đốc Sở Nội vụ", "SỞ NỘI VỤ", "UBND TỈNH LẠNG SƠN", None, LANG_SON, "same"),
    ("Sở Nội vụ thành phố Hồ Chí Minh", "SỞ NỘI VỤ", "UBND TP. HCM", None, None, "same"),
    ("Văn phòng UBND tỉnh", "VĂN PHÒNG", "UBND TỈNH LẠNG SƠN", None, LANG_SON, "same"),
    ("Văn phòng UBND tỉnh", "UBND TỈNH LẠNG SƠN", None, None, LANG_SON, "other"),
    ("UBND tỉnh", "VĂN PHÒNG", "UBND TỈNH LẠNG SƠN", None, LANG_SON, "other"),
    ("Chủ tịch UBND tỉnh", "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", None, None, LANG_SON, "same"),
    ("Chủ tịch UBND tỉnh", "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", None, None, LANG_SON, "other"),
    ("Chủ tịch UBND tỉnh", "UBND XÃ TÂN LẬP", None, "Tân Lập", LANG_SON, "other"),
    ("UBND tỉnh Lạng Sơn", "UBND THÀNH PHỐ LẠNG SƠN", None, None, None, "other"),
    ("Thanh tra tỉnh", "THANH TRA", "UBND TỈNH LẠNG SƠN", None, LANG_SON, "same"),
    ("Bộ Nội vụ", "BỘ NỘI VỤ", None, "Hà Nội", LANG_SON, "same"),
    ("UBND phường Cửa Nam, tỉnh Nghệ An", "UBND PHƯỜNG CỬA NAM", None, "Nghệ An", None, "same"),
    ("UBND phường Cửa Nam, tỉnh Nghệ An", "UBND PHƯỜNG CỬA NAM", None, "Hà Nội", None, "other"),
    ("UBND phường Cửa Nam, tỉnh Nghệ An", "UBND PHƯỜNG CỬA LÒ", None, "Nghệ An", None, "other"),
    ("Phòng Kinh tế xã Tân Lập", "PHÒNG KINH TẾ", "UBND XÃ TÂN LẬP", "Tân Lập", None, "same"),
    ("Liên minh Hợp tác xã tỉnh Nghệ An", "LIÊN MINH HỢP TÁC XÃ", "UBND TỈNH NGHỆ AN", None, None, "same"),
    ("Sở Tư pháp tỉnh Bắc Ninh", "SỞ TƯ PHÁP", "UBND TỈNH BẮC GIANG", "Bắc Giang", None, "merged"),
    ("Sở Tài chính tỉnh Bắc Ninh", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ", "UBND TỈNH BẮC NINH", None, None, "merged"),
    ("Sở Y tế tỉnh Bắc Ninh", "SỞ TƯ PHÁP", "UBND TỈNH BẮC NINH", None, None, "other"),
)


@pytest.mark.parametrize(("wanted", "issuer", "parent", "place", "home", "answer"), CASES)
def test_letterhead(
    wanted: str, issuer: str, parent: str | None, place: str | None, home: str | None, answer: str
) -> None:
    assert compare_letterhead(wanted, Letterhead(issuer, parent, place), home).value == answer


def test_mergers_hold_both_ways() -> None:
    assert is_merged("Bình Phước", "Đồng Nai") and is_merged("Đồng Nai", "Bình Phước") and not is_merged("Huế", "Huế")
    assert took_over_from("Sở Nội vụ", "Sở Lao động - Thương binh và Xã hội") and not took_over_from(
        "Sở Y tế", "Sở Nội vụ"
    )

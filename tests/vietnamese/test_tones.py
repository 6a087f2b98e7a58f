"""A wrong mark that leaves a word is told by its neighbours; names and right words are left alone."""

from __future__ import annotations

import pytest

from evidence.vietnamese.tones import find_wrong_tone


@pytest.mark.parametrize(
    ("text", "word", "other"),
    [
        ("Về việc khen thưởng các tập thế và cá nhân", "thế", "thể"),
        ("V/v tố chức Hội nghị tổng kết năm 2024", "tố", "tổ"),
        ("Kế hoạch đế nâng cao chất lượng giáo dục", "đế", "để"),
        ("KẾ HOẠCH TỐ CHỨC HỘI NGHỊ TỔNG KẾT", "tố", "tổ"),
        ("Quyết đinh về việc bổ nhiệm cán bộ", "đinh", "định"),
        ("Về việc kiếm soát thủ tục hành chính", "kiếm", "kiểm"),
        ("Báo cáo kết quá thực hiện nhiệm vụ", "quá", "quả"),
        ("Về việc điều chỉnh chủ trương đâu tư dự án", "đâu", "đầu"),
    ],
)
def test_a_wrong_mark_is_found(text: str, word: str, other: str) -> None:
    assert find_wrong_tone(text) == (word, other)


@pytest.mark.parametrize(
    "text",
    [
        "Về việc khen thưởng các tập thể và cá nhân có thành tích xuất sắc",
        "V/v tổ chức Hội nghị tổng kết năm 2024",
        "Về việc cho phép thành lập Liên đoàn Võ thuật tỉnh Đắk Lắk",
        "Bổ nhiệm bà Nguyễn Thị Tố Uyên giữ chức vụ Phó Giám đốc",
        "Thực hiện Thông báo số 196-TB/TU ngày 31/8/2021 của Tỉnh ủy",
        "Tuyên truyền, phổ biến giáo dục pháp luật về trẻ em",
        "Đăng ký lịch tiếp công dân quý III năm 2025",
        "Kiểm tra đế giày bảo hộ lao động",
        "",
        "2019",
    ],
)
def test_right_words_and_names_are_none(text: str) -> None:
    assert find_wrong_tone(text) is None


def test_a_word_of_other_letters_is_not_judged() -> None:
    assert find_wrong_tone("Về việc klen thưởng") is None

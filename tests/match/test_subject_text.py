"""Subjects as they are compared: generic words, words between, a body that ran into the title."""

from __future__ import annotations

import pytest

from evidence.criteria.phrases import PhraseMatch, prepare_text
from evidence.match.subject_text import KEPT_TEXTS, find_in_subject, forget_subjects, lay_out_subject, split_title

NONE, NEAR, EXACT = PhraseMatch.NONE, PhraseMatch.NEAR, PhraseMatch.EXACT


@pytest.mark.parametrize(
    ("phrase", "subject", "answer"),
    [
        ("hoạt động kiểm soát TTHC", "Công tác kiểm soát thủ tục hành chính năm 2025", EXACT),
        ("theo dõi thi hành pháp luật", "Kết quả theo dõi tình hình thi hành pháp luật", EXACT),
        ("kiểm tra CCHC", "Kiểm tra việc thực hiện công tác cải cách hành chính", EXACT),
        ("kỷ luật, kỷ cương", "Tình hình chấp hành kỷ luật và kỷ cương hành chính", EXACT),
        ("kết quả", "Kết quả công tác văn thư, lưu trữ năm 2025", NEAR),
        ("tình hình thực hiện", "Tình hình thực hiện quy chế dân chủ cơ sở", NEAR),
        ("công tác cán bộ", "Thống kê cán bộ, công chức", NEAR),
        ("rà soát, đơn giản hóa TTHC", "Rà soát, đánh giá, đơn giản hóa thủ tục hành chính", NEAR),
        ("rà soát, đơn giản hóa TTHC", "Rà soát, đối chiếu công nợ năm 2025", NONE),
        ("kiểm tra CCHC", "Cải cách hành chính năm 2025", NONE),
        ("CCHC", "Cải cách thủ tục hành chính năm 2025", NONE),
        ("công chức", "Công tác tổ chức năm 2025", NONE),
        ("theo dõi", "Báo cáo theo quý", NONE),
    ],
)
def test_phrase(phrase: str, subject: str, answer: PhraseMatch) -> None:
    assert find_in_subject(phrase, lay_out_subject(subject)) is answer


@pytest.mark.parametrize(
    ("text", "title", "behind"),
    [
        ("Công tác CCHC năm 2025 Sở Y tế báo cáo kết quả rà soát như sau:", "Công tác CCHC năm 2025", ""),
        ("Công tác văn thư Thực hiện chỉ đạo của tỉnh, đơn vị triển khai như sau:", "Công tác văn thư", ""),
        ("Công tác văn thư quý I Sở Y tế báo cáo như sau: 1. Rà soát", "Công tác văn thư quý I", ""),
        ("Kết quả kiểm tra năm 2025 I. CHỈ ĐẠO", "Kết quả kiểm tra năm 2025", "I. CHỈ ĐẠO"),
        ("Kế hoạch tuyên truyền Thực hiện chuyển đổi số", "Kế hoạch tuyên truyền", "Thực hiện chuyển đổi số"),
        ("Thực hiện Nghị quyết số 02/NQ-CP ngày 08 tháng 01 năm 2025 Về đầu tư công", None, ""),
        ("Kế hoạch cải cách hành chính năm 2025 của Sở Xây dựng", None, ""),
        ("KẾT QUẢ CHUYỂN ĐỔI SỐ NĂM 2025 THỰC HIỆN CHỈ THỊ", None, ""),
    ],
)
def test_title(text: str, title: str | None, behind: str) -> None:
    assert split_title(text) == (title or text, behind)


def test_words_that_may_be_the_body_s_are_doubt_and_those_that_are_do_not_count() -> None:
    open_end = lay_out_subject("Kế hoạch tuyên truyền Thực hiện chuyển đổi số")
    sentence = lay_out_subject("Công tác CCHC năm 2025 Sở Y tế báo cáo kết quả chuyển đổi số như sau:")
    assert find_in_subject("chuyển đổi số", open_end) is NEAR
    assert find_in_subject("chuyển đổi số", sentence) is NONE


def test_who_checks_unit_after_unit_does_not_hold_all_their_subjects() -> None:
    title = "Kế hoạch cải cách hành chính số {} năm 2025"
    for kept in (prepare_text, lay_out_subject):
        kept.cache_clear()
    texts = [lay_out_subject(title.format(at)) for at in range(10)]
    forget_subjects()
    assert lay_out_subject(title.format(3)) is texts[3], "few are kept: the next unit has the same phrases"
    for at in range(KEPT_TEXTS + 1):
        lay_out_subject(title.format(at))
    forget_subjects()
    assert prepare_text.cache_info().currsize == lay_out_subject.cache_info().currsize == 0
    assert lay_out_subject(title.format(3)) == texts[3]

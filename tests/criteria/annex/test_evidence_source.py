"""Evidence that is worded elsewhere than in a column of its own."""

from __future__ import annotations

import pytest

from evidence.criteria.annex.evidence_source import doubt_source, find_worded, split_marked
from evidence.criteria.annex.proposals.criterion_context import CriterionContext
from evidence.criteria.annex.proposals.proposal_reader import read_proposals
from evidence.model.criteria import Sureness


@pytest.mark.parametrize(
    ("text", "scoring", "evidence"),
    [
        ("- Đủ: 2 điểm.\n- Thiếu: 0.\nTài liệu kiểm chứng: Quyết định A", "- Đủ: 2 điểm.\n- Thiếu: 0.", "Quyết định A"),
        ("Đạt: 1 điểm. TLKC gồm: Kế hoạch; ảnh", "Đạt: 1 điểm.", "Kế hoạch; ảnh"),
        ("+ Hồ sơ minh chứng: Biên bản\n+ Báo cáo", "", "Biên bản\n+ Báo cáo"),
        ("- Thiếu minh chứng: 0,5 điểm", "- Thiếu minh chứng: 0,5 điểm", ""),
        ("Minh chứng: 0 điểm nếu thiếu", "Minh chứng: 0 điểm nếu thiếu", ""),
    ],
)
def test_evidence_behind_a_word_that_marks_it(text: str, scoring: str, evidence: str) -> None:
    assert split_marked(text) == (scoring, evidence)


@pytest.mark.parametrize(
    ("title", "scoring", "words"),
    [
        ("Ban hành Nghị quyết chuyên đề về chuyển đổi số", "", "Nghị quyết chuyên đề về chuyển đổi số"),
        ("Xây dựng và ban hành Kế hoạch PCTN", "", "Kế hoạch PCTN"),
        ("Báo cáo công tác dân vận 6 tháng, năm", "", "Báo cáo công tác dân vận 6 tháng, năm"),
        (
            "Công khai tài sản",
            "- Ban hành Quyết định công khai tài sản công: 1 điểm",
            "Quyết định công khai tài sản công",
        ),
        ("Kế hoạch được hoàn thành đúng tiến độ", "Hoàn thành 100%: 1", ""),
        ("Báo cáo", "Gửi đủ: 1", ""),
        ("Báo cáo quá hạn", "Mỗi lần trừ 1 điểm", ""),
        ("Ban hành văn bản chỉ đạo", "", ""),
        ("Kỷ luật", "Không có Quyết định kỷ luật: 1", ""),
    ],
)
def test_documents_that_title_or_scoring_name(title: str, scoring: str, words: str) -> None:
    assert find_worded(title, scoring) == words


def test_what_is_read_from_a_title_is_marked_and_the_unit_s_own() -> None:
    context = CriterionContext("Quyết định công nhận gia đình văn hóa", year=2025, level="xa")
    (asked,) = doubt_source(read_proposals(find_worded(context.title, ""), context))
    assert asked.issuer == "unit" and asked.wording is not None
    assert "proposal-from-title" in asked.wording.doubts and asked.wording.sureness is Sureness.LIKELY

"""Cells of annexes of communes and ministries, answered before the reader was asked; other shapes of the same kinds."""

from __future__ import annotations

import pytest

from evidence.criteria.annex.proposals.criterion_context import CriterionContext
from evidence.criteria.annex.proposals.proposal_reader import read_proposals
from evidence.model.criteria import Requirement


def read(evidence: str, level: str = "xa", title: str = "") -> tuple[Requirement, ...]:
    return read_proposals(evidence, CriterionContext(title, ("CẢI CÁCH HÀNH CHÍNH",), "", 2026, level, page=1))


def kinds(asked: Requirement) -> set[str]:
    return {str(kind) for kind in (asked.kind, *asked.other_kinds) if kind}


@pytest.mark.parametrize(
    ("evidence", "named"),
    [
        ("QĐ phân bổ dự toán chi; BC quyết toán ngân sách", [{"Quyết định"}, {"Báo cáo"}]),
        ("TB/KH tiếp công dân", [{"Thông báo", "Kế hoạch"}]),
        ("Công văn (hoặc Thông báo, Giấy mời) tập huấn chuyển đổi số", [{"Công văn", "Thông báo", "Giấy mời"}]),
        ("Quyết định phê duyệt Đề án vị trí việc làm", [{"Quyết định"}]),
        ("Nghị quyết thông qua Kế hoạch đầu tư công trung hạn", [{"Nghị quyết"}]),
    ],
)
def test_kinds_abbreviated_bracketed_or_approved(evidence: str, named: list[set[str]]) -> None:
    assert [kinds(asked) for asked in read(evidence)] == named


@pytest.mark.parametrize("evidence", ["Quyết định kỷ luật công chức (nếu có)", "Quyết định thi hành kỷ luật"])
def test_a_punishment_is_not_asked_for(evidence: str) -> None:
    assert read(evidence) == ()


def test_an_order_against_laxness_is_asked_for() -> None:
    assert len(read("Quyết định kỷ luật, kỷ cương hành chính của xã")) == 1


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("Báo cáo xử lý tồn tại sau thanh tra", "xử lý tồn tại"),
        ("Biên bản đánh giá nội bộ hệ thống quản lý chất lượng", "đánh giá"),
        ("Kế hoạch kiểm tra, đánh giá chất lượng dịch vụ công", "đánh giá"),
        ("Thông báo kết quả đánh giá, phân loại tổ chức", "đánh giá"),
        ("Quyết định ban hành Nội quy tiếp công dân", "tiếp công dân"),
        ("Quyết định ban hành Quy chế văn thư, lưu trữ", "quy chế"),
    ],
)
def test_words_that_tell_the_document_stay(evidence: str, words: str) -> None:
    (asked,) = read(evidence)
    assert words in " ".join(asked.subject).lower()


def test_a_general_head_is_still_left_out() -> None:
    (asked,) = read("Báo cáo đánh giá tình hình chuyển đổi số")
    assert asked.subject == ("chuyển đổi số",)


@pytest.mark.parametrize(
    ("evidence", "level", "issuer"),
    [
        ("Quyết định công nhận sáng kiến của Chủ tịch UBND tỉnh hoặc Hội đồng sáng kiến tỉnh", "xa", "any"),
        ("Nghị quyết HĐND xã thông qua dự toán ngân sách", "xa", "HĐND xã"),
        ("Quyết định công bố TTHC của Bộ trưởng", "bo", "unit"),
        ("Quyết định phê duyệt Kế hoạch CCHC của bộ", "bo", "unit"),
        ("Quyết định giao biên chế của Ban Tổ chức Trung ương", "bo", "Ban Tổ chức Trung ương"),
        ("Quyết định giao biên chế của Bộ Nội vụ", "xa", "Bộ Nội vụ"),
    ],
)
def test_who_issues(evidence: str, level: str, issuer: str) -> None:
    (asked,) = read(evidence, level)
    assert asked.issuer == issuer

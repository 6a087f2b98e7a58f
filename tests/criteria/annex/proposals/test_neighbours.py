"""What tells a field's own plan from the plans that other criteria of the set ask for."""

from __future__ import annotations

from decimal import Decimal

from evidence.criteria.annex.proposals.criterion_context import CriterionContext
from evidence.criteria.annex.proposals.neighbours import add_not_subjects
from evidence.criteria.annex.proposals.proposal_reader import read_proposals
from evidence.model.criteria import Criterion, walk_criteria


def criterion(code: str, title: str, evidence: str, *children: Criterion) -> Criterion:
    proposals = read_proposals(evidence, CriterionContext(title, year=2025, level="xa"))
    return Criterion(code, title, Decimal(1), children, evidence=proposals)


def not_subjects(*criteria: Criterion) -> dict[str, tuple[tuple[str, ...], ...]]:
    told = walk_criteria(add_not_subjects(criteria))
    return {each.code: tuple(asked.not_subject for asked in each.evidence) for each in told if each.evidence}


def test_a_bare_field_is_told_from_the_acts_that_others_name() -> None:
    assert not_subjects(
        criterion("1", "Kế hoạch", "Kế hoạch chuyển đổi số"),
        criterion("2", "Tập huấn chuyển đổi số", "Danh mục lớp"),
        criterion("3", "Giám sát", "Kế hoạch giám sát chuyển đổi số"),
    ) == {"1": (("tập huấn", "giám sát"),), "3": ((),)}


def test_members_of_one_list_do_not_exclude_one_another() -> None:
    assert not_subjects(
        criterion("1", "Rà soát", "Báo cáo rà soát VBQPPL"),
        criterion("2", "Kiểm tra", "Báo cáo kiểm tra, xử lý, rà soát, hệ thống hóa VBQPPL"),
    ) == {"1": ((),), "2": ((),)}


def test_what_is_published_is_told_from_what_is_narrowed() -> None:
    assert not_subjects(
        criterion("1", "TTHC", "Quyết định công bố thủ tục hành chính"),
        criterion("2", "TTHC nội bộ", "Quyết định công bố thủ tục hành chính nội bộ"),
    ) == {"1": (("nội bộ",),), "2": ((),)}

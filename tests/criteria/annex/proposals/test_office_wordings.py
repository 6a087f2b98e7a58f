"""Wordings that units hand in beside the usual plans and reports: alternatives of acts, certificates, named years."""

from __future__ import annotations

import pytest

from evidence.criteria.annex import clauses
from evidence.criteria.annex.proposals.criterion_context import CriterionContext
from evidence.criteria.annex.proposals.proposal_reader import read_proposals
from evidence.model.criteria import Requirement


def read(evidence: str, title: str = "", level: str = "so") -> tuple[Requirement, ...]:
    return read_proposals(evidence, CriterionContext(title, (), "", 2025, level, page=1))


def words(asked: Requirement) -> str:
    return " ".join(asked.subject)


@pytest.mark.parametrize(
    ("evidence", "periods"),
    [
        ("Báo cáo tiếp công dân 6 tháng và năm 2025", ["6 tháng", "năm"]),
        ("Báo cáo quý I, 6 tháng, quý III và năm 2025 về dân vận", ["quý I", "6 tháng", "quý III", "năm"]),
        ("Báo cáo dân vận 6 tháng đầu năm 2024 và năm 2025", ["6 tháng", "6 tháng"]),  # of two years: not guessed
    ],
)
def test_a_year_named_by_its_number_closes_the_list_of_periods(evidence: str, periods: list[str]) -> None:
    assert [asked.period for asked in read(evidence)] == periods


@pytest.mark.parametrize(
    ("evidence", "matter"),
    [
        ("Quyết định thành lập hoặc kiện toàn Tổ công nghệ số cộng đồng", "Tổ công nghệ số cộng đồng"),
        ("Quyết định thành lập, kiện toàn Hội đồng thi đua", "Hội đồng thi đua"),
        ("Quyết định phê duyệt hoặc điều chỉnh phương án cổ phần hóa", "cổ phần hóa"),
    ],
)
def test_one_of_two_acts_is_enough(evidence: str, matter: str) -> None:
    subject = words(read(evidence)[0])
    assert matter in subject
    assert not any(act in subject for act in ("thành lập", "kiện toàn", "phê duyệt", "hoặc"))


def test_acts_on_persons_are_alternatives() -> None:
    (asked,) = read("Quyết định luân chuyển hoặc biệt phái cán bộ (tối thiểu 02 quyết định)")
    assert [option.subject for option in asked.any_of] == [("luân chuyển",), ("biệt phái",)]
    assert asked.count == 2


def test_a_certificate_need_not_say_that_it_recognises() -> None:
    (asked,) = read("Giấy chứng nhận cơ quan văn hóa hoặc Quyết định công nhận cơ quan văn hóa")
    assert "công nhận" not in asked.any_of[0].subject
    assert "công nhận" in asked.any_of[1].subject


def test_the_result_that_is_approved_is_not_the_plan() -> None:
    plan, result = read("Quyết định phê duyệt kế hoạch đấu giá; Quyết định phê duyệt kết quả đấu giá")
    assert ("kế hoạch đấu giá" in words(plan), "kết quả đấu giá" in words(result)) == (True, True)


@pytest.mark.parametrize(
    ("title", "evidence", "asked"),
    [
        ("Không để xảy ra mất trộm tài sản", "Biên bản về vụ mất trộm tài sản (nếu có)", 0),
        ("Không có cán bộ bị khởi tố", "Thông báo về cán bộ bị khởi tố", 0),
        ("Không để xảy ra mất trộm tài sản", "Báo cáo tình hình quản lý, mất trộm tài sản", 1),
        ("Quản lý tài sản", "Biên bản kiểm kê tài sản", 1),
    ],
)
def test_what_proves_the_failure_is_not_asked_for(title: str, evidence: str, asked: int) -> None:
    assert len(read(evidence, title)) == asked


def test_whom_an_inspection_is_of_stands_in_the_subject() -> None:
    for asked in read("Kế hoạch kiểm tra; Báo cáo kết quả kiểm tra", "Kiểm tra hoạt động của các đơn vị trực thuộc"):
        assert "đơn vị trực thuộc" in words(asked)


@pytest.mark.parametrize(
    ("evidence", "there", "gone"),
    [
        ("Báo cáo tự chủ và bảng thống kê thu chi", "tự chủ", "bảng thống kê"),
        ("Kế hoạch đổi mới phong cách, thái độ phục vụ người bệnh", "thái độ phục vụ người bệnh", "\n"),
        ("Quyết định cử viên chức tham gia lớp bồi dưỡng quốc phòng", "bồi dưỡng quốc phòng", "tham gia"),
        ("Báo cáo đánh giá tác động của chính sách quy định trong dự thảo Luật", "đánh giá tác động", "quy định"),
        ("Quy chế phối hợp giữa Chi cục và UBND các xã trong phòng dịch", "phòng dịch", "UBND"),
        ("Kế hoạch học tập và làm theo Nghị quyết", "học tập và làm", "\n"),
        ("Báo cáo giải quyết kiến nghị cử tri trước và sau kỳ họp", "kiến nghị cử tri", "trước"),
        ("Thư mời hội nghị gặp mặt nhà đầu tư quý II/2025", "gặp mặt nhà đầu tư", "2025"),
    ],
)
def test_the_matter_whole_and_no_more(evidence: str, there: str, gone: str) -> None:
    subject = words(read(evidence)[0])
    assert (there in subject, gone in subject) == (True, False)


@pytest.mark.parametrize(
    ("evidence", "issuer", "about"),
    [
        ("Quyết định của Văn phòng Huyện ủy phê duyệt cấp độ an toàn", "Văn phòng Huyện ủy", None),
        ("Quyết định của Ủy ban Kiểm tra Tỉnh ủy về chuyển đổi số", "Ủy ban Kiểm tra Tỉnh ủy", None),
        ("Kết luận của cơ quan chức năng về kiểm tra an toàn", "any", None),
        ("Quyết định giao quyền tự chủ tài chính", "any", None),
        ("Giấy mời họp trực tuyến", "unit", None),
        ("Quyết định phê duyệt dự toán chi tiết nâng cấp phần mềm", "any", None),
        ("Quyết định giao dự toán", "any", 2025),
        ("Văn bản trả lời cử tri", "unit", 2025),
    ],
)
def test_whose_it_is_and_whether_it_bears_a_year(evidence: str, issuer: str, about: int | None) -> None:
    (asked,) = read(evidence)
    assert (asked.issuer, asked.about) == (issuer, about)


@pytest.mark.parametrize(
    "clause",
    [
        "Đơn vị không có hồ sơ trong năm thì loại khỏi tổng điểm",
        "Cơ quan không được thanh tra thì không đánh giá, loại trừ điểm của phần này ra khỏi thang điểm",
        "Nếu không phát sinh thì không đưa vào thang điểm",
    ],
)
def test_what_is_taken_out_of_the_scale_is_a_clause(clause: str) -> None:
    read_out = clauses.read_clauses(f"Đạt 100%: 1\nDưới 100%: 0\n{clause}.")
    assert (read_out.not_applicable_if, read_out.scale) == (clause, "Đạt 100%: 1\nDưới 100%: 0")

"""A subject that has the words asked for and is about something else: doubt, never points."""

from __future__ import annotations

import datetime

import pytest

from evidence.match.check import check
from evidence.match.subject_matter import find_other_matter, names_most
from evidence.model.assessment import Finding
from tests.support.dossier import load_set, record, submit

AS_OF = datetime.date(2026, 1, 31)
TEXT = """\
set: phu-yen-2025
title: Bộ thử
year: 2025
level: so
units:
  - {code: SCT, name: Sở Công Thương, issuer: "Sở Công Thương tỉnh Nghệ An"}
criteria:
  - {code: "1", title: Thử, points: 1, score: all-or-nothing, evidence: [{id: a, ENTRY}]}
"""
PLAN = 'title: Kế hoạch chuyển đổi số, kind: Kế hoạch, issuer: unit, subject: ["chuyển đổi số"], about: 2025'
REPORT = 'title: Báo cáo ngân sách, kind: Báo cáo, issuer: unit, subject: ["ngân sách nhà nước"], about: 2025'
SELF_RULE = 'title: Báo cáo cơ chế tự chủ, kind: Báo cáo, issuer: unit, subject: ["cơ chế tự chủ"], about: 2025'
LAWS = 'title: Báo cáo TDTHPL, kind: Báo cáo, issuer: unit, subject: ["TDTHPL"], about: 2025'
APPOINTED = 'title: Quyết định bổ nhiệm lãnh đạo, kind: Quyết định, issuer: unit, subject: ["bổ nhiệm"]'
TRAINED = 'title: "Kế hoạch đào tạo, bồi dưỡng", kind: Kế hoạch, issuer: unit, subject: ["đào tạo", "bồi dưỡng"]'
POSTS = 'title: Văn bản phê duyệt vị trí việc làm, issuer: any, subject: ["phê duyệt", "vị trí việc làm"]'
STAFF = 'title: Văn bản giao biên chế, issuer: any, subject: ["giao", "biên chế"]'
REVIEWED = (
    'title: Kế hoạch rà soát TTHC, kind: Kế hoạch, issuer: unit, subject: ["rà soát", "đơn giản hóa TTHC"], about: 2025'
)
SPENT = (
    "title: Báo cáo giải ngân, kind: Báo cáo, issuer: unit, about: 2025,"
    ' subject: ["giải ngân kế hoạch đầu tư vốn ngân sách nhà nước"]'
)
RULES = 'title: Quy chế tài sản công, kind: Quy chế, issuer: any, subject: ["quản lý", "sử dụng tài sản công"]'
PROCEDURES = 'title: Quyết định công bố, kind: Quyết định, issuer: any, subject: ["công bố", "thủ tục hành chính"]'
FLOWS = (
    "title: Quyết định phê duyệt quy trình, kind: Quyết định, issuer: any,"
    ' subject: ["phê duyệt", "quy trình nội bộ giải quyết TTHC"]'
)

RIGHT = [
    (PLAN, "Kế hoạch", "Chuyển đổi số năm 2025 của Sở Công Thương"),
    (PLAN, "Kế hoạch", "Kế hoạch ứng dụng công nghệ thông tin, chuyển đổi số và bảo đảm an toàn thông tin năm 2025"),
    (PLAN, "Kế hoạch", "Hành động thực hiện nhiệm vụ chuyển đổi số tỉnh Nghệ An năm 2025"),
    (PLAN, "Kế hoạch", "Đẩy mạnh chuyển đổi số trên địa bàn tỉnh năm 2025"),
    (REPORT, "Báo cáo", "Tình hình thực hiện dự toán thu, chi ngân sách nhà nước năm 2025"),
    (REPORT, "Báo cáo", "Kết quả thực hiện ngân sách nhà nước năm 2025 của Sở Công Thương"),
    (REPORT, "Báo cáo", "Kết quả thực hiện ngân sách nhà nước năm 2025 và nhu cầu năm 2026"),
    (SELF_RULE, "Báo cáo", "Đánh giá tình hình thực hiện cơ chế tự chủ đối với đơn vị sự nghiệp công lập năm 2025"),
    (LAWS, "Báo cáo", "Kết quả theo dõi tình hình thi hành pháp luật năm 2025"),
    (APPOINTED, "Quyết định", "Về việc bổ nhiệm ông Trần Văn Bình giữ chức vụ Trưởng phòng"),
    (APPOINTED, "Quyết định", "Về việc bổ nhiệm lại Phó Chánh Văn phòng Sở"),
    (TRAINED, "Kế hoạch", "Đào tạo, bồi dưỡng cán bộ, công chức, viên chức năm 2025"),
    (POSTS, "Quyết định", "Về việc phê duyệt vị trí việc làm của Sở Công Thương"),
    (STAFF, "Công văn", "V/v giao biên chế năm 2025 cho Sở Công Thương"),
    (STAFF, "Quyết định", "Về việc giao chỉ tiêu biên chế công chức năm 2025"),
    (RULES, "Quyết định", "Ban hành Quy chế quản lý, sử dụng tài sản công của Sở"),
    (FLOWS, "Quyết định", "Phê duyệt quy trình nội bộ, quy trình điện tử giải quyết thủ tục hành chính lĩnh vực dược"),
    (PROCEDURES, "Quyết định", "Về việc công bố Danh mục thủ tục hành chính mới ban hành lĩnh vực hóa chất"),
]  # fmt: skip
DECOYS = [
    (PLAN, "Kế hoạch", "Tuyên truyền chuyển đổi số năm 2025"),
    (PLAN, "Kế hoạch", "Truyền thông cải cách hành chính, chuyển đổi số năm 2025"),
    (PLAN, "Kế hoạch", "Tổ chức hội thi tìm hiểu kiến thức và chuyển đổi số năm 2025"),
    (PLAN, "Kế hoạch", "Thực hiện Nghị quyết số 57-NQ/TW về khoa học, công nghệ và chuyển đổi số năm 2025"),
    (PLAN, "Kế hoạch", "Hưởng ứng Ngày pháp luật, chuyển đổi số năm 2025"),
    (PLAN, "Kế hoạch", "Sửa đổi, bổ sung Kế hoạch chuyển đổi số năm 2025"),
    (PLAN, "Kế hoạch", "Chuyển đổi số doanh nghiệp nhỏ và vừa năm 2025"),
    (REPORT, "Báo cáo", "Kết quả thanh tra ngân sách nhà nước năm 2025"),
    (REPORT, "Báo cáo", "Công khai ngân sách nhà nước năm 2025"),
    (REPORT, "Báo cáo", "Giải ngân vốn đầu tư nguồn ngân sách nhà nước năm 2025"),
    (REPORT, "Báo cáo", "Tình hình ngân sách nhà nước tháng 11 năm 2025"),
    (SELF_RULE, "Báo cáo", "Kết quả kiểm tra việc thực hiện cơ chế tự chủ năm 2025"),
    (LAWS, "Báo cáo", "Kết quả tập huấn TDTHPL năm 2025"),
    (APPOINTED, "Quyết định", "Về việc bổ nhiệm vào ngạch chuyên viên đối với bà Lê Thị Hà"),
    (APPOINTED, "Quyết định", "Ban hành Quy định về bổ nhiệm công chức lãnh đạo"),
    (TRAINED, "Kế hoạch", "Đào tạo nghề cho lao động nông thôn, bồi dưỡng kiến thức khuyến công năm 2025"),
    (TRAINED, "Kế hoạch", "Khảo sát nhu cầu đào tạo, bồi dưỡng công chức năm 2025"),
    (POSTS, "Tờ trình", "Về việc phê duyệt vị trí việc làm của Sở Công Thương"),
    (POSTS, "Báo cáo", "Tình hình xây dựng, phê duyệt Đề án vị trí việc làm"),
    (STAFF, "Quyết định", "Về việc giao nhiệm vụ kiểm tra biên chế"),
    (FLOWS, "Quyết định", "Ban hành Quy chế soạn thảo, phê duyệt quy trình nội bộ giải quyết thủ tục hành chính"),
    (POSTS, "Công văn", "Về việc hướng dẫn phê duyệt vị trí việc làm"),
    (STAFF, "Công văn", "Báo cáo việc sử dụng biên chế được giao"),
    (RULES, "Quyết định", "Sửa đổi Quy chế quản lý, sử dụng tài sản công của Sở"),
    (PROCEDURES, "Quyết định", "Thành lập Tổ công tác công bố thủ tục hành chính"),
]  # fmt: skip
PARTLY = [
    (REVIEWED, "Kế hoạch", "Rà soát, đánh giá thủ tục hành chính năm 2025"),
    (SPENT, "Báo cáo", "Kết quả giải ngân vốn đầu tư công năm 2025"),
]


def judge(entry: str, what: str, subject: str) -> Finding:
    made = record("a.docx", what, subject, "2025-06-10", "Sở Công Thương tỉnh Nghệ An", "12/KH-SCT")
    (finding,) = check(load_set(TEXT.replace("ENTRY", entry)), [submit(made, "1", "SCT")], (), AS_OF)
    return finding


@pytest.mark.parametrize(("entry", "what", "subject"), RIGHT)
def test_what_is_about_the_matter_is_met(entry: str, what: str, subject: str) -> None:
    finding = judge(entry, what, subject)
    assert finding.status.value == "met", [reason.message for reason in finding.reasons if not reason.ok]


@pytest.mark.parametrize(("entry", "what", "subject"), DECOYS)
def test_what_only_names_the_matter_earns_nothing(entry: str, what: str, subject: str) -> None:
    finding = judge(entry, what, subject)
    assert finding.status.value in ("unclear", "wrong") and not finding.points.suggested


@pytest.mark.parametrize(("entry", "what", "subject"), PARTLY)
def test_what_has_most_of_the_words_is_left_to_a_person(entry: str, what: str, subject: str) -> None:
    assert judge(entry, what, subject).status.value == "unclear"


def test_other_subjects_stay_surely_wrong() -> None:
    for entry, what, subject in (
        (REVIEWED, "Kế hoạch", "Rà soát, đối chiếu công nợ năm 2025"),
        (REVIEWED, "Kế hoạch", "Kiểm soát nhiễm khuẩn năm 2025"),
        (SPENT, "Báo cáo", "Quyết toán ngân sách nhà nước năm 2025"),
    ):
        assert judge(entry, what, subject).status.value == "wrong", subject


def test_what_the_requirement_itself_says_is_no_other_matter() -> None:
    title = "Kết quả khắc phục sau thanh tra tài chính năm 2025"
    assert find_other_matter(("tài chính",), title, "Báo cáo", "") == "khắc phục sau thanh tra"
    assert not find_other_matter(("tài chính",), title, "Báo cáo", "Báo cáo khắc phục sau thanh tra về tài chính")


def test_a_short_subject_is_never_most_of_a_long_one() -> None:
    assert not names_most(
        ("kiểm tra", "rà soát", "hệ thống hóa văn bản quy phạm pháp luật"), "Kiểm tra, rà soát đê điều"
    )
    assert not names_most(("cải cách hành chính",), "Cải cách tư pháp năm 2025")

"""Evidence as other annexes word it, of communes, districts, departments and ministries, and what must be proposed.

None of the rows is taken from an annex at hand; each shows one way in which such cells are written.
"""

from __future__ import annotations

import datetime

import pytest

from evidence.criteria.annex.proposals.criterion_context import CriterionContext
from evidence.criteria.annex.proposals.proposal_reader import read_proposals
from evidence.model.criteria import Clock, Requirement, Sureness

FOUR = ["quý I", "6 tháng", "quý III", "năm"]
FIELD = "CẢI CÁCH HÀNH CHÍNH"


def read(evidence: str, title: str = "", level: str = "xa", scoring: str = "") -> tuple[Requirement, ...]:
    return read_proposals(evidence, CriterionContext(title, (FIELD,), scoring, 2025, level, page=3))


def asked(requirement: Requirement) -> str:
    """``Kế hoạch/Phương án: kiểm tra + CCHC | unit | 2025``; options of an alternative joined by "or"."""
    options = requirement.any_of or (requirement,)
    parts = ["/".join(map(str, option.kinds)) + ": " + " + ".join(option.subject) for option in options]
    return f"{' or '.join(parts)} | {requirement.issuer} | {requirement.about}"


@pytest.mark.parametrize(
    ("title", "evidence", "proposals"),
    [
        ("Kế hoạch", "Kế hoạch CCHC năm 2025 của UBND xã", ["Kế hoạch: CCHC | unit | 2025"]),
        ("", "01 Kế hoạch CCHC năm (kèm theo phụ lục nhiệm vụ)", ["Kế hoạch: CCHC | unit | 2025"]),
        (
            "Theo dõi thi hành pháp luật", "Kế hoạch, Báo cáo theo dõi tình hình thi hành pháp luật của UBND huyện",
            ["Kế hoạch: theo dõi + thi hành pháp luật | UBND huyện | 2025",
             "Báo cáo: theo dõi + thi hành pháp luật | UBND huyện | 2025"],
        ),
        (
            "", "Kế hoạch kiểm tra, rà soát và hệ thống hóa VBQPPL theo quy định",
            ["Kế hoạch: kiểm tra + rà soát + hệ thống hóa VBQPPL | unit | 2025"],
        ),
        ("", "Báo cáo sắp xếp lại, xử lý nhà, đất", ["Báo cáo: sắp xếp lại + xử lý nhà, đất | unit | 2025"]),
        (
            "", "Báo cáo của cơ quan, đơn vị về việc bố trí viên chức theo vị trí việc làm",
            ["Báo cáo: bố trí + viên chức + vị trí việc làm | unit | 2025"],
        ),
        (
            "Tự kiểm tra CCHC", "Kế hoạch tự kiểm tra; báo cáo kết quả tự kiểm tra CCHC",
            ["Kế hoạch: tự kiểm tra + cải cách hành chính | unit | 2025", "Báo cáo: tự kiểm tra CCHC | unit | 2025"],
        ),
        (
            "Tuyên truyền", "Kế hoạch tuyên truyền CCHC hoặc lồng ghép trong Kế hoạch CCHC năm; tin bài (02 tin/tháng)",
            ["Kế hoạch: tuyên truyền CCHC or Kế hoạch: CCHC | unit | 2025"],
        ),
        (
            "", "Kế hoạch kiểm tra CCHC; Thông báo kết luận hoặc Báo cáo kết quả kiểm tra CCHC.",
            ["Kế hoạch: kiểm tra CCHC | unit | 2025", "Thông báo/Báo cáo: kiểm tra CCHC | any | None"],
        ),
        (
            "", "Báo cáo kết quả ứng dụng CNTT/chuyển đổi số",
            ["Báo cáo: ứng dụng CNTT or Báo cáo: chuyển đổi số | unit | 2025"],
        ),
        ("", "Phương án, Kế hoạch sắp xếp trường học", ["Phương án/Kế hoạch: sắp xếp trường học | unit | None"]),
        (
            "Sáng kiến", "Quyết định của Chủ tịch UBND tỉnh công nhận sáng kiến",
            ["Quyết định: công nhận + sáng kiến | tinh | None"],
        ),
        (
            "", "Quyết định giao dự toán ngân sách năm 2025 của UBND huyện",
            ["Quyết định: giao + dự toán ngân sách | UBND huyện | 2025"],
        ),
        ("", "Văn bản của cấp có thẩm quyền giao biên chế", [": giao + biên chế | any | 2025"]),
        (
            "", "Quyết định thành lập Tổ công nghệ số cộng đồng",
            ["Quyết định: thành lập + Tổ công nghệ số cộng đồng | unit | None"],
        ),
        ("", "Quyết định bổ nhiệm công chức lãnh đạo, quản lý", ["Quyết định: bổ nhiệm | unit | None"]),
        ("", "Công văn hướng dẫn công tác văn thư của Sở Nội vụ", ["Công văn: văn thư | Sở Nội vụ | None"]),
        (
            "Công bố TTHC", "Tờ trình đề nghị công bố danh mục TTHC; Quyết định công bố của Chủ tịch UBND tỉnh",
            ["Tờ trình: đề nghị công bố danh mục TTHC | unit | None",
             "Quyết định: công bố + thủ tục hành chính | tinh | None"],
        ),
        (
            "", "Báo cáo kết quả thu ngân sách năm 2025 và năm trước liền kề",
            ["Báo cáo: thu ngân sách | unit | 2025", "Báo cáo: thu ngân sách | unit | 2024"],
        ),
        (
            "Nhiệm vụ được giao", "Báo cáo tình hình thực hiện nhiệm vụ UBND tỉnh, Chủ tịch UBND tỉnh giao trong năm",
            ["Báo cáo: nhiệm vụ + giao | unit | 2025"],
        ),
        (
            "", "Về kết quả sắp xếp: Văn bản phê duyệt phương án nhà, đất",
            [": phê duyệt + phương án nhà, đất | any | None"],
        ),
        (
            "", "+ Kế hoạch: Kế hoạch CCHC\n+ Báo cáo: Báo cáo CCHC",
            ["Kế hoạch: CCHC | unit | 2025", "Báo cáo: CCHC | unit | 2025"],
        ),
        ("", "Nghị quyết của Đảng ủy xã về CCHC", ["Nghị quyết: CCHC | Đảng ủy xã | None"]),
        ("", "Quyết định công nhận sáng kiến cấp huyện trở lên", ["Quyết định: công nhận + sáng kiến | any | None"]),
        (
            "Tuyên truyền CCHC", "Kế hoạch tuyên truyền, báo cáo kết quả tuyên truyền CCHC",
            ["Kế hoạch: tuyên truyền + cải cách hành chính | unit | 2025", "Báo cáo: tuyên truyền CCHC | unit | 2025"],
        ),
        ("", "Kế hoạch số 12/KH-UBND ngày 15/7/2025 của UBND xã về CCHC", ["Kế hoạch: CCHC | unit | 2025"]),
        ("Kiểm tra văn thư", "Các thông báo kết luận kiểm tra", ["Thông báo: kiểm tra + văn thư | any | None"]),
        (
            "Kế hoạch", "Kế hoạch chuyển đổi số của xã Báo cáo kết quả thực hiện Kế hoạch chuyển đổi số",
            ["Kế hoạch: chuyển đổi số | unit | 2025", "Báo cáo: chuyển đổi số | unit | 2025"],
        ),
    ],
)  # fmt: skip
def test_what_the_words_ask_for(title: str, evidence: str, proposals: list[str]) -> None:
    assert [asked(requirement) for requirement in read(evidence, title)] == proposals


@pytest.mark.parametrize(
    "evidence",
    [
        "Giải trình kết quả đạt được", "Danh mục văn bản đã ban hành", "Bảng thống kê số liệu; phụ lục",
        "Đường link tin, bài; ảnh chụp màn hình", "Các phiếu xin lỗi (nếu có)", "TLKC khác (nếu có)",
        "Trường hợp chưa ban hành thì cung cấp văn bản giải trình", "Báo cáo của xã",
        "Báo cáo theo yêu cầu của UBND tỉnh",
        "Báo cáo của tỉnh và kết quả theo dõi của Bộ Nội vụ", "Các văn bản triển khai, chỉ đạo, đôn đốc",
        "Các báo cáo có liên quan", "Văn bản, tài liệu chứng minh", "Văn bản phê bình của UBND tỉnh (nếu có)",
        "Trích xuất số liệu từ Hệ thống thông tin giải quyết TTHC", "Các kế hoạch, văn bản chỉ đạo được ban hành",
        "Năm 2025 các đơn vị không tự đánh giá nội dung này; Báo cáo CCHC năm", "",
    ],
)  # fmt: skip
def test_what_asks_for_no_document(evidence: str) -> None:
    assert read(evidence, "Công tác CCHC") == ()


@pytest.mark.parametrize(
    ("evidence", "title", "scoring", "periods", "name"),
    [
        ("Các báo cáo CCHC định kỳ", "", "", FOUR, "cchc-quarterly"),
        ("04 báo cáo CCHC (quý I, 6 tháng, quý III, năm)", "", "", FOUR, "cchc-quarterly"),
        ("Báo cáo CCHC hằng quý, năm", "", "", FOUR, "cchc-quarterly"),
        ("Báo cáo PCTN quý, 6 tháng, 9 tháng, năm", "", "", ["quý I", "6 tháng", "9 tháng", "năm"], None),
        ("Báo cáo tinh giản biên chế 6 tháng và năm", "", "", ["6 tháng", "năm"], "half-yearly"),
        ("Báo cáo thu ngân sách hằng quý", "", "", ["quý I", "quý II", "quý III", "quý IV"], "quarters"),
        ("Các báo cáo", "Chế độ báo cáo văn thư", "gồm: 6 tháng, năm", ["6 tháng", "năm"], "half-yearly"),
        ("Báo cáo phân cấp định kỳ, đột xuất", "", "", [None], None),
        ("Báo cáo năm về chuyển đổi số", "", "", ["năm"], None),
        ("Báo cáo tài sản công năm 2025", "", "", [None], None),
    ],
)  # fmt: skip
def test_periods(evidence: str, title: str, scoring: str, periods: list[str | None], name: str | None) -> None:
    proposals = read(evidence, title, scoring=scoring)
    assert [requirement.period for requirement in proposals] == periods
    assert {requirement.series_name for requirement in proposals} == {name}
    assert len({requirement.id for requirement in proposals}) == len(periods)


@pytest.mark.parametrize(
    ("evidence", "title", "scoring", "rule", "unknown"),
    [
        ("Kế hoạch CCHC (trước ngày 31/01/2025)", "", "", "before 2025-01-31", False),
        ("Kế hoạch CCHC", "Ban hành kế hoạch CCHC", "Ban hành chậm nhất ngày 15/02/2025: 1 điểm", "2025-02-15", False),
        ("Kế hoạch CCHC", "Kế hoạch CCHC", "Ban hành trong tháng 01/2025: 1", "day last of month 1", False),
        ("Kế hoạch CCHC", "Kế hoạch CCHC", "Ban hành trước ngày 25/12 của năm trước", "before 2024-12-25", False),
        ("Báo cáo CCHC", "Báo cáo CCHC", "Kế hoạch ban hành trước ngày 31/01/2025", None, True),
        (
            "Quyết định công bố TTHC", "Công bố TTHC", "Công bố trong thời hạn 05 ngày làm việc kể từ ngày nhận",
            "trigger + 5 working days", True,
        ),
        ("Kế hoạch CCHC", "", "đúng thời gian theo quy định", None, True),
        ("Kế hoạch CCHC", "", "", None, True),
    ],
)  # fmt: skip
def test_deadlines_that_the_annex_gives(
    evidence: str, title: str, scoring: str, rule: str | None, unknown: bool
) -> None:
    (proposal,) = read(evidence, title, scoring=scoring)
    assert (proposal.due_rule, proposal.due_unknown) == (rule, unknown)
    assert bool(proposal.due_source) == (rule is not None)


@pytest.mark.parametrize(("level", "taken"), [("tinh", True), ("so", False), ("xa", False), ("bo", False)])
def test_a_usual_deadline_binds_its_own_level(level: str, taken: bool) -> None:
    proposals = read("Các báo cáo CCHC định kỳ", "Chế độ báo cáo CCHC", level, "gửi đúng thời hạn")
    for proposal in proposals:
        assert proposal.due_unknown is not taken
        assert (proposal.due_source == "581/BNV-CCHC") is taken
        assert (proposal.due_offered is not None) is not taken
        assert proposal.due_text == "gửi đúng thời hạn"


def test_a_usual_deadline_is_only_offered_where_the_criterion_does_not_speak_of_time() -> None:
    (first, *_) = read("Các báo cáo CCHC định kỳ", "Tuyên truyền CCHC", "tinh")
    assert first.due_unknown and first.due_offered and first.due_offered.source == "581/BNV-CCHC"


def test_what_may_be_there_is_optional_and_costs_nothing() -> None:
    first, second, third = read(
        "Kế hoạch CCHC; Báo cáo biên chế (nếu có); Kết luận thanh tra của cơ quan có thẩm quyền", level="so"
    )
    assert [proposal.optional for proposal in (first, second, third)] == [False, True, True]
    assert third.subject == () and third.wording and third.wording.sureness is Sureness.DOUBTFUL


def test_what_bears_no_year_must_still_be_of_it() -> None:
    (minutes,) = read("Biên bản kiểm tra CCHC")
    assert (minutes.issued_from, minutes.issued_to) == (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    (rules,) = read("Quy chế chi tiêu nội bộ")
    assert (rules.about, rules.issued_from) == (None, None)


def test_counts_belong_to_documents_alone() -> None:
    assert [proposal.count for proposal in read("ít nhất 02 Thông báo kết luận kiểm tra CCHC")] == [2]
    assert [proposal.count for proposal in read("Báo cáo CCHC năm; 04 tin, bài/tháng")] == [1]


def test_the_same_document_is_proposed_once() -> None:
    assert len(read("Kế hoạch CCHC của đơn vị\n- Kế hoạch cải cách hành chính năm 2025")) == 1


def test_day_received_and_the_annex_s_words() -> None:
    (proposal,) = read("- Kế hoạch CCHC của xã.", scoring="thời gian được xác định là ngày đến trên phần mềm")
    assert proposal.clock is Clock.RECEIVED and proposal.proposed
    assert proposal.wording and (proposal.wording.words, proposal.wording.page) == ("Kế hoạch CCHC của xã", 3)


def test_a_long_series_does_not_hide_the_other_documents() -> None:
    proposals = read("Báo cáo thu ngân sách hằng tháng; báo cáo CCHC định kỳ; báo cáo văn thư hằng quý; Kế hoạch CCHC")
    assert len(proposals) == 12 + 4 + 4 + 1
    assert len({requirement.id for requirement in proposals}) == len(proposals)

"""How the sentences of an annex are built: what ends a subject, what names the issuer, what is a list of documents.

Each row is another shape than the rows that the reader was made on.
"""

from __future__ import annotations

import pytest

from evidence.criteria.annex.proposals.criterion_context import CriterionContext
from evidence.criteria.annex.proposals.proposal_reader import read_proposals
from evidence.model.criteria import Requirement


def read(evidence: str, level: str = "xa", title: str = "") -> tuple[Requirement, ...]:
    return read_proposals(evidence, CriterionContext(title, ("CẢI CÁCH HÀNH CHÍNH",), "", 2025, level, page=1))


def said(requirement: Requirement) -> str:
    options = requirement.any_of or (requirement,)
    parts = ["/".join(map(str, option.kinds)) + ": " + " + ".join(option.subject) for option in options]
    return f"{' or '.join(parts)} | {requirement.issuer} | {requirement.about}"


@pytest.mark.parametrize(
    ("evidence", "proposals"),
    [
        (  # the matter of the last is that of all
            "Báo cáo 6 tháng và báo cáo năm về tiếp công dân",
            ["Báo cáo: tiếp công dân + 6 tháng | unit | 2025", "Báo cáo: tiếp công dân + năm | unit | 2025"],
        ),
        (
            "Chỉ thị của Đảng ủy hoặc Kế hoạch của UBND xã về văn thư",
            ["Chỉ thị/Kế hoạch: văn thư | any | None"],
        ),
        (  # so is its owner, within one family of kinds
            "Quy định tiếp khách, Quy chế văn thư của đơn vị",
            ["Quy định: tiếp khách | unit | None", "Quy chế: văn thư | unit | None"],
        ),
        (
            "Quyết định phân bổ chỉ tiêu, Quyết định giao dự toán của UBND huyện",
            ["Quyết định: phân bổ + chỉ tiêu | UBND huyện | 2025", "Quyết định: giao + dự toán | UBND huyện | 2025"],
        ),
        (  # whose plan is carried out does not issue the report on it
            "Báo cáo thực hiện Kế hoạch phòng, chống dịch của UBND tỉnh",
            ["Báo cáo: phòng, chống dịch | unit | 2025"],
        ),
        ("Kế hoạch dọn kho theo kết luận của Thanh tra Sở", ["Kế hoạch: dọn kho | unit | 2025"]),
        ("Nghị quyết HĐND về dự toán chi", ["Nghị quyết: dự toán chi | HĐND xã | 2025"]),
        ("Kế hoạch phối hợp do UBND, HĐND phường ban hành", ["Kế hoạch: phối hợp | unit | 2025"]),
        # whom it is about belongs to the matter, whose conduct it is does not
        ("Báo cáo trả lời kiến nghị của cử tri", ["Báo cáo: trả lời kiến nghị + cử tri | unit | 2025"]),
        ("Báo cáo chấp hành kỷ cương của công chức, viên chức", ["Báo cáo: chấp hành kỷ cương | unit | 2025"]),
        ("Quyết định cơ cấu ngạch viên chức", ["Quyết định: cơ cấu ngạch + viên chức | unit | None"]),
        ("Báo cáo thống kê số hộ nghèo", ["Báo cáo: thống kê số hộ nghèo | unit | 2025"]),
        ("Báo cáo thống kê, tổng hợp tình hình hộ nghèo", ["Báo cáo: hộ nghèo | unit | 2025"]),
        ("Quyết định thành lập Tổ công tác số hóa", ["Quyết định: thành lập + Tổ công tác số hóa | unit | None"]),
        (
            "Kế hoạch thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024",
            ["Kế hoạch: Nghị quyết số 57-NQ/TW | unit | 2025"],
        ),
        (  # what an act assigns, with its kind
            "Nghị quyết phân bổ kế hoạch vốn trung hạn của HĐND tỉnh",
            ["Nghị quyết: phân bổ + kế hoạch vốn trung hạn | tinh | 2025"],
        ),
        ("Quyết định ban hành Chương trình khuyến công", ["Quyết định: Chương trình khuyến công | unit | None"]),
        ("Thông tư của Bộ Y tế quy định định mức", ["Thông tư: quy định định mức | Bộ Y tế | None"]),
        ("Công văn rà soát chợ theo Nghị định số 30/2020/NĐ-CP", ["Công văn: rà soát chợ | unit | None"]),
        ("Báo cáo dọn kho, đơn giản hóa phiếu của Đơn vị", ["Báo cáo: dọn kho + đơn giản hóa phiếu | unit | 2025"]),
        ("UBND xã đã ban hành Kế hoạch dọn kho", ["Kế hoạch: dọn kho | unit | 2025"]),
        ("Tờ trình gửi Sở Y tế đề nghị phê duyệt định mức", ["Tờ trình: đề nghị phê duyệt định mức | unit | None"]),
        ("Quyết định trực tại Bộ phận Một cửa", ["Quyết định: trực tại Bộ phận Một cửa | unit | None"]),
        ("Có kế hoạch đổi giờ, có báo cáo cũ", ["Kế hoạch: đổi giờ | unit | 2025", "Báo cáo: cũ | unit | 2025"]),
        ("Chương trình công tác năm của UBND xã", ["Chương trình: công tác năm | unit | 2025"]),
        ("Nghị quyết của cấp ủy về CCHC", ["Nghị quyết: CCHC | any | None"]),
        # "văn bản" with an act that tells it
        ("Văn bản chỉ đạo công tác văn thư của Chủ tịch UBND xã", [": văn thư | unit | 2025"]),
        ("Các văn bản đôn đốc, chấn chỉnh kỷ luật, kỷ cương", [": kỷ luật + kỷ cương | unit | 2025"]),
        ("Văn bản cử công chức đầu mối", [": cử + công chức đầu mối | unit | 2025"]),
    ],
)  # fmt: skip
def test_what_the_sentence_says(evidence: str, proposals: list[str]) -> None:
    assert [said(requirement) for requirement in read(evidence)] == proposals


@pytest.mark.parametrize(
    "evidence",
    [
        "Các văn bản chỉ đạo được ban hành", "Văn bản hướng dẫn các nội dung trên", "Văn bản chỉ đạo, điều hành",
        "Văn bản xử lý các kiến nghị, đề xuất", "Báo cáo số 12/BC-UBND", "Kế hoạch nêu trên",
        "Nghị định số 30/2020/NĐ-CP", "Văn bản triển khai của đơn vị",
    ],
)  # fmt: skip
def test_a_directive_about_nothing_is_not_asked_for(evidence: str) -> None:
    assert read(evidence) == ()


@pytest.mark.parametrize(
    ("evidence", "open_"),
    [
        ("Báo cáo kết quả thực hiện ngân sách", True), ("Báo cáo cơ chế tự chủ", True), ("Kế hoạch đào tạo", True),
        ("Báo cáo quyết toán ngân sách", False), ("Kế hoạch CCHC", False), ("Quyết định giao biên chế", False),
    ],
)  # fmt: skip
def test_a_broad_field_alone_leaves_the_document_open(evidence: str, open_: bool) -> None:
    assert [requirement.is_open for requirement in read(evidence)] == [open_]


def test_counts_in_brackets_belong_to_documents_alone() -> None:
    assert [asked.count for asked in read("Biên bản họp thôn (tối thiểu 03 biên bản)")] == [3]
    assert [asked.count for asked in read("Biên bản họp thôn (ít nhất 20 người dự)")] == [1]


def test_the_year_s_report_of_a_field_that_reports_in_a_series() -> None:
    assert [asked.period for asked in read("Báo cáo CCHC năm 2025; Báo cáo văn thư năm 2025")] == ["năm", None]


def test_a_conclusion_bears_no_year_and_must_be_of_it() -> None:
    (notice,) = read("Thông báo kết luận hội nghị giao ban")
    assert notice.about is None and notice.issued_from is not None


def test_what_the_title_does_the_act_to_tells_the_document() -> None:
    (plan,) = read("Kế hoạch kiểm tra", title="Kiểm tra công vụ, đạo đức")
    assert plan.subject == ("kiểm tra", "công vụ")


def test_routine_and_special_reports_of_one_field() -> None:
    names = [asked.series_name for asked in read("Báo cáo định kỳ, báo cáo chuyên đề về CCHC")]
    assert names == ["cchc-quarterly"] * 4 + [None]


@pytest.mark.parametrize(
    ("evidence", "proposals"),
    [
        (  # where the layout broke the line
            "- Báo cáo kết quả dọn\nUBND xã, tiếp nhận của\nThôn\nKế hoạch sửa cầu",
            ["Báo cáo: dọn UBND xã + tiếp nhận + Thôn | unit | 2025", "Kế hoạch: sửa cầu | unit | 2025"],
        ),
        (  # things that go with the documents share their matter
            "Kế hoạch, hình ảnh, video dọn kho", ["Kế hoạch: dọn kho | unit | 2025"],
        ),
        ("Kế hoạch dọn kho, hình ảnh, video dọn kho", ["Kế hoạch: dọn kho | unit | 2025"]),
        (  # what is approved is no document of its own
            "Quyết định ban hành Đề án/Phương án dồn lớp", ["Quyết định: Đề án/Phương án dồn lớp | unit | None"],
        ),
        ("Kế hoạch của Đảng ủy, UBND xã về dọn kho", ["Kế hoạch: dọn kho | any | 2025"]),
        ("Quy chế thi đua của các đơn vị sự nghiệp", ["Quy chế: thi đua + đơn vị sự nghiệp | any | None"]),
        (
            "Thông tư, Quyết định về cơ cấu tổ chức của các đơn vị trực thuộc",
            ["Thông tư/Quyết định: cơ cấu tổ chức | unit | None"],
        ),
    ],
)  # fmt: skip
def test_lists_of_documents_and_of_things(evidence: str, proposals: list[str]) -> None:
    assert [said(requirement) for requirement in read(evidence)] == proposals


@pytest.mark.parametrize(
    ("evidence", "periods"),
    [
        ("Báo cáo dọn kho quý I, II và III", ["quý I", "quý II", "quý III"]),
        ("04 báo cáo CCHC", ["quý I", "6 tháng", "quý III", "năm"]),
        ("04 báo cáo dọn kho", [None]),
    ],
)
def test_periods_said_in_short(evidence: str, periods: list[str | None]) -> None:
    assert [asked.period for asked in read(evidence)] == periods


@pytest.mark.parametrize(
    ("evidence", "proposals"),
    [
        (  # what says nothing of its own is about what the one before it is about
            "Quyết định kiện toàn Tổ cứu hộ thôn, Kế hoạch hoạt động của Tổ",
            ["Quyết định: kiện toàn + Tổ cứu hộ thôn | unit | None", "Kế hoạch: Tổ cứu hộ thôn | unit | 2025"],
        ),
        ("Kế hoạch dọn kho; Báo cáo kết quả", ["Kế hoạch: dọn kho | unit | 2025", "Báo cáo: dọn kho | unit | 2025"]),
        (  # what is submitted is another's
            "Tờ trình ban hành nghị quyết của HĐND xã về chợ", ["Tờ trình: chợ | unit | None"],
        ),
        ("Kế hoạch dọn kho hoặc kế hoạch của Đảng ủy về chợ", ["Kế hoạch: dọn kho or Kế hoạch: chợ | any | 2025"]),
        (
            "Báo cáo thẩm tra của Phòng Tư pháp đối với dự thảo nội quy",
            ["Báo cáo: thẩm tra + dự thảo nội quy | Phòng Tư pháp | 2025"],
        ),
        ("Báo cáo xử lý vi phạm hành chính", ["Báo cáo: xử lý vi phạm hành chính | unit | 2025"]),
        ("Báo cáo công chức vi phạm", []),
        ("Kế hoạch dọn kho chợ; Báo cáo dọn", ["Kế hoạch: dọn kho chợ | unit | 2025", "Báo cáo: dọn | unit | 2025"]),
        (  # the weak act takes the object that the one before it gives it
            "Kế hoạch kiểm tra chợ, Thông báo kết quả kiểm tra",
            ["Kế hoạch: kiểm tra chợ | unit | 2025", "Thông báo: kiểm tra chợ | any | None"],
        ),
        ("Quyết định ban hành kèm theo Kế hoạch dọn kho", ["Quyết định: Kế hoạch dọn kho | unit | None"]),
        ("Đề án (Phương án) dồn lớp được cấp có thẩm quyền phê duyệt", ["Đề án/Phương án: dồn lớp | unit | None"]),
        ("Quyết định phê duyệt (nếu có) Đề án dồn lớp", ["Quyết định: phê duyệt + Đề án dồn lớp | any | None"]),
        ("Kế hoạch của cấp ủy, chính quyền về dọn kho", ["Kế hoạch: dọn kho | any | 2025"]),
        ("Báo cáo của đơn vị kèm danh sách", []),
        ("Biên bản đánh giá nội bộ", ["Biên bản: đánh giá nội bộ | any | None"]),
    ],
)  # fmt: skip
def test_matter_from_the_neighbour_and_deeds_on_others_papers(evidence: str, proposals: list[str]) -> None:
    assert [said(requirement) for requirement in read(evidence)] == proposals


@pytest.mark.parametrize(
    ("evidence", "proposals"),
    [
        ("Các đơn vị cung cấp Kế hoạch dọn kho", ["Kế hoạch: dọn kho | unit | 2025"]),
        ("Minh chứng gồm: Kế hoạch dọn kho", ["Kế hoạch: dọn kho | unit | 2025"]),
        ("Kế hoạch dọn kho của UBND phường Cẩm Tú", ["Kế hoạch: dọn kho | unit | 2025"]),
        ("Quyết định giao đất của UBND huyện Bình Sơn", ["Quyết định: giao + đất | UBND huyện Bình Sơn | 2025"]),
        (
            "Quyết định công bố HTQLCL phù hợp tiêu chuẩn TCVN ISO 9001:2015",
            ["Quyết định: công bố + HTQLCL + TCVN ISO 9001:2015 | unit | None"],
        ),
        ("Báo cáo dọn kho theo tiêu chuẩn TCVN 99", ["Báo cáo: dọn kho + TCVN 99 | unit | 2025"]),
        ("Báo cáo việc làm do Sở Y tế, UBND tỉnh giao", ["Báo cáo: việc làm giao | unit | 2025"]),
        ("Quy chế phối hợp giữa UBND xã với các trường", ["Quy chế phối hợp: trường | unit | None"]),
        ("Kế hoạch dọn kho riêng hoặc lồng ghép trong kế hoạch chung", ["Kế hoạch: dọn kho | unit | 2025"]),
    ],
)
def test_who_hands_it_in_and_where_the_unit_is(evidence: str, proposals: list[str]) -> None:
    assert [said(requirement) for requirement in read(evidence)] == proposals

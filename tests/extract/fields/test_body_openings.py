"""Documents of Word whose text begins right under title or subject: its first sentence is no subject."""

from __future__ import annotations

import pytest

from evidence.extract.record import read_record
from evidence.model.document import Cell, Document, Line, Word
from evidence.model.record import Record
from tests.support.page_layout import document, head, office

HEADER = [
    ("UBND TỈNH HƯNG YÊN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("SỞ XÂY DỰNG", "Độc lập - Tự do - Hạnh phúc"),
    ("Số: 31/BC-SXD", "Hưng Yên, ngày 06 tháng 12 năm 2021"),
]


def read(*below: str) -> Record:
    return read_record(office(HEADER, list(below)))


SUBJECTS = [
    ["Kết quả kiểm tra công vụ năm 2021"],
    ["Kết quả công tác cải cách hành chính năm 2021", "và phương hướng năm 2022"],
    ["Kết quả công tác năm 2021", "Phương hướng, nhiệm vụ năm 2022"],
    ["Về việc ban hành Quy chế làm việc của", "Sở Xây dựng tỉnh Hưng Yên"],
    ["Kết luận tại cuộc họp nghe", "Sở Xây dựng báo cáo tiến độ các dự án"],
    ["Thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017"],
]
BODIES = [
    "Sở Xây dựng báo cáo Ủy ban nhân dân tỉnh kết quả thực hiện như sau:",
    "Sở Xây dựng báo cáo kết quả thực hiện trong năm, cụ thể",
    "Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh tại phiên họp thường kỳ, Sở đã rà soát toàn bộ thủ tục.",
    "Thực hiện sự chỉ đạo của cấp trên, đơn vị đã triển khai",
    "Trong năm 2021, toàn ngành đã hoàn thành các chỉ tiêu được giao.",
    "Nhận được văn bản của Bộ về việc rà soát",
    "Công tác kiểm tra được tiến hành tại mười đơn vị trực thuộc theo kế hoạch.",
    "Kính gửi: Ủy ban nhân dân tỉnh",
]


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("body", BODIES)
def test_the_subject_ends_where_the_text_begins(subject: list[str], body: str) -> None:
    record = read("BÁO CÁO", *subject, body, "I. KẾT QUẢ", "Nội dung cụ thể theo từng lĩnh vực.")
    assert record.subject.value == " ".join(subject) and record.subject.sure


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("GIẤY MỜI", "Sở Xây dựng trân trọng kính mời đồng chí tham dự Hội nghị tổng kết năm, cụ thể như sau:"),
        ("GIẤY MỜI", "Kính mời: Lãnh đạo các phòng"),
        ("GIẤY MỜI", "Trân trọng kính mời các đồng chí dự họp"),
        ("GIẤY GIỚI THIỆU", "Sở Xây dựng trân trọng giới thiệu ông Trần Văn Bình đến liên hệ công tác như sau:"),
        ("BIÊN BẢN", "Hôm nay, vào hồi 8 giờ tại phòng họp số 1 chúng tôi gồm"),
        ("ĐƠN ĐỀ NGHỊ", "Tôi tên là Trần Văn Bình"),
        ("BÁO CÁO", "Sở Xây dựng báo cáo kết quả sáu tháng đầu năm như sau:"),
    ],
)
def test_a_document_without_a_subject_has_none(title: str, opening: str) -> None:
    assert read(title, opening, "Nội dung tiếp theo của văn bản này.").subject.value is None


@pytest.mark.parametrize(
    "opening",
    [
        "Sở Xây dựng thông báo đến các phòng chuyên môn về thời gian nghỉ lễ",
        "Công ty cổ phần Xây lắp đề nghị quý cơ quan xem xét",
    ],
)
def test_what_may_be_a_sentence_is_doubtful(opening: str) -> None:
    subject = read("THÔNG BÁO", opening, "Các phòng có trách nhiệm thực hiện nội dung nêu trên.").subject
    assert not subject.sure
    printed = document(
        head(["SỞ XÂY DỰNG"], "Số: 31/TB-SXD", "Hưng Yên, ngày 06 tháng 12 năm 2021", ["THÔNG BÁO", opening])
    )
    assert not read_record(printed).subject.sure


def test_the_first_cell_of_a_table_is_no_subject() -> None:
    made = office(HEADER, ["BÁO CÁO"])
    cells = [Line((Word(text, None),), Cell(1, 0, column)) for column, text in enumerate(("STT", "Tên", "Điểm"))]
    page = made.pages[0]
    lines = (*page.lines, *cells)
    record = read_record(Document(made.source, (type(page)(1, page.width, page.height, page.origin, lines),)))
    assert record.kind.value and record.kind.value.name == "Báo cáo" and record.subject.value is None


@pytest.mark.parametrize("heading", ["QUY ĐỊNH CHUNG", "QUY ĐỊNH CỤ THỂ", "KẾT LUẬN CHUNG"])
def test_the_heading_of_a_chapter_is_no_title(heading: str) -> None:
    record = read(heading, "Điều 1. Phạm vi điều chỉnh", "Quy chế này quy định việc tiếp công dân.")
    assert record.subject.value is None
    assert record.kind.value is None or record.kind.value.name == "Báo cáo"  # by its number


def test_the_agency_at_the_head_of_a_charter_may_be_the_one_that_approved_it() -> None:
    rows = [("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("TỈNH HƯNG YÊN", "Độc lập - Tự do - Hạnh phúc")]
    record = read_record(
        office(rows, ["ĐIỀU LỆ", "HỘI LÀM VƯỜN TỈNH HƯNG YÊN", "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Tên gọi"])
    )
    assert record.kind.value and record.kind.value.name == "Điều lệ"
    assert record.subject.value == "HỘI LÀM VƯỜN TỈNH HƯNG YÊN" and not record.issuer.sure


def test_a_persons_paper_is_nobodys_and_its_first_day_no_date() -> None:
    lines = ["SƠ YẾU LÝ LỊCH", "Họ và tên: Trần Văn Bình", "Sinh ngày 12 tháng 5 năm 1980", "Ngày vào Đảng: 03/02/2005"]
    record = read_record(office([], lines))
    assert record.issuer.value is None and record.date.value is None

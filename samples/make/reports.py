"""The periodic reports on administrative reform, and those on procedures and legal texts."""

from __future__ import annotations

from dataclasses import dataclass

from make.offices import SXD, VP, Office, cite, issue, one_stop, plan_of_province, procedures, programme
from make.paper import Annex, Cite, Grid, Paper, Text, head, item, para


@dataclass(frozen=True, slots=True)
class Figures:
    """What a period brought: files received, done in time, late; online; officers trained."""

    files: int
    in_time: int
    late: int
    online: int
    trained: int

    @property
    def rate(self) -> str:
        return f"{100 * self.in_time / (self.in_time + self.late):.2f}%".replace(".", ",")


def _receivers(office: Office) -> tuple[str, ...]:
    return ("UBND tỉnh (b/c)", "Sở Nội vụ (t/h)", "Lãnh đạo cơ quan", "Các phòng, đơn vị trực thuộc",
            f"Lưu: VT, {office.mark}")  # fmt: skip


def _table(numbers: Figures) -> Grid:
    waiting = numbers.files - numbers.in_time - numbers.late
    return Grid(
        (
            ("STT", "Nội dung", "Đơn vị tính", "Kết quả"),
            ("1", "Hồ sơ tiếp nhận trong kỳ", "hồ sơ", str(numbers.files)),
            ("2", "Hồ sơ giải quyết đúng hạn, trước hạn", "hồ sơ", str(numbers.in_time)),
            ("3", "Hồ sơ giải quyết quá hạn", "hồ sơ", str(numbers.late)),
            ("4", "Hồ sơ đang giải quyết trong hạn", "hồ sơ", str(waiting)),
            ("5", "Tỷ lệ hồ sơ nộp trực tuyến", "%", f"{100 * numbers.online / numbers.files:.1f}".replace(".", ",")),
            ("6", "Lượt công chức, viên chức được tập huấn", "lượt", str(numbers.trained)),
        ),
        (0.09, 0.51, 0.2, 0.2),
    )


def _opening(office: Office, period: str, plan: Cite) -> Text:
    return para(
        "Thực hiện ", plan_of_province("implements"), " của Ủy ban nhân dân tỉnh về cải cách hành chính năm 2025 và ",
        plan, f" về cải cách hành chính năm 2025 của cơ quan, {_self(office)} báo cáo kết quả thực hiện công tác cải "
        f"cách hành chính {period} như sau:",
    )  # fmt: skip


def _self(office: Office) -> str:
    return office.name if office is SXD else "Văn phòng Ủy ban nhân dân tỉnh"


def periodic(office: Office, serial: int, issued: str, period: str, numbers: Figures, **rest: object) -> Paper:
    """The report of a quarter, of six months or of the year, on the scheme that the home affairs sector uses."""
    plan = (
        cite("Kế hoạch", "218/KH-SXD", "2024-12-20", "implements")
        if office is SXD
        else cite("Kế hoạch", "3/KH-VP", "2025-01-08", "implements")
    )
    blocks = (
        _opening(office, period, plan),
        head("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"),
        para("Ngay từ đầu kỳ, lãnh đạo cơ quan đã phân công rõ người, rõ việc, rõ thời hạn cho từng phòng, đơn vị; "
             "đưa kết quả cải cách hành chính vào nội dung họp giao ban hằng tháng và coi đây là một căn cứ để xếp "
             "loại thi đua cuối năm."),
        para("Công tác tuyên truyền được thực hiện qua trang thông tin điện tử và bảng tin tại bộ phận tiếp nhận; "
             "trong kỳ có 12 tin, bài và 03 buổi sinh hoạt chuyên đề."),
        head("II. KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ"),
        item("1. Cải cách thủ tục hành chính: việc tiếp nhận và trả kết quả thực hiện theo ",
             one_stop("based_on", "short") if issued > "2025-07" else cite("Nghị định", "61/2018/NĐ-CP", "2018-04-23",
                                                                           "based_on", "short"),
             " của Chính phủ. Số liệu cụ thể như sau:"),
        _table(numbers),
        para(f"Tỷ lệ giải quyết đúng hạn đạt {numbers.rate}. Hồ sơ quá hạn chủ yếu do phải lấy ý kiến nhiều cơ quan; "
             "100% trường hợp đều có thư xin lỗi và hẹn lại ngày trả kết quả."),
        item("2. Cải cách tổ chức bộ máy: tiếp tục rà soát chức năng, nhiệm vụ của các phòng sau sắp xếp, khắc phục "
             "chồng chéo, giảm 01 đầu mối bên trong."),
        item("3. Xây dựng chính quyền số: toàn bộ văn bản đi, trừ văn bản mật, được ký số và gửi qua trục liên thông."),
        head("III. TỒN TẠI VÀ PHƯƠNG HƯỚNG"),
        para("Một số văn bản tham mưu còn chậm; việc cập nhật dữ liệu lên phần mềm báo cáo có lúc chưa kịp thời. Thời "
             "gian tới, cơ quan tập trung hoàn thành các nhiệm vụ còn lại theo mục tiêu của ",
             programme("cites", "short"), " của Chính phủ, nâng tỷ lệ hồ sơ trực tuyến và cải thiện vị trí xếp hạng "
             "(năm trước xếp 09/14 cơ quan, đạt 86,40/100 điểm)."),
        para(f"Trên đây là kết quả thực hiện công tác cải cách hành chính {period} của {_self(office)}./."),
    )  # fmt: skip
    given: dict[str, object] = {
        "subject": f"Kết quả thực hiện công tác cải cách hành chính {period}",
        "blocks": blocks,
        "recipients": _receivers(office),
    }
    return issue(office, "Báo cáo", f"BC-{office.code}", serial, issued, **(given | rest))


def tally(office: Office, numbers: tuple[tuple[str, int, int], ...]) -> Annex:
    """Annex 1 of the half-year report: files by field."""
    rows = [("STT", "Lĩnh vực", "Tiếp nhận", "Đúng hạn", "Quá hạn")]
    for order, (name, files, late) in enumerate(numbers, 1):
        rows.append((str(order), name, str(files), str(files - late), str(late)))
    note = para("Số liệu tính từ ngày 15/12/2024 đến ngày 14/6/2025, trích từ hệ thống thông tin giải quyết thủ tục "
                "hành chính của tỉnh; lập theo Mẫu số 02/TK-CCHC.")  # fmt: skip
    grid = Grid(tuple(rows), (0.09, 0.43, 0.16, 0.16, 0.16))
    return Annex("Phụ lục 1", "Kết quả giải quyết hồ sơ theo lĩnh vực 6 tháng đầu năm 2025", (grid, note))


FIELDS = (("Nhà ở và công sở", 46, 0), ("Quy hoạch, kiến trúc", 88, 2), ("Hoạt động xây dựng", 301, 5),
          ("Hạ tầng kỹ thuật", 57, 1), ("Đường bộ", 240, 0))  # fmt: skip
DESKS = (("Văn thư, lưu trữ", 21, 0), ("Công báo, thông tin", 34, 0), ("Quản trị, tài vụ", 17, 1))

Q1_SXD = periodic(SXD, 45, "2025-03-18", "quý I năm 2025", Figures(352, 318, 6, 261, 40), signature=SXD.deputy)
H1_SXD = periodic(SXD, 132, "2025-06-25", "6 tháng đầu năm 2025", Figures(732, 681, 8, 598, 85),
                  annexes=(tally(SXD, FIELDS),))  # fmt: skip
Q3_SXD = periodic(SXD, 201, "2025-09-17", "quý III năm 2025", Figures(408, 377, 3, 366, 32))
YEAR_SXD = periodic(SXD, 288, "2025-12-15", "năm 2025", Figures(1506, 1448, 14, 1320, 164))
Q1_VP = periodic(VP, 28, "2025-03-14", "quý I năm 2025", Figures(36, 33, 0, 21, 28))
H1_VP = periodic(VP, 77, "2025-06-18", "6 tháng đầu năm 2025", Figures(72, 66, 1, 49, 51), signature=VP.deputy,
                 annexes=(tally(VP, DESKS),))  # fmt: skip
YEAR_VP = periodic(VP, 165, "2025-12-18", "năm 2025", Figures(151, 144, 1, 118, 96))


def review(office: Office, serial: int, issued: str, year: int) -> Paper:
    """The yearly report on the review of legal texts."""
    blocks = (
        para("Thực hiện ", cite("Nghị định", "78/2025/NĐ-CP", "2025-04-01", "implements") if year > 2024 else
             cite("Nghị định", "34/2016/NĐ-CP", "2016-05-14", "implements"),
             f" của Chính phủ, {_self(office)} báo cáo kết quả rà soát văn bản quy phạm pháp luật năm {year} như sau:"),
        head("1. Kết quả rà soát"),
        para("Trong năm, cơ quan đã rà soát 17 văn bản do Hội đồng nhân dân, Ủy ban nhân dân tỉnh ban hành thuộc lĩnh "
             "vực quản lý; trong đó 11 văn bản còn phù hợp, 04 văn bản cần sửa đổi, 02 văn bản đề nghị bãi bỏ."),
        head("2. Kiến nghị"),
        para("Đề nghị Sở Tư pháp tổng hợp, trình Ủy ban nhân dân tỉnh công bố danh mục văn bản hết hiệu lực theo quy "
             "định./."),
    )  # fmt: skip
    return issue(
        office, "Báo cáo", f"BC-{office.code}", serial, issued, blocks=blocks,
        subject=f"Kết quả rà soát văn bản quy phạm pháp luật năm {year}",
        recipients=("UBND tỉnh (b/c)", "Sở Tư pháp", f"Lưu: VT, {office.mark}"),
    )  # fmt: skip


REVIEW_SXD = review(SXD, 301, "2024-11-28", 2024)
REVIEW_VP = review(VP, 140, "2025-11-20", 2025)

CONTROL_SXD = issue(
    SXD, "Báo cáo", "BC-SXD", 294, "2025-12-24", signature=SXD.deputy,
    subject="Tình hình, kết quả thực hiện công tác kiểm soát thủ tục hành chính năm 2025",
    to=("Văn phòng Ủy ban nhân dân tỉnh",),
    blocks=(
        para("Thực hiện ", procedures("implements"), " của Chính phủ về kiểm soát thủ tục hành chính và chế độ báo cáo "
             "định kỳ quy định tại ", cite("Thông tư", "01/2020/TT-VPCP", "2020-10-21"),
             " của Văn phòng Chính phủ, Sở Xây dựng báo cáo như sau:"),
        head("1. Công bố, công khai thủ tục hành chính"),
        para("Sở đã tham mưu công bố 64 thủ tục hành chính thuộc phạm vi quản lý; 100% thủ tục được niêm yết, công "
             "khai đầy đủ trên Cổng dịch vụ công quốc gia và tại Trung tâm phục vụ hành chính công."),
        head("2. Rà soát, đơn giản hóa"),
        para("Theo ", cite("Kế hoạch", "31/KH-SXD", "2025-02-14", "based_on", "short"), ", Sở đã rà soát 09 thủ tục, "
             "kiến nghị cắt giảm thời hạn của 05 thủ tục, tổng thời gian cắt giảm là 38 ngày làm việc."),
        head("3. Tiếp nhận phản ánh, kiến nghị"),
        para("Tiếp nhận 07 phản ánh, kiến nghị; đã xử lý xong 07, không có phản ánh quá hạn."),
        para("Sở Xây dựng trân trọng báo cáo./."),
    ),
    recipients=("Như trên", "Giám đốc Sở (b/c)", "Lưu: VT, VP"),
)  # fmt: skip

"""Plans, the letters that press for them, what inspections brought, and two decisions of the province."""

from __future__ import annotations

from make.offices import (
    SXD,
    UBND,
    VP,
    Office,
    cite,
    issue,
    organisation,
    plan_of_province,
    procedures,
    programme,
)
from make.paper import Annex, Grid, Paper, base, centre, head, item, para

TASKS = Annex(
    "Phụ lục 1", "Danh mục nhiệm vụ cải cách hành chính năm 2025",
    (
        Grid(
            (("STT", "Sản phẩm", "Đơn vị chủ trì", "Hoàn thành"),
             ("1", "Kế hoạch tự kiểm tra cải cách hành chính", "Phòng Kiểm soát TTHC", "Tháng 02"),
             ("2", "Báo cáo cải cách hành chính các kỳ", "Phòng Kiểm soát TTHC", "Theo quy định"),
             ("3", "Danh mục thủ tục nội bộ được rà soát", "Phòng Hành chính - Tổ chức", "Tháng 7"),
             ("4", "Hệ thống quản lý văn bản phiên bản mới", "Trung tâm Thông tin", "Tháng 10"),
             ("5", "Hội nghị tổng kết, khen thưởng", "Phòng Hành chính - Tổ chức", "Tháng 12")),
            (0.09, 0.45, 0.27, 0.19),
        ),
        para("Các nhiệm vụ phát sinh trong năm do Chánh Văn phòng quyết định bổ sung."),
    ),
)  # fmt: skip


def yearly(office: Office, name: str, serial: int, issued: str, **rest: object) -> Paper:
    """The plan of administrative reform for 2025."""
    blocks = (
        para("Thực hiện ", programme("implements"), " của Chính phủ ban hành Chương trình tổng thể cải cách hành chính "
             "nhà nước giai đoạn 2021 - 2030 và ", plan_of_province("implements"), " của Ủy ban nhân dân tỉnh về cải "
             f"cách hành chính năm 2025, {name} ban hành kế hoạch như sau:"),
        head("I. MỤC TIÊU"),
        item("1. Trên 98% hồ sơ được giải quyết đúng hạn hoặc trước hạn; mức độ hài lòng của người dân, tổ chức đạt từ "
             "90% trở lên."),
        item("2. 100% báo cáo định kỳ được gửi đủ, đúng thời hạn, đúng mẫu đề cương."),
        item("3. Chỉ số cải cách hành chính của cơ quan tăng ít nhất 02 bậc so với năm 2024."),
        head("II. NHIỆM VỤ TRỌNG TÂM"),
        Grid(
            (("STT", "Nhiệm vụ", "Chủ trì", "Thời gian"),
             ("1", "Tự kiểm tra việc thực hiện cải cách hành chính tại các phòng, đơn vị", "Văn phòng", "Quý II, III"),
             ("2", "Rà soát, đơn giản hóa thủ tục hành chính", "Các phòng chuyên môn", "Trước 31/10"),
             ("3", "Tập huấn kỹ năng tiếp nhận hồ sơ trực tuyến", "Văn phòng", "Tháng 4"),
             ("4", "Số hóa kết quả giải quyết còn hiệu lực", "Bộ phận một cửa", "Thường xuyên")),
            (0.09, 0.5, 0.22, 0.19),
        ),
        head("III. TỔ CHỨC THỰC HIỆN"),
        para("Trưởng các phòng, đơn vị chịu trách nhiệm trước người đứng đầu cơ quan về kết quả nhiệm vụ được giao; "
             "gửi kết quả về đầu mối tổng hợp trước ngày 12 của tháng cuối quý. Kinh phí bố trí trong dự toán chi "
             "thường xuyên năm 2025./."),
    )  # fmt: skip
    return issue(
        office, "Kế hoạch", f"KH-{office.code}", serial, issued, blocks=blocks,
        subject=f"Cải cách hành chính năm 2025 của {name}",
        recipients=("UBND tỉnh (b/c)", "Sở Nội vụ", "Các phòng, đơn vị trực thuộc", f"Lưu: VT, {office.mark}"), **rest,
    )  # fmt: skip


PLAN_SXD = yearly(SXD, "Sở Xây dựng", 218, "2024-12-20")
PLAN_VP = yearly(VP, "Văn phòng Ủy ban nhân dân tỉnh", 3, "2025-01-08", annexes=(TASKS,))


def inspection(office: Office, name: str, serial: int, issued: str, own: tuple[str, str, str]) -> Paper:
    """The plan of self-inspection for 2025; ``own`` is the plan of the year that it serves."""
    blocks = (
        para("Căn cứ ", cite(*own, "based_on"), f" của {name} về cải cách hành chính năm 2025, {name} xây dựng kế "
             "hoạch tự kiểm tra công tác cải cách hành chính năm 2025 như sau:"),
        head("1. Mục đích, yêu cầu"),
        para("Đánh giá đúng thực trạng, kịp thời chấn chỉnh hạn chế; việc kiểm tra không gây cản trở hoạt động bình "
             "thường của đơn vị được kiểm tra."),
        head("2. Nội dung kiểm tra"),
        item("a) Việc quán triệt, phổ biến và phân công nhiệm vụ cải cách hành chính;"),
        item("b) Việc tiếp nhận, giải quyết và trả kết quả thủ tục hành chính;"),
        item("c) Việc chấp hành kỷ luật, kỷ cương hành chính, văn hóa công sở."),
        head("3. Thời gian, thành phần"),
        para("Mỗi đơn vị kiểm tra 01 ngày trong tháng 6 và tháng 9 năm 2025; tối thiểu 30% số phòng, đơn vị được kiểm "
             "tra. Đoàn kiểm tra có từ 03 đến 05 thành viên, do một lãnh đạo cơ quan làm trưởng đoàn./."),
    )  # fmt: skip
    return issue(
        office, "Kế hoạch", f"KH-{office.code}", serial, issued, blocks=blocks, signature=office.deputy,
        subject="Kiểm tra công tác cải cách hành chính năm 2025",
        recipients=("Sở Nội vụ", "Lãnh đạo cơ quan", "Các phòng, đơn vị", f"Lưu: VT, {office.mark}"),
    )  # fmt: skip


INSPECT_SXD = inspection(SXD, "Sở Xây dựng", 36, "2025-02-20", ("Kế hoạch", "218/KH-SXD", "2024-12-20"))
INSPECT_VP = inspection(VP, "Văn phòng Ủy ban nhân dân tỉnh", 9, "2025-02-25", ("Kế hoạch", "3/KH-VP", "2025-01-08"))

RESULT_SXD = issue(
    SXD, "Thông báo", "TB-SXD", 178, "2025-10-30", signature=SXD.deputy,
    subject="Kết quả kiểm tra công tác cải cách hành chính năm 2025",
    blocks=(
        para("Thực hiện ", cite("Kế hoạch", "36/KH-SXD", "2025-02-20", "implements"), " về kiểm tra công tác cải cách "
             "hành chính năm 2025, từ ngày 15 đến ngày 26 tháng 9 năm 2025, Đoàn kiểm tra đã làm việc tại 04 phòng, "
             "đơn vị. Sở Xây dựng thông báo kết quả như sau:"),
        item("1. Ưu điểm: các đơn vị đã niêm yết đầy đủ thủ tục; sổ theo dõi hồ sơ được cập nhật hằng ngày; thái độ "
             "phục vụ đúng mực."),
        item("2. Hạn chế: 02 đơn vị chưa lưu phiếu kiểm soát quá trình giải quyết hồ sơ; 01 đơn vị gửi báo cáo quý "
             "chậm so với yêu cầu."),
        item("3. Yêu cầu: các đơn vị có hạn chế khắc phục xong trước ngày 20 tháng 11 năm 2025 và báo cáo bằng văn bản "
             "về Văn phòng Sở."),
        para("Sở Xây dựng thông báo để các phòng, đơn vị biết, thực hiện./."),
    ),
    recipients=("Các phòng, đơn vị trực thuộc", "Lãnh đạo Sở", "Lưu: VT, VP"),
)  # fmt: skip

URGE_SXD = issue(
    SXD, "Công văn", "SXD-VP", 1045, "2025-08-12", signature=SXD.deputy,
    subject="đôn đốc thực hiện nhiệm vụ cải cách hành chính 5 tháng cuối năm 2025",
    to=("Các phòng chuyên môn thuộc Sở", "Các đơn vị sự nghiệp trực thuộc"),
    blocks=(
        para("Qua theo dõi và số liệu nêu tại ", cite("Báo cáo", "132/BC-SXD", "2025-06-25", "cites", "short"), ", đến "
             "nay còn 05/32 nhiệm vụ chậm tiến độ. Để tiếp tục thực hiện ",
             cite("Kế hoạch", "218/KH-SXD", "2024-12-20", "implements", "short"), ", Sở Xây dựng yêu cầu:"),
        item("1. Trưởng các phòng, đơn vị trực tiếp chỉ đạo, hoàn thành dứt điểm nhiệm vụ chậm trước ngày 15 tháng 9 "
             "năm 2025."),
        item("2. Thực hiện nghiêm việc xin lỗi người dân khi giải quyết hồ sơ quá hạn; không để phát sinh hồ sơ quá "
             "hạn mới."),
        item("3. Gửi số liệu báo cáo quý III về Văn phòng Sở trước ngày 10 tháng 9 năm 2025."),
        para("Nhận được Công văn này, đề nghị các phòng, đơn vị nghiêm túc thực hiện./."),
    ),
    recipients=("Như trên", "Giám đốc Sở (b/c)", "Lưu: VT, VP"),
)  # fmt: skip

URGE_VP = issue(
    VP, "Công văn", "VP-KSTT", 1502, "2025-08-20", signature=VP.deputy,
    subject="đôn đốc thực hiện nhiệm vụ cải cách hành chính năm 2025",
    to=("Các phòng, ban, trung tâm thuộc Văn phòng",),
    blocks=(
        para("Thực hiện ", cite("Kế hoạch", "3/KH-VP", "2025-01-08", "implements"), ", Văn phòng Ủy ban nhân dân tỉnh "
             "đề nghị các đơn vị khẩn trương hoàn thành nhiệm vụ được giao, gửi kết quả trước ngày 10 tháng 9 năm "
             "2025 để tổng hợp."),
        para("Đơn vị nào chậm trễ, trưởng đơn vị giải trình trực tiếp tại cuộc họp giao ban tháng 9./."),
    ),
    recipients=("Như trên", "Lưu: VT, KSTT"),
)  # fmt: skip

INVITE_VP = issue(
    VP, "Giấy mời", "GM-VP", 41, "2025-10-20", signature=VP.deputy,
    subject="Họp công bố kết quả kiểm tra công tác cải cách hành chính năm 2025",
    to=("Trưởng các phòng, ban, trung tâm thuộc Văn phòng",),
    blocks=(
        para("Văn phòng Ủy ban nhân dân tỉnh tổ chức cuộc họp công bố kết quả kiểm tra công tác cải cách hành chính "
             "năm 2025 theo ", cite("Kế hoạch", "9/KH-VP", "2025-02-25", "based_on"),
             "; trân trọng kính mời đồng chí dự họp."),
        item("1. Thời gian: 14 giờ 00 phút, ngày 24 tháng 10 năm 2025."),
        item("2. Địa điểm: Phòng họp số 2, trụ sở Ủy ban nhân dân tỉnh."),
        item("3. Chủ trì: Chánh Văn phòng Ủy ban nhân dân tỉnh."),
        para("Đề nghị đồng chí dự họp đúng thời gian, thành phần./."),
    ),
    recipients=("Như trên", "Lưu: VT, HCTC"),
)  # fmt: skip

PROCEDURE_SXD = issue(
    SXD, "Kế hoạch", "KH-SXD", 31, "2025-02-14",
    subject="Rà soát, đánh giá thủ tục hành chính năm 2025",
    blocks=(
        para("Thực hiện ", procedures("implements"), " của Chính phủ, Sở Xây dựng ban hành kế hoạch rà soát, đánh giá "
             "09 thủ tục hành chính trong năm 2025; hoàn thành trước ngày 31 tháng 7 năm 2025./."),
    ),
    recipients=("Văn phòng UBND tỉnh", "Lưu: VT, VP"),
)  # fmt: skip


def digital(office: Office, name: str, serial: int | None, issued: str, **rest: object) -> Paper:
    """The plan of digital transformation for 2025."""
    blocks = (
        para("Thực hiện ", plan_of_province("implements"), f" của Ủy ban nhân dân tỉnh, {name} ban hành kế hoạch "
             "chuyển đổi số năm 2025 với các nội dung sau:"),
        item("1. Mục tiêu: 100% văn bản đi được ký số; 80% hồ sơ công việc được xử lý hoàn toàn trên môi trường mạng; "
             "100% công chức có tài khoản dùng chung."),
        item("2. Nhiệm vụ: nâng cấp hệ thống quản lý văn bản; số hóa kho lưu trữ; tập huấn an toàn thông tin cho ít "
             "nhất 45 lượt công chức."),
        item("3. Kinh phí: từ nguồn chi thường xuyên và nguồn sự nghiệp công nghệ thông tin được giao."),
        para("Các phòng, đơn vị căn cứ chức năng, nhiệm vụ tổ chức thực hiện./."),
    )  # fmt: skip
    return issue(
        office, "Kế hoạch", f"KH-{office.code}", serial, issued, blocks=blocks,
        subject=f"Chuyển đổi số năm 2025 của {name}",
        recipients=("Sở Khoa học và Công nghệ", "Các phòng, đơn vị", f"Lưu: VT, {office.mark}"), **rest,
    )  # fmt: skip


DIGITAL_SXD = digital(SXD, "Sở Xây dựng", None, "2025-01", problems=("blank-number", "blank-date"))
DIGITAL_VP = digital(VP, "Văn phòng Ủy ban nhân dân tỉnh", 7, "2025-01-20")


def duties(serial: int, name: str, office: str, old: tuple[str, str], **rest: object) -> Paper:
    """The province's decision on the tasks of one of its agencies; it replaces ``old``."""
    blocks = (
        base("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;"),
        base("Căn cứ ", organisation("based_on"), " của Chính phủ quy định tổ chức các cơ quan chuyên môn thuộc Ủy ban "
             "nhân dân tỉnh, thành phố trực thuộc trung ương và Ủy ban nhân dân xã, phường, đặc khu;"),
        base("Theo đề nghị của Giám đốc Sở Nội vụ tại ",
             cite("Tờ trình", "206/TTr-SNV", "2025-07-08", "based_on"), "."),
        centre("QUYẾT ĐỊNH:"),
        para(f"Điều 1. Vị trí, chức năng: {name} là cơ quan thuộc Ủy ban nhân dân tỉnh, chịu sự chỉ đạo, quản lý và "
             "điều hành của Ủy ban nhân dân tỉnh; có tư cách pháp nhân, con dấu và tài khoản riêng."),
        para("Điều 2. Nhiệm vụ, quyền hạn"),
        item("1. Trình Ủy ban nhân dân tỉnh dự thảo quyết định, quy hoạch, kế hoạch thuộc ngành, lĩnh vực được giao; "
             "tổ chức thực hiện sau khi được phê duyệt."),
        item("2. Hướng dẫn, kiểm tra việc thực hiện quy định của pháp luật; giải quyết khiếu nại, tố cáo, phòng, chống "
             "tham nhũng, lãng phí theo quy định."),
        item("3. Thực hiện cải cách hành chính; công khai thủ tục hành chính, tiếp nhận và trả kết quả cho người dân, "
             "tổ chức theo cơ chế một cửa; ứng dụng công nghệ thông tin, chuyển đổi số trong hoạt động của cơ quan."),
        item("4. Quản lý tổ chức bộ máy, biên chế, vị trí việc làm; thực hiện chế độ tiền lương, đào tạo, khen thưởng, "
             "kỷ luật đối với công chức, viên chức, người lao động thuộc phạm vi quản lý."),
        para("Điều 3. Cơ cấu tổ chức: người đứng đầu, không quá 03 cấp phó; Văn phòng; các phòng chuyên môn, nghiệp vụ "
             "và đơn vị sự nghiệp công lập trực thuộc. Biên chế công chức nằm trong tổng biên chế được giao hằng năm."),
        para("Điều 4. Quyết định này có hiệu lực kể từ ngày ký và thay thế ",
             cite("Quyết định", *old, "replaces"), " của Ủy ban nhân dân tỉnh."),
        para(f"Điều 5. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ, {office} và các tổ chức, cá nhân có "
             "liên quan chịu trách nhiệm thi hành Quyết định này./."),
    )  # fmt: skip
    return issue(
        UBND, "Quyết định", "QĐ-UBND", serial, "2025-07-15", blocks=blocks, deciding="ỦY BAN NHÂN DÂN TỈNH SƠN HÀ",
        subject=f"Quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của {name}",
        recipients=("Như Điều 5", "Bộ Nội vụ (b/c)", "TT. HĐND tỉnh (b/c)", "CT, các PCT UBND tỉnh", "Lưu: VT, NC"),
        **({"signature": UBND.deputy} | rest),
    )  # fmt: skip


DUTIES_SXD = duties(1326, "Sở Xây dựng", "Giám đốc Sở Xây dựng", ("980/QĐ-UBND", "2022-05-24"))
DUTIES_VP = duties(
    1327, "Văn phòng Ủy ban nhân dân tỉnh", "Chánh Văn phòng Ủy ban nhân dân tỉnh", ("1015/QĐ-UBND", "2022-06-02"),
    signature=UBND.head,
)  # fmt: skip

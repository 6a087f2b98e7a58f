"""Forty papers that answers are tried on: kinds, issuers, units, years; citing, amending, replacing, repealing each
other; drafts, a long file, a file of several documents, annexes, one that cannot be read."""

from __future__ import annotations

UBND, SNV = "Ủy ban nhân dân tỉnh Lạng Sơn", "Sở Nội vụ tỉnh Lạng Sơn"
STP, STC = "Sở Tư pháp tỉnh Lạng Sơn", "Sở Tài chính tỉnh Lạng Sơn"


def paper(number: str, day: str, kind: str, issuer: str, subject: str, *rows: str) -> str:
    head = (("Số", number), ("Ngày", day), ("Loại", kind), ("Cơ quan", issuer), ("Về", subject))
    return "\n".join([*(f"{name}: {value}" for name, value in head if value), *rows])


def make_long() -> str:
    """Twelve pages; what is looked for stands on the ninth and the eleventh."""
    pages = [f"trang {at} nêu số liệu của các huyện trong năm" for at in range(2, 13)]
    pages[7] = (
        "Mô hình một cửa điện tử liên thông tại huyện Tràng Định, theo Quyết định số 1605/QĐ-UBND ngày 15 tháng 3 năm "
        "2019"
    )
    pages[9] = "Tỷ lệ hồ sơ TTHC giải quyết trước hạn đạt 98,7%"
    head = paper("150/BC-VP", "30/12/2020", "Báo cáo", "Văn phòng Ủy ban nhân dân tỉnh Lạng Sơn", "tổng kết công tác")
    return "\f".join([head, *pages])


BUNDLE = "\f".join(
    (
        paper("11/2021/QĐ-UBND", "5/1/2021", "Quyết định", UBND, "lệ phí hộ tịch"),
        "VĂN BẢN KHÁC\n"
        + paper("12/2021/QĐ-UBND", "6/2/2021", "Quyết định", UBND, "mức thu phí bến bãi",
                "BÃI BỎ 8/2017/QĐ-UBND ngày 3/3/2017"),
        "VĂN BẢN KHÁC\n" + paper("13/TB-UBND", "7/3/2021", "Thông báo", UBND, "giá nước sạch"),
    )
)  # fmt: skip

PAPERS = {
    "VP/1.1/qd1605": paper(
        "1605/QĐ-UBND", "15/3/2019", "Quyết định", UBND, "thành lập Hội đồng thẩm định giá đất tỉnh",
        "Nơi: Lạng Sơn", "Ký: Hồ Tiến Thiệu", "Gửi: Sở Tài chính; Sở Tư pháp", "CĂN CỨ 34/2019/NĐ-CP ngày 24/4/2019",
    ),
    "STP/1.1/draft1605": paper(
        "1605/QĐ-UBND", "", "Quyết định", UBND, "thành lập Hội đồng thẩm định giá đất tỉnh", "DỰ THẢO",
    ),
    "VP/1.1/qd1700": paper(
        "1700/QĐ-UBND", "20/6/2020", "Quyết định", UBND, "kiện toàn Hội đồng thẩm định giá đất tỉnh",
        "Ký: Dương Xuân Huyên", "SỬA ĐỔI 1605/QĐ-UBND ngày 15/3/2019",
    ),
    "VP/1.1/qd1801": paper(
        "1801/QĐ-UBND", "2/2/2022", "Quyết định", UBND, "bãi bỏ văn bản hết hiệu lực",
        "BÃI BỎ 1700/QĐ-UBND ngày 20/6/2020",
    ),
    "VP/1.1/qd8": paper("8/2017/QĐ-UBND", "3/3/2017", "Quyết định", UBND, "quản lý bến bãi"),
    "VP/1.1/nq9": paper(
        "9/NQ-HĐND", "12/12/2018", "Nghị quyết", "Hội đồng nhân dân tỉnh Lạng Sơn", "dự toán ngân sách năm 2019",
    ),
    "VP/1.1/nd34": paper("34/2019/NĐ-CP", "24/4/2019", "Nghị định", "Chính phủ", "cán bộ, công chức cấp xã"),
    "VP/1.1/nqtw": paper("39-NQ/TW", "17/4/2015", "Nghị quyết", "Bộ Chính trị", "tinh giản biên chế"),
    "VP/1.4/long": make_long(),
    "VP/1.4/bundle": BUNDLE,
    "VP/1.4/gm10": paper("10/GM-UBND", "1/8/2021", "Giấy mời", UBND, "dự họp giao ban tháng 8"),
    "VP/1.4/unread": "KHÔNG ĐỌC ĐƯỢC",
    "SNV/1.2.1/kh20": paper(
        "20/KH-SNV", "10/1/2020", "Kế hoạch", SNV, "cải cách hành chính năm 2020", "Ký: Nguyễn Văn Hạnh",
        "THỰC HIỆN 1605/QĐ-UBND ngày 15/3/2019",
    ),
    "SNV/1.2.1/bc36": paper(
        "36/BC-SNV", "20/3/2020", "Báo cáo", SNV, "kết quả CCHC quý I năm 2020", "Ký: Nguyễn Văn Hạnh",
        "THỰC HIỆN 20/KH-SNV", "Theo Quyết định số 4361/QĐ-BNV ngày 28 tháng 12 năm 2016",
    ),
    "SNV/1.2.1/bc77": paper(
        "77/BC-SNV", "18/6/2020", "Báo cáo", SNV, "kết quả cải cách hành chính quý II năm 2020",
        "THỰC HIỆN 20/KH-SNV ngày 10/1/2020",
    ),
    "SNV/1.2.1/bc98": paper("98/BC-SNV", "17/9/2020", "Báo cáo", SNV, "kết quả cải cách hành chính quý III năm 2020"),
    "SNV/1.2.2/draft98": paper("", "", "Báo cáo", SNV, "kết quả cải cách hành chính quý IV năm 2020", "DỰ THẢO"),
    "SNV/1.3/cv512": paper(
        "512/SNV-CCHC", "5/3/2019", "Công văn", SNV, "đôn đốc nộp báo cáo",
        "Họp lúc 10:30 ngày 5/3 tại phòng số 2", "Mẫu ở http://example.vn/a", "Mã h52.1 - (abc",
    ),
    "SNV/1.3/hd3": paper(
        "3/HD-SNV", "6/5/2021", "Hướng dẫn", SNV, "công tác văn thư, lưu trữ",
        "CĂN CỨ 30/2020/NĐ-CP ngày 5/3/2020", "Hải lúa về cái cách ăn mặc nơi hành lang chính diện",
    ),
    "SNV/1.3/tb14": paper("14/TB-SNV", "9/8/2021", "Thông báo", SNV, "hồ sơ không đạt yêu cầu"),
    "SNV/1.3/qd250": paper(
        "250/QĐ-BNV", "2/1/2022", "Quyết định", "Bộ Nội vụ", "quy chế làm việc", "THAY THẾ 100/QĐ-BNV ngày 1/2/2015",
    ),
    "SNV/1.3/qd100": paper("100/QĐ-BNV", "1/2/2015", "Quyết định", "Bộ Nội vụ", "quy chế làm việc của Bộ"),
    "SNV/1.3/tt1": paper(
        "1/2021/TT-BNV", "9/2/2021", "Thông tư", "Bộ Nội vụ", "thi đua, khen thưởng", "CĂN CỨ 100/QĐ-BNV ngày 1/2/2015",
    ),
    "STP/1.1/qd5": paper("5/QĐ-STP", "3/2/2018", "Quyết định", STP, "quy chế tiếp công dân", "Ký: Lê Thị Thoa"),
    "STP/1.1/qd5cb": paper(
        "05/QĐ-STP", "4/2/2021", "Quyết định", "Sở Tư pháp tỉnh Cao Bằng", "phân công công chức pháp chế",
    ),
    "STP/1.2/kh88": paper(
        "88/KH-STP", "8/12/2019", "Kế hoạch", STP, "tuyên truyền, phổ biến giáo dục pháp luật năm 2020",
        "Nơi: Lạng Sơn", "Gửi: Ủy ban nhân dân các huyện; Báo Lạng Sơn",
    ),
    "STP/1.2/annex": paper("", "", "Phụ lục", STP, "danh mục thủ tục hành chính lĩnh vực hộ tịch"),
    "STP/1.2/bb2": paper("2/BB-STP", "11/11/2021", "Biên bản", STP, "kiểm tra công tác hộ tịch huyện Tràng Định"),
    "STC/2.1/qd5tc": paper("5/QĐ-STC", "9/2/2018", "Quyết định", STC, "quy chế chi tiêu nội bộ"),
    **{
        f"STC/2.1/ns{at}": paper(
            f"{20 + at}/BC-STC", day, "Báo cáo", STC, f"thực hiện dự toán ngân sách quý {quarter} năm 2021",
            "CĂN CỨ 9/NQ-HĐND ngày 12/12/2018",
        )
        for at, (day, quarter) in enumerate(
            [("25/3/2021", "I"), ("25/6/2021", "II"), ("24/9/2021", "III"), ("20/12/2021", "IV")], start=1
        )
    },
    "STC/2.1/cv40": paper("40/STC-NS", "3/1/2022", "Công văn", STC, "trả lời kiến nghị cử tri", "Kính gửi các phòng"),
    "STC/2.2/kh6": paper(
        "6/KH-STC", "15/1/2021", "Kế hoạch", STC, "cải tiến cách thức quản lý hành lang chính sách tài khóa",
    ),
    "STC/2.2/tb7": paper("7/TB-STC", "3/3/2021", "Thông báo", STC, "tổ in ấn tài liệu và ăn ca"),
    "STC/2.2/qd9": paper(
        "9/QĐ-STC", "14/7/2021", "Quyết định", STC, "khen thưởng tập thể", "Nơi: Cao Lộc", "Ký: Hoàng Văn Nghiệm",
    ),
    "VP/1.1/cbtt": paper("55/TB-VP", "2/7/2019", "Thông báo", "Văn phòng Ủy ban nhân dân tỉnh Lạng Sơn", "vệ sinh"),
    "VP/1.1/qd615": paper("615/QĐ-UBND", "28/2/2021", "Quyết định", UBND, "cấp phép khai thác khoáng sản"),
}  # fmt: skip

"""Administrative Vietnamese of our own writing, put together by chance with a fixed seed.

No sentence is taken from a real document; offices, places and numbers are made up. The words are those of the trade:
reports on administrative reform, decisions, plans, with numbers, dates, shares, sums, abbreviations and symbols.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

PLACES = (
    "Sơn Hà",
    "Bình Thủy",
    "Quảng Lộc",
    "Tân Kỳ Anh",
    "Đắk Nang",
    "Hưng Mỹ",
    "Phú Giáo Trung",
    "Yên Khê",
    "Cẩm Đường",
)
OFFICES = (
    "Sở Nội vụ", "Sở Tài chính", "Sở Khoa học và Công nghệ", "Sở Nông nghiệp và Môi trường", "Thanh tra tỉnh",
    "Văn phòng Ủy ban nhân dân tỉnh", "Sở Tư pháp", "Sở Xây dựng", "Trung tâm Phục vụ hành chính công tỉnh",
    "Sở Giáo dục và Đào tạo", "Sở Y tế", "Ban Quản lý các khu công nghiệp", "Bảo hiểm xã hội tỉnh", "Cục Thuế tỉnh",
)  # fmt: skip
KINDS = (
    ("Quyết định", "QĐ-UBND"), ("Kế hoạch", "KH-UBND"), ("Công văn", "UBND-NC"), ("Thông báo", "TB-VP"),
    ("Báo cáo", "BC-SNV"), ("Nghị quyết", "NQ-HĐND"), ("Tờ trình", "TTr-STC"), ("Chỉ thị", "CT-UBND"),
)  # fmt: skip
TITLES = (
    ("BÁO CÁO", "Kết quả thực hiện công tác cải cách hành chính {period}"),
    ("KẾ HOẠCH", "Kiểm tra công vụ, kỷ luật, kỷ cương hành chính năm {year}"),
    ("QUYẾT ĐỊNH", "Về việc ban hành Quy chế tiếp nhận, xử lý phản ánh, kiến nghị của tổ chức, công dân"),
    ("THÔNG BÁO", "Kết luận cuộc họp đánh giá chỉ số hài lòng của người dân {period}"),
    ("TỜ TRÌNH", "Về việc phê duyệt danh mục thủ tục hành chính cắt giảm thời gian giải quyết"),
    ("KẾ HOẠCH", "Chuyển đổi số, số hóa hồ sơ lưu trữ lịch sử giai đoạn {year} - 2030"),
)
SENTENCES = tuple(Path(__file__).with_name("ocr_sentences.txt").read_text("utf-8").splitlines())
ITEMS = (
    "Rà soát, đơn giản hóa ít nhất {pct} thủ tục hành chính thuộc phạm vi quản lý;",
    "Niêm yết công khai số điện thoại đường dây nóng {phone} tại nơi dễ thấy;",
    "Tổ chức sơ kết 6 tháng, tổng kết năm trước ngày {date};",
    "Bố trí đủ máy quét, máy in, quầy chờ, nước uống cho người đến giao dịch;",
    "Thẩm tra lý lịch, xác minh văn bằng của {few} công chức mới tuyển dụng;",
    "Chuẩn hóa mẫu phiếu xin lỗi, phiếu hẹn và sổ theo dõi điện tử;",
    "Kiện toàn Ban Chỉ đạo do đồng chí Phó Chủ tịch Thường trực làm Trưởng ban;",
    "Giao chỉ tiêu cụ thể cho từng phòng, quy rõ trách nhiệm người đứng đầu;",
    "Đẩy mạnh tuyên truyền trên Đài Phát thanh, loa truyền thanh cơ sở, mạng xã hội Zalo;",
    "Khắc phục triệt để {few} tồn tại, hạn chế nêu tại {doc};",
)
HEADS = (
    "Đặc điểm tình hình", "Kết quả đạt được", "Tồn tại, hạn chế và nguyên nhân", "Phương hướng, nhiệm vụ trọng tâm",
    "Tổ chức thực hiện", "Kiến nghị, đề xuất", "Công tác chỉ đạo, điều hành", "Mục đích, yêu cầu",
)  # fmt: skip
FIELDS = (
    "Đất đai", "Hộ tịch", "Chứng thực", "Bảo trợ xã hội", "Xây dựng", "Đăng ký kinh doanh", "Lý lịch tư pháp", "Y tế",
    "Người có công", "Giáo dục", "Thủy lợi", "Lưu trữ",
)  # fmt: skip
CHIEFS = ("GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "CHỦ TỊCH", "TRƯỞNG BAN")
NAMES = ("Đặng Mẫu Sơn", "Vũ Thị Thử Nghiệm", "Lưỡng Khuyết Danh", "Hoàng Giả Định")  # nobody's
RECIPIENTS = (
    "Như Điều 3;", "Thường trực Tỉnh ủy (b/c);", "TT. HĐND, UBND tỉnh;", "Các sở, ban, ngành;",
    "UBND các huyện, thị xã;", "Cổng TTĐT tỉnh;", "Lưu: VT, NC, KSTT.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """What one document says. ``blocks`` are (style, text): ``head``, ``para``, ``base`` or ``item``."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    kind: str
    subject: str
    blocks: tuple[tuple[str, str], ...]
    table: tuple[tuple[str, ...], ...]
    chief: str
    name: str
    recipients: tuple[str, ...]


def letter(seed: int, sentences: int = 22) -> Letter:
    """The document of that seed: about two pages."""
    dice = random.Random(seed)
    place, (kind, subject) = dice.choice(PLACES), dice.choice(TITLES)
    office = dice.choice(OFFICES)
    symbol = dice.choice(KINDS)[1]
    return Letter(
        (f"UBND TỈNH {place.upper()}", office.upper(), f"Số: {dice.randint(11, 2999)}/{symbol}"),
        (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            f"{place}, ngày {dice.randint(10, 28)} tháng {dice.randint(3, 12)} năm {dice.randint(2019, 2025)}",
        ),
        kind,
        _filled(subject, dice),
        tuple(_blocks(dice, sentences)),
        (("STT", "Lĩnh vực", "Tiếp nhận", "Đúng hạn", "Tỷ lệ (%)"), *_rows(dice)),
        dice.choice(CHIEFS),
        dice.choice(NAMES),
        tuple(sorted(dice.sample(RECIPIENTS[:-1], 4))) + RECIPIENTS[-1:],
    )


def _blocks(dice: random.Random, sentences: int) -> list[tuple[str, str]]:
    told = dice.sample(SENTENCES[1:], sentences)
    heads = dice.sample(HEADS, 4)
    found = [("base", _filled(SENTENCES[0], dice)), ("base", _filled(SENTENCES[0], dice))]
    for order, head in enumerate(heads):
        found.append(("head", f"{('I', 'II', 'III', 'IV')[order]}. {head}"))
        share = told[order * sentences // 4 : (order + 1) * sentences // 4]
        while share:
            count = dice.randint(1, 3)
            found.append(("para", " ".join(_filled(one, dice) for one in share[:count])))
            share = share[count:]
        if order in (1, 3):
            marks = ("- ", "- ", "- ") if order == 1 else ("a) ", "b) ", "c) ")
            found += [
                ("item", mark + _filled(one, dice)) for mark, one in zip(marks, dice.sample(ITEMS, 3), strict=True)
            ]
    return found


def _rows(dice: random.Random) -> list[tuple[str, ...]]:
    rows = []
    for order, name in enumerate(dice.sample(FIELDS, 5), 1):
        whole = dice.randint(40, 4000)
        done = whole - dice.randint(0, whole // 10)
        rows.append((str(order), name, _dotted(whole), _dotted(done), f"{100 * done / whole:.1f}".replace(".", ",")))
    return rows


def _filled(text: str, dice: random.Random) -> str:
    """The sentence with its places filled, each anew."""
    while "{" in text:
        start, end = text.index("{"), text.index("}")
        text = text[:start] + _value(text[start + 1 : end], dice) + text[end + 1 :]
    return text


def _value(name: str, dice: random.Random) -> str:
    if name == "doc":
        kind, symbol = dice.choice(KINDS)
        return f"{kind} số {dice.randint(11, 4999)}/{symbol} ngày {_value('date', dice)}"
    year = dice.randint(2016, 2025)
    makers = {
        "n": lambda: _dotted(dice.randint(12, 98_000)),
        "few": lambda: f"{dice.randint(2, 25):02d}",
        "pct": lambda: f"{dice.randint(3, 99)},{dice.randint(1, 99)}%",
        "money": lambda: _dotted(dice.randint(12, 9_800) * 100_000),
        "score": lambda: f"{dice.randint(60, 97)},{dice.randint(0, 99):02d}",
        "date": lambda: f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{year}",
        "phone": lambda: f"0{dice.randint(203, 299)}.{dice.randint(3_000_000, 3_999_999)}",
        "year": lambda: str(year),
        "period": lambda: dice.choice((f"quý {dice.choice(('I', 'II', 'III'))} năm {year}", f"năm {year}")),
        "office": lambda: dice.choice(OFFICES),
        "place": lambda: dice.choice(PLACES),
    }
    return makers[name]()


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")

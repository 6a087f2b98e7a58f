"""Number, date, issuer, kind and subject from the header: cases from life, laid out anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.extract.record import read_record
from evidence.model.document import Line, Origin
from tests.support.page_layout import centred, document, head, line, office, signature
from tests.support.readings import reading

BODY = ["", "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"]

# left column, number row, date row, V/v lines, lines below -> number, date, issuer, parent, kind, subject
CASES = [
    (
        ["ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"],
        "Số: 0615 /QÐ-UBND",
        "Lạng Sơn, ngày 15 tháng 3 năm 2019",
        (),
        ["QUYẾT ĐỊNH", "Về việc công bố Chỉ số cải cách hành chính năm 2018", "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", *BODY],
        ("615/QĐ-UBND", "2019-03-15", "Ủy ban nhân dân tỉnh Lạng Sơn", None, "Quyết định"),
        "Về việc công bố Chỉ số cải cách hành chính năm 2018",
    ),
    (
        ["UBND TỈNH LẠNG SƠN", "SỞ NỘI VỤ"],
        "Số: 446/SNV-CCHC&VTLT",
        "Lạng Sơn, ngày 19 tháng 3 năm 2019",
        ("V/v sử dụng kết quả Chỉ số", "SIPAS năm 2018"),
        ["Kính gửi: Ủy ban nhân dân các huyện", "Thực hiện Quyết định số 615/QĐ-UBND ngày 15/3/2019"],
        ("446/SNV-CCHC&VTLT", "2019-03-19", "Sở Nội vụ", "Ủy ban nhân dân tỉnh Lạng Sơn", "Công văn"),
        "V/v sử dụng kết quả Chỉ số SIPAS năm 2018",
    ),
    (
        ["BỘ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI"],
        "Số: 01/2022/TT-BLĐTBXH",
        "Hà Nội, ngày 25 tháng 01 năm 2022",
        (),
        ["THÔNG TƯ", "Hướng dẫn thu thập thông tin thị trường lao động", *BODY],
        ("1/2022/TT-BLĐTBXH", "2022-01-25", "Bộ Lao động - Thương binh và Xã hội", None, "Thông tư"),
        "Hướng dẫn thu thập thông tin thị trường lao động",
    ),
    (
        ["CHÍNH PHỦ"],
        "Số: 66.18/2026/NQ-CP",
        "Hà Nội, ngày 18 tháng 5 năm 2026",
        (),
        ["NGHỊ QUYẾT", "Quy định về cắt giảm thủ tục hành chính", *BODY],
        ("66.18/2026/NQ-CP", "2026-05-18", "Chính phủ", None, "Nghị quyết"),
        "Quy định về cắt giảm thủ tục hành chính",
    ),
]


@pytest.mark.parametrize(("left", "number", "date", "about", "below", "values", "subject"), CASES)
def test_header_of_a_printed_page(
    left: list[str],
    number: str,
    date: str,
    about: tuple[str, ...],
    below: list[str],
    values: tuple[str, ...],
    subject: str,
) -> None:
    record = read_record(document(head(left, number, date, below, about=about)))
    assert record.number.value and record.date.value and record.issuer.value and record.kind.value
    parent = record.parent.value.name if record.parent.value else None
    found = (str(record.number.value), str(record.date.value), record.issuer.value.name, parent, record.kind.value.name)
    assert found == values
    assert record.subject.value == subject
    assert record.number.sure and record.date.sure and record.issuer.sure and record.kind.sure


def test_every_value_carries_its_place_on_the_page() -> None:
    read = document(
        head(["BỘ NỘI VỤ"], "Số: 12/QĐ-BNV", "Hà Nội, ngày 05 tháng 01 năm 2020", ["QUYẾT ĐỊNH", "Về việc thử"])
    )
    record = read_record(read)
    for found in (record.number, record.date, record.issuer, record.kind, record.subject):
        assert found.span and found.span.box
        assert read.pages[0].text[found.span.start : found.span.end] == found.raw


@pytest.mark.parametrize(
    ("row", "date", "problems"),
    [
        ("Số:      /QĐ-UBND", "Lạng Sơn, ngày     tháng 3 năm 2019", {"blank-number", "blank-date", "draft"}),
        ("Số: …/KH-UBND", "Lạng Sơn, ngày 5 tháng 3 năm 2019", {"blank-number"}),
        ("Số: 12/KH-UBND", "Lạng Sơn, ngày 31 tháng 02 năm 2019", {"impossible-date"}),
        ("Số: 12/2018/QĐ-UBND", "Lạng Sơn, ngày 5 tháng 3 năm 2019", {"conflict"}),
    ],
)
def test_blank_impossible_and_contradictory_are_told_apart(row: str, date: str, problems: set[str]) -> None:
    record = read_record(document(head(["UBND TỈNH LẠNG SƠN"], row, date, ["KẾ HOẠCH", "Kiểm tra năm 2019", *BODY])))
    assert problems <= {problem.code.value for problem in record.problems}
    if "blank-number" in problems:
        assert record.number.value is None and record.number.raw and "/" in record.number.raw
    if "conflict" in problems:
        assert not record.number.sure and not record.date.sure


def test_what_one_ocr_engine_says_of_digits_is_never_sure() -> None:
    lines = head(
        ["BỘ NỘI VỤ"],
        "Số: 12/QĐ-BNV",
        "Hà Nội, ngày 05 tháng 01 năm 2020",
        ["QUYẾT ĐỊNH", "Về việc thử"],
        Origin.OCR,
        0.96,
    )
    record = read_record(document(lines))
    assert str(record.number.value) == "12/QĐ-BNV" and not record.number.sure
    assert str(record.date.value) == "2020-01-05" and not record.date.sure


@pytest.mark.parametrize("garbage", ["Số: #88/QĐ-BNV", "Số: „44 /QĐ-BNV", "Số: II /QĐ-BNV", "Số:0+ /QĐ-BNV"])
def test_unreadable_digits_stay_unread(garbage: str) -> None:
    lines = head(
        ["BỘ NỘI VỤ"], garbage, "Hà Nội, ngày 0Š tháng 4 năm 2024", ["QUYẾT ĐỊNH", "Về việc thử"], Origin.OCR, 0.9
    )
    record = read_record(document(lines))
    assert record.number.value is None and record.number.raw == garbage.strip()
    assert record.date.value is None and record.date.raw


def test_lost_diacritics_in_a_known_issuer_are_put_back_and_the_raw_text_kept() -> None:
    lines = head(
        ["ÚY BAN NHÂN DÂN", "TỈNH LÂM ĐÒNG"],
        "Số: 5/QĐ-UBND",
        "Lâm Đồng, ngày 05 tháng 01 năm 2020",
        ["QUYÉT ĐỊNH", "Thử"],
        Origin.OCR,
        0.9,
    )
    record = read_record(document(lines))
    assert record.issuer.value and record.issuer.value.name == "Ủy ban nhân dân tỉnh Lâm Đồng"
    assert record.issuer.raw == "ÚY BAN NHÂN DÂN TỈNH LÂM ĐÒNG"
    assert record.kind.value and record.kind.value.name == "Quyết định"


def test_the_receivers_stamp_and_the_portals_lines_are_not_the_documents() -> None:
    lines = head(
        ["THỦ TƯỚNG CHÍNH PHỦ"],
        "Số: 299/QĐ-TTg",
        "Hà Nội, ngày 10 tháng 4 năm 2024",
        ["QUYẾT ĐỊNH", "Ban hành Danh mục", *BODY],
    )
    stamp = [
        line(20, 8, "Người ký: CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ"),
        line(20, 20, "Thời gian ký: 11.04.2024 16:31:37 +07:00"),
    ]
    later = [line(20, 300, "CÔNG VĂN ĐẾN Số: 2770 Ngày 11/4/2024")]
    record = read_record(document(stamp + lines + later))
    assert str(record.number.value) == "299/QĐ-TTg" and str(record.date.value) == "2024-04-10"
    assert record.issuer.value and record.issuer.value.name == "Thủ tướng Chính phủ"


def test_number_and_day_in_signature_fields_fill_the_blanks() -> None:
    lines = head(
        ["BỘ NỘI VỤ"],
        "Số:            /BNV-CCHC",
        "Hà Nội, ngày     tháng 12 năm 2025",
        ["Kính gửi: Các bộ"],
        about=("V/v hướng dẫn",),
    )
    row = next(one for one in lines if "/BNV-CCHC" in one.text)
    assert row.box
    field = line(row.box[0] + 20, row.box[1] - 7, "12094", Origin.WIDGET)
    record = read_record(document([*lines, field]))
    assert str(record.number.value) == "12094/BNV-CCHC" and record.number.raw == "12094 Số: /BNV-CCHC"


def test_a_consolidated_text_bears_its_number_at_its_end() -> None:
    first = head(
        ["BỘ QUỐC PHÒNG"],
        "",
        "",
        ["THÔNG TƯ", "Quy định tổ chức lễ tang", "Thông tư số 86/2016/TT-BQP ngày 20 tháng 6 năm 2016"],
    )
    last = [
        line(90, 200, "BỘ QUỐC PHÒNG"),
        line(330, 200, "XÁC THỰC VĂN BẢN HỢP NHẤT"),
        line(90, 230, "Số: 46/VBHN-BQP"),
        line(330, 230, "Hà Nội, ngày 04 tháng 5 năm 2026"),
    ]
    record = read_record(document(first, [line(90, 50, "Điều 2.")], last))
    assert str(record.number.value) == "46/VBHN-BQP" and str(record.date.value) == "2026-05-04"
    assert record.kind.value and record.kind.value.name == "Văn bản hợp nhất"


def test_a_law_is_dated_by_its_adoption() -> None:
    first = head(["QUỐC HỘI"], "Luật số: 41/2024/QH15", "", ["LUẬT", "BẢO HIỂM XÃ HỘI", "Căn cứ Hiến pháp;"])
    last = [line(90, 100, "Luật này được Quốc hội khóa XV, kỳ họp thứ 7 thông qua ngày 29 tháng 6 năm 2024.")]
    record = read_record(document(first, last))
    assert str(record.number.value) == "41/2024/QH15" and str(record.date.value) == "2024-06-29"


def test_a_letterhead_in_a_word_table() -> None:
    rows = [
        ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("TỈNH BÌNH THUẬN", "Độc lập - Tự do - Hạnh phúc"),
        ("Số:     /UBND-NCKSTTHC", "Bình Thuận, ngày     tháng 02 năm 2025"),
        ("V/v tham gia ý kiến về dự thảo Thông tư", ""),
    ]
    record = read_record(office(rows, ["Kính gửi: Sở Tài chính", "Nhận được Công văn số 1127/BTC-CST ngày 24/01/2025"]))
    assert record.number.value is None and record.number.raw == "Số: /UBND-NCKSTTHC"
    assert record.issuer.value and record.issuer.value.name == "Ủy ban nhân dân tỉnh Bình Thuận"
    assert record.kind.value and record.kind.value.name == "Công văn"
    assert record.subject.value == "V/v tham gia ý kiến về dự thảo Thông tư"
    assert "draft" in {problem.code.value for problem in record.problems}


def test_a_page_without_words_is_unreadable_with_a_reason() -> None:
    record = read_record(document([]))
    assert record.status == "unreadable" and record.problems


FORMS = [
    (
        ["HỘI ĐỒNG NHÂN DÂN", "TỈNH LÂM ĐỒNG"],
        "Số: 72/2025/NQ-HĐND",
        "NGHỊ QUYẾT",
        (None, "Hội đồng nhân dân tỉnh Lâm Đồng", "Nghị quyết"),
    ),
    (
        ["UBND XÃ ĐỨC TRỌNG", "PHÒNG VĂN HÓA - XÃ HỘI"],
        "Số: 05/BC-PVHXH",
        "BÁO CÁO",
        ("Ủy ban nhân dân xã Đức Trọng", "Phòng Văn hóa - Xã hội", "Báo cáo"),
    ),
    (
        ["CHỦ TỊCH", "ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP"],
        "Số: 144/2025/QĐ-CTUBND",
        "QUYẾT ĐỊNH",
        (None, "Chủ tịch Ủy ban nhân dân tỉnh Đồng Tháp", "Quyết định"),
    ),
    (
        ["TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH LÂM ĐỒNG"],
        "Số: 12/KH-LĐLĐ",
        "KẾ HOẠCH",
        ("Tổng Liên đoàn Lao động Việt Nam", "Liên đoàn Lao động tỉnh Lâm Đồng", "Kế hoạch"),
    ),
    (
        ["UBND TỈNH LÂM ĐỒNG", "THANH TRA TỈNH"],
        "Số: 18/KL-TTr",
        "KẾT LUẬN THANH TRA",
        ("Ủy ban nhân dân tỉnh Lâm Đồng", "Thanh tra tỉnh", "Kết luận"),
    ),
    (
        ["BAN CHỈ ĐẠO", "CẢI CÁCH HÀNH CHÍNH TỈNH"],
        "Số: 3/KH-BCĐ",
        "KẾ HOẠCH",
        (None, "Ban Chỉ đạo cải cách hành chính tỉnh", "Kế hoạch"),
    ),
    (
        ["LIÊN ĐOÀN LUẬT SƯ VIỆT NAM", "BAN THƯỜNG VỤ"],
        "Số: 358/LĐLSVN-BTV",
        "THÔNG BÁO",
        (None, "Liên đoàn Luật sư Việt Nam Ban Thường vụ", "Thông báo"),
    ),
]


@pytest.mark.parametrize(("left", "number", "title", "values"), FORMS)
def test_who_issues_and_who_stands_above(left: list[str], number: str, title: str, values: tuple[str, ...]) -> None:
    date = "Đức Trọng, ngày 02 tháng 02 năm 2026"
    record = read_record(document(head(left, number, date, [title, "Về việc thử nghiệm năm 2026", *BODY])))
    parent = record.parent.value.name if record.parent.value else None
    assert record.issuer.value and record.kind.value
    assert (parent, record.issuer.value.name, record.kind.value.name) == values
    assert str(record.date.value) == "2026-02-02" and record.place.value == "Đức Trọng"


def test_a_party_document() -> None:
    lines = [
        centred(150, 50, "TỈNH ỦY LẠNG SƠN"),
        centred(150, 66, "*"),
        centred(420, 50, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        centred(150, 86, "Số 36-HD/TU"),
        centred(420, 86, "Lạng Sơn, ngày 03 tháng 4 năm 2018"),
        centred(297, 120, "HƯỚNG DẪN"),
        centred(297, 138, "về thể thức và kỹ thuật trình bày văn bản"),
        line(113, 170, "Căn cứ Điều lệ Đảng;"),
        *signature(500, ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"], "Cao Văn Thử", ["- Lưu Văn phòng Tỉnh ủy."]),
    ]
    record = read_record(document(lines))
    assert (str(record.number.value), str(record.date.value)) == ("36-HD/TU", "2018-04-03")
    assert record.issuer.value and record.issuer.value.name == "Tỉnh ủy Lạng Sơn"
    assert record.kind.value and record.kind.value.name == "Hướng dẫn"
    assert record.signer.value and record.signer.value.authority == "T/M BAN THƯỜNG VỤ"


def test_a_consolidated_text_whose_first_page_shows_the_number_of_what_was_merged() -> None:
    """1798/VBHN-BLĐTBXH of the gazette: page 1 is headed ``Số: 49/2018/NĐ-CP``."""
    first = head(
        ["CHÍNH PHỦ"], "Số: 49/2018/NĐ-CP", "Hà Nội, ngày 30 tháng 3 năm 2018", ["NGHỊ ĐỊNH", "Quy định về thử"]
    )
    last = [
        centred(150, 200, "BỘ NỘI VỤ"),
        centred(420, 200, "XÁC THỰC VĂN BẢN HỢP NHẤT"),
        line(90, 230, "Số: 1798/VBHN-BNV"),
        line(330, 230, "Hà Nội, ngày 18 tháng 5 năm 2023"),
    ]
    record = read_record(document(first, last))
    assert str(record.number.value) == "1798/VBHN-BNV" and str(record.date.value) == "2023-05-18"
    assert record.kind.value and record.kind.value.name == "Văn bản hợp nhất"
    plain = read_record(document(first, [*last[:1], *last[2:]])).number
    assert str(plain.value) == "49/2018/NĐ-CP", "without the heading it is a cited number"


def test_the_gazettes_heading_makes_a_consolidated_text_whose_number_is_in_a_later_issue() -> None:
    page = [centred(297, 20, "VĂN BẢN HỢP NHẤT - BỘ Y TẾ"), *head([], "", "", ["THÔNG TƯ", "Về việc thử"])]
    record = read_record(document([one for one in page if one.words]))
    assert record.kind.value and record.kind.value.name == "Văn bản hợp nhất" and not record.kind.sure


def test_a_line_of_the_subject_that_a_margin_stamp_runs_into_stays() -> None:
    lines = head(
        ["CHÍNH PHỦ"], "Số: 154/2024/NĐ-CP", "Hà Nội, ngày 26 tháng 11 năm 2024", ["NGHỊ ĐỊNH"], Origin.OCR, 0.9
    )
    top = max(one.box[3] for one in lines if one.box) + 6
    lines.append(line(40, top, "ĐẾN Quy định chi tiết một số điều và biện pháp thi hành Luật Cư trú", Origin.OCR, 0.5))
    body = "Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015; Luật sửa đổi và bổ"
    lines += [line(99, top + 40 + 20 * i, body, Origin.OCR, 0.9) for i in range(5)]
    found = read_record(document(lines)).subject
    assert found.value and "Quy định chi tiết một số điều" in found.value and not found.sure


def test_the_day_of_adoption_is_voted_on_where_a_scan_blurs_it() -> None:
    first = head(["QUỐC HỘI"], "Luật số: 68/2020/QH14", "Độc lập", ["LUẬT", "CƯ TRÚ"], Origin.OCR, 0.9)
    text = "khóa XIV, kỳ họp thứ 10 thông qua ngày 15 áng 11 năm 2020."
    clear = "khóa XIV, kỳ họp thứ 10 thông qua ngày 13 tháng 11 năm 2020"
    readings = tuple(reading(engine, clear) for engine in ("trueocr", "ppocr"))
    closing = replace(line(81, 213, text, Origin.OCR, 0.2), readings=readings)
    record = read_record(document(first, [closing]))
    assert str(record.date.value) == "2020-11-13"


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        (
            ["Sửa đổi nhiệm vụ trong Chương trình hành động", "thực hiện Nghị quyết số 66-NQ/TW của Bộ Chính trị"],
            "Sửa đổi nhiệm vụ trong Chương trình hành động thực hiện Nghị quyết số 66-NQ/TW của Bộ Chính trị",
        ),
        (
            ["Bảo đảm đón Tết Nguyên đán", "Nhâm Dần an toàn, tiết kiệm"],
            "Bảo đảm đón Tết Nguyên đán Nhâm Dần an toàn, tiết kiệm",
        ),
        (["Phê duyệt điều chỉnh", "Đề án phát triển đô thị"], "Phê duyệt điều chỉnh Đề án phát triển đô thị"),
        (["Về việc thử", "Để triển khai Nghị quyết số 5/NQ-CP"], "Về việc thử"),
        (["Về việc thử", "Thực hiện Nghị quyết số 5/NQ-CP"], "Về việc thử"),
    ],
)
def test_where_a_subject_goes_on_and_where_it_is_over(lines: list[str], subject: str) -> None:
    page = head(["UBND TỈNH LẠNG SƠN"], "Số: 5/KH-UBND", "Lạng Sơn, ngày 05 tháng 01 năm 2020", ["KẾ HOẠCH", *lines])
    assert read_record(document(page)).subject.value == subject


def test_specks_of_a_seal_beside_and_inside_a_line_of_the_subject() -> None:
    lines = head(["UBND TỈNH LẠNG SƠN"], "Số: 5/KH-UBND", "Lạng Sơn", ["KẾ HOẠCH", "Công nhận huyện Ví Dụ"], Origin.OCR)
    top = max(one.box[3] for one in lines if one.box)
    text = centred(297, top + 3, "đạt chuẩn nông thôn mới", Origin.OCR)
    assert text.box is not None
    rim = line(text.box[0] - 70, top + 3, '..c "', Origin.OCR, 0.1)
    inside = line(text.box[0] + 20, top + 5, "ng", Origin.OCR, 0.9)
    lines += [Line((*rim.words, *text.words)), inside]
    found = read_record(document(lines)).subject
    assert found.value == "Công nhận huyện Ví Dụ đạt chuẩn nông thôn mới"


def test_a_suffix_that_goes_on_in_the_next_row_and_the_mark_of_a_footnote_behind_the_year() -> None:
    left = [("VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO - BỘ CÔNG AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]
    rows = [*left, ("Số: 01/2022/TTLT-VKSNDTC-", "Hà Nội, ngày 18 tháng 02 năm 20224"), ("TANDTC-BCA-BQP-BLĐTBXH", "")]
    record = read_record(office(rows, ["THÔNG TƯ LIÊN TỊCH", "Về việc thử"]))
    assert str(record.number.value) == "1/2022/TTLT-VKSNDTC-TANDTC-BCA-BQP-BLĐTBXH"
    assert str(record.date.value) == "2022-02-18" and not record.date.sure


@pytest.mark.parametrize("title", ["LUẬT CÔNG ĐOÀN", "LUẬT"])
def test_a_title_with_its_subject_on_the_same_line(title: str) -> None:
    rows = [
        ("QUỐC HỘI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Luật số: 50/2024/QH15", "Độc lập - Tự do - Hạnh phúc"),
    ]
    below = [
        title,
        *(["CÔNG ĐOÀN"] if title == "LUẬT" else []),
        "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;",
    ]
    record = read_record(office(rows, below))
    assert record.kind.value and record.kind.value.name == "Luật"
    assert record.subject.value == "CÔNG ĐOÀN"

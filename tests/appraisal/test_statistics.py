"""What papers state in numbers: sentences, sums, rows of statistics annexes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evidence.appraisal.statistics.prose_figures import read_prose
from evidence.appraisal.statistics.scan_tables import add_scan_tables
from evidence.appraisal.statistics.stated_sums import read_sums
from evidence.appraisal.statistics.table_figures import read_column_sums, read_table_figures
from evidence.model.document import Line, Origin, Page, Table, Word


def page(*lines: str, tables: tuple[Table, ...] = ()) -> Page:
    rows = tuple(
        Line(tuple(Word(word, (50.0, 20.0 * at, 500.0, 20.0 * at + 12), 0.8) for word in text.split()))
        for at, text in enumerate(lines)
    )
    return Page(3, 595.0, 842.0, Origin.TEXT, rows, tables=tables)


def stated(text: str) -> list[tuple[str, str]]:
    return [(str(each.value), each.role.value) for each in read_prose([page(text)], "d")]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Nhiệm vụ đề ra 45, đã hoàn thành 43, chưa xong 02.", [("45", "total"), ("43", "done"), ("2", "not-done")]),
        ("Đã xử lý 7/9 kiến nghị (đạt 77,8%).", [("7", "done"), ("9", "total"), ("77.8", "done")]),
        ("Có 12 sáng kiến được công nhận, 2 đang trình.", [("12", "done"), ("2", "pending")]),
        ("Đề nghị công nhận 3 sáng kiến; đã được công nhận 5.", [("3", "pending"), ("5", "done")]),
        ("Hoàn thành 40 nhiệm vụ trong tổng số 50 nhiệm vụ được giao.", [("40", "done"), ("50", "total")]),
        ("Hoàn thành đúng hạn 30 nhiệm vụ, trễ hạn 4 nhiệm vụ.", [("30", "in-time"), ("4", "late")]),
        ("Ngày 15/3/2025 ban hành Quyết định số 615/QĐ-UBND, Điều 5, năm 2025, quý 2, 6 tháng đầu năm.", []),
    ],
)  # fmt: skip
def test_what_a_number_counts_is_said_by_its_own_words(text: str, figures: list[tuple[str, str]]) -> None:
    assert stated(text) == figures


def test_a_figure_has_its_page_box_words_and_confidence() -> None:
    figure = next(read_prose([page("Mở đầu.", "Đã hoàn thành 1.234 nhiệm vụ."), page()], "hash"))
    source = figure.source
    assert (figure.value, source.document, source.page, source.confidence) == (Decimal(1234), "hash", 3, 0.8)
    assert source.box == (50.0, 20.0, 500.0, 32.0) and "1.234" in source.raw


@pytest.mark.parametrize(
    ("text", "holds", "difference"),
    [
        ("Công bố 90 lượt thủ tục (60 cấp tỉnh, 20 cấp huyện, 10 cấp xã).", True, "0"),
        ("Công bố 90 lượt thủ tục, gồm 60 cấp tỉnh, 20 cấp huyện và 11 cấp xã.", False, "1"),
        ("Tiếp nhận 90 hồ sơ, trong đó: 60 trực tuyến, 20 trực tiếp.", None, "-10"),
        ("Tiếp nhận 90 hồ sơ, trong đó: 60 trực tuyến, 40 trực tiếp.", False, "10"),
        ("Tổng số 900 = 605 + 214 + 81", True, "0"),
        ("Ban hành 9 văn bản, gồm 4 kế hoạch, 3 báo cáo.", False, "-2"),
        ("Có 10 lớp (5 lớp cấp tỉnh (3 trực tuyến, 2 tập trung), 5 lớp cấp xã).", True, "0"),
    ],
)
def test_sums_in_sentences_are_checked(text: str, holds: bool | None, difference: str) -> None:
    stated_sum = next(read_sums([page(text)], "d"))
    assert (stated_sum.holds, str(stated_sum.difference), stated_sum.source.page) == (holds, difference, 3)


def test_words_that_take_nothing_apart_are_no_sum() -> None:
    texts = ("Đã xử lý 40 hồ sơ (đạt 95%, tăng 5% so với năm trước).", "Có 5 đơn vị (Phụ lục 3).")
    assert not list(read_sums([page(*texts)], "d"))


def test_a_cell_has_the_words_of_its_row_and_of_its_column() -> None:
    wide = Table((
        ("STT", "Nội dung", "Số nhiệm vụ đề ra", "Đã hoàn thành", "Tỷ lệ (%)"),
        ("1", "Kế hoạch cải cách hành chính", "45", "43", "95,6"),
    ))  # fmt: skip
    tall = Table((
        ("TT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu"),
        ("1", "Kế hoạch chuyển đổi số", "", ""),
        ("1.1", "Số nhiệm vụ đề ra", "Nhiệm vụ", "20"),
        ("1.2", "Số nhiệm vụ đã hoàn thành", "Nhiệm vụ", "18"),
        ("", "Trong đó: đúng hạn", "", "17"),
        ("1.3", "Mức hoàn thành", "%", "90"),
    ))  # fmt: skip
    figures = list(read_table_figures([page(tables=(wide, tall))], "d"))
    told = [(str(each.value), each.role.value, each.is_percent) for each in figures]
    assert told == [
        ("45", "total", False), ("43", "done", False), ("95.6", "done", True), ("20", "total", False),
        ("18", "done", False), ("17", "in-time", False), ("90", "done", True),
    ]  # fmt: skip
    assert figures[0].source.raw == "1 | Kế hoạch cải cách hành chính | 45 | 43 | 95,6"
    assert "nhiệm vụ" in figures[5].label and "Kế hoạch chuyển đổi số" in figures[4].context


def test_totals_of_columns_are_no_figures_and_are_checked_against_their_column() -> None:
    table = Table((
        ("STT", "Đơn vị", "Nhiệm vụ đề ra", "Đã hoàn thành", "Tỷ lệ (%)"),
        ("1", "Phòng Một", "20", "18", "90"),
        ("2", "Phòng Hai", "25", "25", "100"),
        ("", "Tổng cộng", "45", "44", "95,6"),
    ))  # fmt: skip
    assert [str(each.value) for each in read_table_figures([page(tables=(table,))], "d")] == [
        "20", "18", "90", "25", "25", "100",
    ]  # fmt: skip
    sums = [
        (str(each.whole), each.holds, str(each.difference)) for each in read_column_sums([page(tables=(table,))], "d")
    ]
    assert sums == [("45", True, "0"), ("44", False, "-1")]
    lacking = Table(
        (("TT", "Đơn vị", "Số hồ sơ"), ("1", "Sở A", "5"), ("2", "Sở B", ""), ("3", "Sở C", "4"), ("", "Cộng:", "12"))
    )
    (open_sum,) = read_column_sums([page(tables=(lacking,))], "d")
    assert open_sum.holds is None  # a cell is empty: some of the total may be there
    asked = Table((("TT", "Chỉ tiêu", "Số liệu"), ("1", "Tổng số nhiệm vụ đề ra", "45"), ("2", "Đã hoàn thành", "43")))
    assert [str(each.value) for each in read_table_figures([page(tables=(asked,))], "d")] == ["45", "43"]


def test_rows_of_a_table_that_was_read_as_lines_are_no_sentences() -> None:
    soup = "STT Nhiệm vụ Chủ trì Tự kiểm tra việc thực hiện cải cách hành 1 Văn phòng chính 2 Rà soát thủ tục"
    counted = "1 Văn phòng rà soát nhiệm vụ 2 Các phòng hoàn thành nhiệm vụ 3 Trung tâm số hóa"
    assert stated(soup) == [] == stated(counted)
    assert stated("Hoàn thành 1 kế hoạch, 2 báo cáo.") != []


COLUMNS = (50.0, 90.0, 330.0, 430.0)  # where the cells of the scanned table begin


def scanned(*rows: tuple[float, tuple[str, ...]]) -> Page:
    """Lines as an engine gives them: words with boxes, all of a height in one line."""
    lines = []
    for top, cells in rows:
        words = []
        for left, cell in zip(COLUMNS, cells, strict=False):
            for text in cell.split():
                words.append(Word(text, (left, top, left + 6.0 * len(text), top + 12), 0.97))
                left += 6.0 * len(text) + 4
        lines.append(Line(tuple(words)))
    return Page(1, 595.0, 842.0, Origin.OCR, tuple(lines))


def test_words_of_a_scan_are_set_in_rows_and_their_numbers_are_doubtful() -> None:
    found = add_scan_tables(scanned(
        (40, ("Kết", "quả thực hiện nhiệm vụ của các đơn vị trong toàn tỉnh như sau đây",)),
        (80, ("TT", "Nội dung", "Nhiệm vụ", "Đã hoàn")),
        (94, ("", "", "đề ra", "thành")),
        (120, ("1", "Kế hoạch cải cách hành", "45", "43")),
        (134, ("", "chính của tỉnh", "", "")),
        (160, ("2", "Kế hoạch chuyển đổi số", "20", "18")),
        (200, ("Nơi", "nhận gửi các sở ban ngành và lưu tại văn thư cơ quan tỉnh kia rồi",)),
    ))  # fmt: skip
    (table,) = found.tables
    assert table.rows == (
        ("TT", "Nội dung", "Nhiệm vụ đề ra", "Đã hoàn thành"),
        ("1", "Kế hoạch cải cách hành chính của tỉnh", "45", "43"),
        ("2", "Kế hoạch chuyển đổi số", "20", "18"),
    )
    figures = list(read_table_figures([found], "d"))
    assert [(str(each.value), each.role.value) for each in figures] == [
        ("45", "total"), ("43", "done"), ("20", "total"), ("18", "done"),
    ]  # fmt: skip
    assert all(each.source.confidence < 0.9 for each in figures)


def test_pages_without_such_a_table_stay_as_they_are() -> None:
    prose = scanned(
        (
            40,
            (
                "Căn",
                "cứ nghị định của chính phủ về công tác văn thư và lưu trữ",
            ),
        )
    )
    assert add_scan_tables(prose) is prose
    typed = page("STT Nhiệm vụ")
    assert add_scan_tables(typed) is typed

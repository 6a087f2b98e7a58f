"""Where a proposal's words stand on the pages of its annex: in their column, nearest below their criterion's code."""

from __future__ import annotations

from decimal import Decimal

from evidence.criteria.review.annex_spots import find_spots
from evidence.model.document import Line, Origin, Page, Table, Word
from evidence.model.review import ReviewRow

HIGH, WIDE = 10.0, 30.0
COLUMNS = (0.0, 100.0, 400.0)


def line(top: float, *cells: tuple[float, str]) -> Line:
    """A line across the page: each cell's words from that edge on, each word as wide as the next begins."""
    words = [
        Word(text, (left + at * WIDE, top, left + at * WIDE + WIDE - 2, top + HIGH))
        for left, cell in cells
        for at, text in enumerate(cell.split())
    ]
    return Line(tuple(words))


def page(number: int, *lines: Line, columns: tuple[float, ...] = COLUMNS) -> Page:
    table = Table((), (0.0, 0.0, 800.0, 500.0), columns)
    return Page(number, 842.0, 595.0, Origin.TEXT, lines, tables=(table,))


def row(criterion: str, words: str, number: int | None = 1, title: str = "") -> ReviewRow:
    return ReviewRow(criterion, title, Decimal(1), "kh", words=words, page=number)


def test_words_of_one_column_are_found_over_its_lines() -> None:
    paper = page(
        1,
        line(10, (0, "1.1.1."), (100, "Ban hành kế hoạch"), (400, "- Kế hoạch")),
        line(22, (100, "đúng thời hạn"), (400, "CCHC năm.")),
    )
    (spot,) = find_spots([paper], [row("1.1.1", "Kế hoạch CCHC năm")])
    assert (spot.page, spot.box) == (1, (400.0, 10.0, 488.0, 32.0))


def test_of_equal_words_those_below_the_code_are_meant() -> None:
    paper = page(
        1,
        line(10, (0, "1.1"), (400, "Báo cáo năm 2025")),
        line(40, (0, "1.2"), (400, "Báo cáo năm 2025")),
        line(70, (0, "1.3"), (400, "Báo cáo năm 2025")),
    )
    tops = [
        spot.box and spot.box[1]
        for spot in find_spots([paper], [row(f"1.{at}", "Báo cáo năm 2025") for at in (1, 2, 3)])
    ]
    assert tops == [10.0, 40.0, 70.0]


def test_what_a_page_break_cut_stands_on_the_next() -> None:
    first = page(1, line(500, (0, "2.1"), (100, "Rà soát văn bản")))
    second = page(2, line(10, (400, "Kết quả rà soát văn bản")))
    assert find_spots([first, second], [row("2.1", "Kết quả rà soát")])[0].page == 2


def test_words_that_are_nowhere_lead_to_the_title_or_to_the_page_alone() -> None:
    paper = page(1, line(10, (0, "3.1"), (100, "Một cửa điện tử")), columns=())
    rows = [row("3.1", "chữ viết thêm vào", title="Một cửa điện tử"), row("9.9", "không có đâu cả")]
    titled, absent = find_spots([paper], rows)
    assert titled.box == (100.0, 10.0, 218.0, 20.0) and absent.box is None and absent.page == 1


def test_a_row_without_a_page_of_the_file_has_no_place() -> None:
    assert find_spots([page(1)], [row("1", "Kế hoạch", None), row("1", "Kế hoạch", 7)]) == ()

"""Citations as people write them: joints, thousands, small letters, marks of notes, words before the date."""

from __future__ import annotations

import pytest

from evidence.extract.citations.reader import read_text_citations

DAY = "2017-04-03"
SYMBOLS = [
    ("số 88/QĐ.STC", "88/QĐ.STC"),
    ("số 88/QĐ.UBND.HC", "88/QĐ.UBND.HC"),
    ("số 2.088/QĐ-STC", "2088/QĐ-STC"),
    ("số 2 088/QĐ-STC", "2088/QĐ-STC"),
    ("số: 2. 088/QĐ-STC", "2088/QĐ-STC"),
    ("số 88/UBND-TH,NC,VX", "88/UBND-TH,NC,VX"),
    ("số 88/SVH, TT&DL-VP", "88/SVH,TT&DL-VP"),
    ("số 88/UBND-TH, NC", "88/UBND-TH,NC"),
    ("số 88/UBND-TH, NC, VX", "88/UBND-TH,NC,VX"),
    ("số 88/UBND-NC(TH)", "88/UBND-NC(TH)"),
    ("số 88/KH-BCĐ 138", "88/KH-BCĐ 138"),
    ("số 88/KH-BCĐ.35", "88/KH-BCĐ.35"),
    ("số 88/qđ-stc", "88/QĐ-STC"),
    ("số 88/Qđ-ubnd", "88/QĐ-UBND"),
    ("số 8-kl/tw", "8-KL/TW"),
    ("số 88\u200b/QĐ\u2011STC", "88/QĐ-STC"),
    ("số\u00a088\u202f/\u2009QĐ–STC", "88/QĐ-STC"),
    ("số 88/QĐ-STC\u200e", "88/QĐ-STC"),
]
TAILS = [
    "ngày 03/4/2017",
    ", ngày: 03/4/2017",
    "; ngày 03/4/2017",
    "- ngày 03/4/2017",
    "đề ngày 3-4-2017",
    "ký ngày 3.4.2017",
    "(ký ngày 3/4/2017)",
    "được ban hành ngày 03/4/2017",
    "ngày mồng 3 tháng tư năm 2017",
    "ngày mùng ba tháng 4 năm 2017",
    "ngày 03/4 năm 2017",
    "ngày 03 tháng 4/2017",
    "ngày 03\ntháng 4 năm 2017",
    "hồi 9 giờ 15 phút ngày 03/4/2017",
    "vào lúc 9h15 ngày 03 tháng 4 năm 2017",
    "năm 2017 ngày 03/4/2017",
    "năm 2017 của Sở Tài chính ngày 03/4/2017",
    "[3] ngày 03/4/2017",
    "(3) ngày 03/4/2017",
    "3) ngày 03/4/2017",
    "² ngày 03/4/2017",
    "* ngày 03/4/2017",
    "(sau đây gọi tắt là Quyết định 88) ngày 03/4/2017",
    ".ngày 03/4/2017",
]


@pytest.mark.parametrize(("written", "number"), SYMBOLS)
def test_symbols(written: str, number: str) -> None:
    (citation,) = read_text_citations(f"Thực hiện Công văn {written} ngày 3/4/2017 của cấp trên")
    assert (str(citation.number), str(citation.date)) == (number, DAY)


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("number", ["88/QĐ-STC", "88/2017/QĐ-UBND"])
def test_words_before_the_date(tail: str, number: str) -> None:
    glued = "" if tail[0] in "[(.²*" or tail.startswith("3)") else " "
    (citation,) = read_text_citations(f"Thực hiện Quyết định số {number}{glued}{tail}")
    assert (str(citation.number), str(citation.date)) == (number, DAY)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Quyết định số 88/QĐ-UBND2 ngày 3/4/2017", "88/QĐ-UBND"),
        ("Nghị định số 88/2017/NĐ-CP1, ngày 3/4/2017", "88/2017/NĐ-CP"),
        ("Kế hoạch số 88/KH-BCĐ2 ngày 3/4/2017", "88/KH-BCĐ"),
    ],
)
def test_the_mark_of_a_note_stuck_to_the_symbol_makes_it_doubtful(text: str, number: str) -> None:
    (citation,) = read_text_citations(text)
    assert (str(citation.number), str(citation.date)) == (number, DAY) and citation.confidence < 0.9


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Nghị quyết số 88/NQ-UBTVQH15", "88/NQ-UBTVQH15"),
        ("Kế hoạch số 88/KH-BCĐ389", "88/KH-BCĐ389"),
        ("Luật số 8/2020/QH14", "8/2020/QH14"),
    ],
)
def test_bodies_that_are_numbered_keep_their_digits(text: str, number: str) -> None:
    assert [str(each.number) for each in read_text_citations(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 1.2345/QĐ-STC",
        "Quyết định số 1,088/QĐ-STC",
        "Quyết định số 12-08/QĐ-STC",
        "Quyết định số 2O8/QĐ-STC",
        "xem tại trang.vn/van-ban/88/qd-ttg",
    ],
)
def test_never_the_tail_alone(text: str) -> None:
    assert [each for each in read_text_citations(text) if each.number] == []


def test_two_columns_of_a_table_are_two_figures() -> None:
    rows = "1 104/QĐ-STC ngày 3/4/2017\n2 105/QĐ-STC ngày 3/4/2017"
    assert [str(each.number) for each in read_text_citations(rows)] == ["104/QĐ-STC", "105/QĐ-STC"]
    (amid,) = read_text_citations("cột 1 104/QĐ-STC")
    assert amid.confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "theo Quyết định số 88/QĐ-UBND.UBND tỉnh giao",
        "theo Quyết định số 88/QĐ-UBND,UBND tỉnh giao",
        "theo Quyết định số 88/QĐ-UBND,TT số 5",
        "theo Quyết định số 88/QĐ-UBND.Căn cứ",
    ],
)
def test_what_lost_its_blank_behind_the_number_is_no_part_of_it(text: str) -> None:
    assert [str(each.number) for each in read_text_citations(text) if each.number] == ["88/QĐ-UBND"]


def test_a_lunar_day_is_no_date() -> None:
    (citation,) = read_text_citations("Quyết định số 88/QĐ-STC ngày 3 tháng 4 năm 2017 (âm lịch)")
    assert citation.date is None and citation.confidence < 0.9


def test_a_blank_behind_a_comma_begins_another_office_unless_a_date_follows() -> None:
    (citation,) = read_text_citations("theo Công văn số 88/UBND-TH, UBND ngày 3/4/2017 đã họp")
    assert str(citation.number) == "88/UBND-TH"


def test_a_list_without_blanks_is_no_decimal() -> None:
    citations = read_text_citations("Các Quyết định số 100,101,102/QĐ-STC ngày 3/4/2017")
    assert [str(citation.number) for citation in citations] == ["100/QĐ-STC", "101/QĐ-STC", "102/QĐ-STC"]
    assert {str(citation.date) for citation in citations} == {DAY}
    assert not read_text_citations("đạt 100,102/QĐ-STC điểm")

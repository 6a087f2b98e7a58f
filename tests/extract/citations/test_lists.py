"""Lists that print symbol or date once."""

from __future__ import annotations

import pytest

from evidence.extract.citations.reader import read_text_citations

Cited = list[tuple[str, str | None]]


def cited(text: str) -> Cited:
    return [
        (str(citation.number), str(citation.date) if citation.date else None)
        for citation in read_text_citations(text)
        if citation.number
    ]


LISTS: list[tuple[str, Cited]] = [
    (
        "Theo các Quyết định số 21, 22 và 23/QĐ-STC ngày 4/5/2017 của Sở Tài chính",
        [("21/QĐ-STC", "2017-05-04"), ("22/QĐ-STC", "2017-05-04"), ("23/QĐ-STC", "2017-05-04")],
    ),
    ("Công văn số 7; số 8/SNV-CCHC ngày 4/5/2017", [("7/SNV-CCHC", "2017-05-04"), ("8/SNV-CCHC", "2017-05-04")]),
    (
        "Tờ trình số 1.104 và 1.105/TTr-SNV ngày 04/5/2017",
        [("1104/TTr-SNV", "2017-05-04"), ("1105/TTr-SNV", "2017-05-04")],
    ),
    (
        "Nghị quyết số 18, 19-NQ/TW ngày 25/10/2017",
        [("18-NQ/TW", "2017-10-25"), ("19-NQ/TW", "2017-10-25")],
    ),
    (
        "Quyết định số 5/QĐ-SNV, số 6/QĐ-SNV và 7/QĐ-SNV cùng ngày 04 tháng 5 năm 2017",
        [("5/QĐ-SNV", "2017-05-04"), ("6/QĐ-SNV", "2017-05-04"), ("7/QĐ-SNV", "2017-05-04")],
    ),
    (
        "các Thông báo số 5-TB/HU, 6-TB/HU ngày 04/5/2017",
        [("5-TB/HU", "2017-05-04"), ("6-TB/HU", "2017-05-04")],
    ),
    (
        "các Quyết định số 5/QĐ-SNV ngày 1/2/2016, 6/QĐ-SNV ngày 3/4/2016",
        [("5/QĐ-SNV", "2016-02-01"), ("6/QĐ-SNV", "2016-04-03")],
    ),
    # of another series, or not said to be several: the date is the last one's alone
    ("các văn bản số 5/KH-SNV, 6/QĐ-SNV ngày 3/4/2016", [("5/KH-SNV", None), ("6/QĐ-SNV", "2016-04-03")]),
    ("Quyết định số 5/QĐ-SNV, 6/QĐ-SNV ngày 3/4/2016", [("5/QĐ-SNV", None), ("6/QĐ-SNV", "2016-04-03")]),
    (
        "các Nghị định số 5/2015/NĐ-CP, 6/2016/NĐ-CP ngày 3/4/2016",
        [("05/2015/NĐ-CP"[1:], None), ("6/2016/NĐ-CP", "2016-04-03")],
    ),
    ("phụ lục số 1, 2 và 15/QĐ-UBND ngày 3/4/2016", [("15/QĐ-UBND", "2016-04-03")]),
    ("tại Điều 1, 2 và 15/QĐ-UBND ngày 3/4/2016", [("15/QĐ-UBND", "2016-04-03")]),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_lists(text: str, expected: Cited) -> None:
    assert cited(text) == expected


def test_a_date_that_only_the_list_tells_is_doubtful_and_says_so() -> None:
    first, last = read_text_citations("các Thông báo số 5-TB/HU, 6-TB/HU ngày 04/5/2017 của Huyện ủy")
    assert first.confidence < 0.9 <= last.confidence
    assert first.note is not None and first.note.code == "citation-date-of-list"


def test_each_of_a_list_has_its_own_place_and_the_kind_before_the_first() -> None:
    text = "Theo các Báo cáo số 21, 22 và 23/BC-STC ngày 4/5/2017 của Sở Tài chính"
    citations = read_text_citations(text)
    assert [text[each.span.start : each.span.end] for each in citations] == [
        "Báo cáo số 21",
        "22",
        "23/BC-STC ngày 4/5/2017",
    ]
    assert {each.kind.name for each in citations if each.kind} == {"Báo cáo"}
    assert {each.issuer for each in citations} == {"Sở Tài chính"}

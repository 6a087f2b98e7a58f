"""What is shown of a hit."""

from __future__ import annotations

import unicodedata

from evidence.search.parser import parse_query
from evidence.search.snippet import make_snippets


def test_snippets_mark_what_was_found() -> None:
    long = "Mở đầu. " * 60
    text = f"{long}Thực hiện cải cách hành chính theo Quyết định số 615 /QĐ-UBND ngày 15/3/2019. {long}"
    pages = [(1, "không có gì"), (2, text), (3, "cải")]
    for query, marks in [
        ('"cải cách"', ["cải cách"]),
        ("cai cach", ["cải", "cách"]),
        ("615/QĐ-UBND", ["615 /QĐ-UBND"]),
        ("ngày 15 tháng 3 năm 2019", ["ngày 15/3/2019"]),
        ("viendan:615/QĐ-UBND", ["615 /QĐ-UBND"]),
        ("CCHC", ["cải cách hành chính"]),
    ]:
        first = make_snippets(pages, parse_query(query))[0]
        assert first.page == 2
        assert [first.text[start:end] for start, end in first.marks] == marks
        assert text[first.start : first.start + len(first.text)] == first.text
        assert len(first.text) < 300


def test_snippets_keep_offsets_of_text_that_is_not_composed() -> None:
    text = unicodedata.normalize("NFD", "Về việc cải cách hành chính năm 2018")
    (one,) = make_snippets([(7, text)], parse_query('"hành chính"'))
    ((start, end),) = one.marks
    assert unicodedata.normalize("NFC", one.text[start:end]) == "hành chính"


def test_the_densest_place_is_shown() -> None:
    text = "cải " + "x " * 400 + "cải cách thủ tục" + " y" * 400 + " thủ"
    (one,) = make_snippets([(1, text)], parse_query("cải cách thủ tục"))
    assert [one.text[start:end] for start, end in one.marks] == ["cải", "cách", "thủ", "tục"]

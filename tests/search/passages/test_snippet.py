"""What is shown of a hit."""

from __future__ import annotations

import random
import unicodedata

import pytest

from evidence.search.parser import parse_query
from evidence.search.passages.snippet import make_snippets
from evidence.search.passages.sought_places import SoughtPlaces

# words that fold, are short for others, begin or end others, stand for numbers; and what stands between them
PIECES = (
    "cải", "CÁCH", "hành", "chính", "thành", "CCHC", "TTHC", "thủ tục hành chính", "kĩ", "kỹ", "Kí", "ky", "3kí", "quí",
    "quý", "I", "iii", "năm", "2019", "quý I/2019", "hoà", "Hòa", "hóan", "thuỷ", "UBND", "ubnd tỉnh", "615/QĐ-UBND",
    "số 0615 /QÐ–UBND", "30/2020/NĐ-CP", "15/3/2019", "ngày 15 tháng 3 năm 2019", "các", "cá", "kế", "hoạch",
    "ke_hoach", "5", "m²", "Straße",
    "μ", "kế hoa\u0323ch", "tie\u0302\u0301ng", "cải\u00adcách", "ﬁle", "Ｋ", "İ", "ki\u0331",
)  # fmt: skip
BETWEEN = (" ", " ", " ", "  ", "\n", ", ", "-", "/", "_", ".", "")
QUERIES = (
    "cải cách hành chính", '"cải cách hành chính"', "CCHC", '"kiểm soát TTHC"', '"chính công"', "kỹ", "ki", "ký quý",
    "quý I năm 2019", "quý 3/2019", "615/QĐ-UBND", "615/QĐ", "NĐ30/2020", "ngày 15 tháng 3 năm 2019", "15/3/2019",
    "các*", "ki*", "ca*", "hòa thủy", "ubnd", "hành -chính", "kế hoạch OR ccHC", "so:615", "strasse", "5", "3ky", "μ",
)  # fmt: skip


def look_for(text: str) -> SoughtPlaces:
    return SoughtPlaces(parse_query(text))


def test_the_quick_look_finds_what_splitting_the_whole_page_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(14)
    texts = [
        "".join(chance.choice(PIECES[: size % 47 + 5]) + chance.choice(BETWEEN) for _ in range(size))
        for size in range(1, 120, 3)
    ]
    sought = [look_for(query) for query in QUERIES]
    quick = [[make_snippets([(1, text)], each) for each in sought] for text in texts]
    monkeypatch.setattr("evidence.search.passages.sought_places.flatten_in_place", lambda text: None)
    whole = [[make_snippets([(1, text)], each) for each in sought] for text in texts]
    for text, found, expected in zip(texts, quick, whole, strict=True):
        for query, one, other in zip(QUERIES, found, expected, strict=True):
            assert one == other, (query, text)


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
        first = make_snippets(pages, look_for(query))[0]
        assert first.page == 2
        assert [first.text[start:end] for start, end in first.marks] == marks
        assert text[first.start : first.start + len(first.text)] == first.text
        assert len(first.text) < 300


def test_snippets_keep_offsets_of_text_that_is_not_composed() -> None:
    text = unicodedata.normalize("NFD", "Về việc cải cách hành chính năm 2018")
    (one,) = make_snippets([(7, text)], look_for('"hành chính"'))
    ((start, end),) = one.marks
    assert unicodedata.normalize("NFC", one.text[start:end]) == "hành chính"


def test_the_densest_place_is_shown() -> None:
    text = "cải " + "x " * 400 + "cải cách thủ tục" + " y" * 400 + " thủ"
    (one,) = make_snippets([(1, text)], look_for("cải cách thủ tục"))
    assert [one.text[start:end] for start, end in one.marks] == ["cải", "cách", "thủ", "tục"]


def test_what_is_short_for_what_was_looked_for_is_marked() -> None:
    text = "Báo cáo CCHC của tỉnh; việc kiểm soát TTHC; cải cách hành chính"
    for query, marks in [
        ("cải cách hành chính", ["CCHC", "cải", "cách", "hành", "chính"]),
        ('"cai cach hanh chinh"', ["CCHC", "cải cách hành chính"]),
        ("cchc", ["CCHC", "cải cách hành chính"]),
        ('"kiểm soát thủ tục hành chính"', ["kiểm soát TTHC"]),
    ]:
        (only,) = make_snippets([(1, text)], look_for(query))
        shown = [only.text[start:end] for start, end in only.marks]
        assert [mark for mark in shown if mark != "TTHC"] == marks, query


def test_a_number_is_marked_in_any_writing() -> None:
    text = "Căn cứ Quyết định số 0615 /QÐ-UBND ngày 15/3/2019 và Nghị định số 30/2020/NĐ-CP; 615 hồ sơ, 1615/QĐ-UBND"
    for query, marks in [
        ("615/QĐ", ["0615 /QÐ-UBND"]),
        ("qd ubnd 615", ["0615 /QÐ-UBND"]),
        ("615/qđ-ubnd", ["0615 /QÐ-UBND"]),
        ("NĐ30/2020", ["30/2020/NĐ-CP"]),
        ("viendan:30/2020", ["30/2020/NĐ-CP"]),
        ("so:615", ["0615 /QÐ-UBND"]),
    ]:
        (only,) = make_snippets([(1, text)], look_for(query))
        shown = [only.text[start:end] for start, end in only.marks]
        assert [mark for mark in shown if "/" in mark] == marks, query

"""Text as search sees it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.search import analyzer
from evidence.values import number
from evidence.vietnamese.text import fold

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậ ỦQĐ0123456789/-&.,:\n"
VIETNAMESE = st.one_of(
    st.text(LETTERS, max_size=60),
    st.text(LETTERS, max_size=60).map(lambda text: unicodedata.normalize("NFD", text)),
    st.text(LETTERS + "\u0301“–", max_size=60).map(lambda text: unicodedata.normalize("NFC", text)),
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Hoà Bình, thuỷ lợi, kĩ thuật, Quí I", ["hòa", "bình", "thủy", "lợi", "kỹ", "thuật", "quý", "i"]),
        ("in an to may can", ["in", "an", "to", "may", "can"]),
        ("5/QÐ-UBND ngày 3/2/2024", ["5", "qđ", "ubnd", "ngày", "3", "2", "2024"]),
        ("Nghị\nđịnh", ["nghị", "định"]),
        ("30c/NQ-CP", ["30c", "nq", "cp"]),
        ("một_cửa", ["một", "cửa"]),
        ("", []),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert analyzer.extract_terms(text) == terms
    assert analyzer.extract_terms(unicodedata.normalize("NFD", text)) == terms


@pytest.mark.parametrize(
    "date", ["15/3/2019", "15-03-2019", "15.3.2019", "ngày 15 tháng 3 năm 2019", "ngày 15/03/2019"]
)
def test_a_date_in_any_spelling_is_one_term(date: str) -> None:
    assert analyzer.extract_figures(f"Quyết định, {date}") == ["2019-03-15"]


@pytest.mark.parametrize("text", ["615/QĐ-UBND", "0615/QÐ–UBND", "615 /QĐ- UBND"])
def test_a_number_in_any_spelling_is_one_term(text: str) -> None:
    assert analyzer.extract_figures(f"Quyết định số {text}") == ["615/qdubnd"]


@given(VIETNAMESE)
def test_tokens_stand_where_they_say(text: str) -> None:
    tokens = analyzer.tokenize(text)
    assert [token.term for token in tokens] == analyzer.extract_terms(text)
    last = 0
    for token in tokens:
        assert last <= token.start < token.end <= len(text)
        assert token.term in fold(text[token.start : token.end])
        last = token.end


@given(VIETNAMESE)
def test_analysing_terms_again_changes_nothing(text: str) -> None:
    terms = analyzer.extract_terms(text)
    assert analyzer.extract_terms(" ".join(terms)) == terms
    bare = analyzer.strip_term_marks(terms)
    assert analyzer.strip_term_marks(bare) == bare and len(bare) == len(terms)
    assert len(analyzer.join_bigrams(terms)) == max(0, len(terms) - 1)
    assert not any(" " in term for term in (*terms, *bare, *analyzer.join_bigrams(terms)))


@given(st.integers(0, 99999), st.sampled_from(["QĐ-UBND", "SNV-CCHC&VTLT", "NQ/TW", "CP"]))
def test_a_number_has_one_term_without_blanks(serial: int, symbol: str) -> None:
    found = number.parse(f"{serial}/{symbol}")
    if found is not None:
        assert " " not in analyzer.number_term(found)
        assert all(part for part in analyzer.split_number(found))

"""The query language: what is understood, and what is said where it is not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import UsageError
from evidence.messages import Language, say
from evidence.search.query import NAMES, SHOWN, Field, Query, parse_query
from evidence.search.whoosh import planner


def filters(text: str) -> list[tuple[str, str]]:
    return [(one.field.value, one.value) for one in parse_query(text).filters]


def dates(text: str) -> tuple[str | None, str | None]:
    (one,) = parse_query(text).filters
    assert one.dates is not None
    return (str(one.dates.first) if one.dates.first else None, str(one.dates.last) if one.dates.last else None)


def test_the_query_of_the_manual() -> None:
    query = parse_query(
        'so:615/QĐ-UBND loai:"quyết định" coquan:"UBND tỉnh Lạng Sơn" ngay:2018..2019-06 donvi:SNV tieuchi:1.2.1 '
        'viendan:4361/QĐ-BNV "cải cách hành chính"'
    )
    assert [(one.field.value, one.value) for one in query.filters] == [
        ("number", "615/QĐ-UBND"),
        ("kind", "quyết định"),
        ("issuer", "UBND tỉnh Lạng Sơn"),
        ("date", "2018..2019-06"),
        ("unit", "SNV"),
        ("criterion", "1.2.1"),
        ("cites", "4361/QĐ-BNV"),
    ]
    assert query.phrases == (("cải", "cách", "hành", "chính"),)
    assert query.words == () and [str(one) for one in query.cited_numbers] == ["4361/QĐ-BNV"]


@pytest.mark.parametrize(("vi", "en"), list(zip(SHOWN, [one.value for one in Field], strict=True)))
def test_both_languages_name_the_fields(vi: str, en: str) -> None:
    value = "2018" if vi == "ngay" else "1/QĐ-UBND"
    assert NAMES[vi] is NAMES[en]
    assert parse_query(f"{vi}:{value}") == parse_query(f"{en}:{value}") == parse_query(f"{vi.upper()}:{value}")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("số:615/QĐ-UBND", [("number", "615/QĐ-UBND")]),
        ("Số: 615/QĐ-UBND", [("number", "615/QĐ-UBND")]),
        ("loại:“kế hoạch”", [("kind", "kế hoạch")]),
        ("so:615", [("number", "615")]),
    ],
)
def test_fields_as_people_type_them(text: str, wanted: list[tuple[str, str]]) -> None:
    assert filters(text) == wanted
    assert filters(unicodedata.normalize("NFD", text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ngay:2018", ("2018", "2018")),
        ("ngay:2018..2019-06", ("2018", "2019-06")),
        ("ngay:2018..", ("2018", None)),
        ("ngay:..15/3/2019", (None, "2019-03-15")),
        ('ngay:"ngày 15 tháng 3 năm 2019"', ("2019-03-15", "2019-03-15")),
        ("ngay:2018-03..2018", ("2018-03", "2018")),
    ],
)
def test_dates(text: str, wanted: tuple[str | None, str | None]) -> None:
    assert dates(text) == wanted


@pytest.mark.parametrize(
    ("text", "numbers", "words"),
    [
        ("615/QĐ-UBND", ["615/QĐ-UBND"], ()),
        ("615/qđ-ubnd", ["615/QĐ-UBND"], ()),
        ('"615/QĐ-UBND"', ["615/QĐ-UBND"], ()),
        ("Quyết định số 615/QĐ-UBND", ["615/QĐ-UBND"], ("quyết", "định")),
        ("báo cáo 6 tháng", [], ("báo", "cáo", "6", "tháng")),
        ("điểm 14,5/15,5", [], ("điểm", "14", "5", "15", "5")),
        ("Kính gửi: Sở Nội vụ", [], ("kính", "gửi", "sở", "nội", "vụ")),
        ("TCVN 9001:2015", [], ("tcvn", "9001", "2015")),
    ],
)
def test_numbers_and_words(text: str, numbers: list[str], words: tuple[str, ...]) -> None:
    query = parse_query(text)
    assert [str(one) for one in query.numbers] == numbers
    assert query.words == words


def test_a_date_among_words() -> None:
    query = parse_query("báo cáo ngày 15 tháng 3 năm 2019")
    assert query.words == ("báo", "cáo")
    assert [str(day) for day, _ in query.dates] == ["2019-03-15"]


@pytest.mark.parametrize(("text", "marked"), [("cai cach", False), ("cải cach", True), ("TTHC", False), ("QĐ", True)])
def test_marks(text: str, marked: bool) -> None:
    assert parse_query(text).marked is marked


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ('"cải cách', "query-open-quote", None),
        ('loai:"quyết định', "query-open-quote", None),
        ("", "query-empty", "query-empty-hint"),
        ("  ... ", "query-empty", "query-empty-hint"),
        ('""', "query-empty", "query-empty-hint"),
        ("so:", "query-no-value", None),
        ('so:""', "query-no-value", None),
        ("loai:--", "query-no-value", None),
        ("ngay:hôm-qua", "query-bad-date", None),
        ("ngay:2018-13", "query-bad-date", None),
        ("ngay:..", "query-bad-date", None),
        ("ngay:2018..abc", "query-bad-date", None),
        ("ngay:2019..2018", "query-dates-turned", None),
        ("viendan:xyz", "query-no-number", None),
        ("loaii:QĐ", "query-unknown-field", "query-did-you-mean"),
        ("isuer:x", "query-unknown-field", "query-did-you-mean"),
        ("http:x", "query-unknown-field", "query-quote-it"),
    ],
)
def test_what_cannot_be_understood_is_said(text: str, code: str, hint: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        parse_query(text)
    assert (caught.value.message.code, caught.value.hint and caught.value.hint.code) == (code, hint)
    assert caught.value.exit_code == 2
    for language in Language:
        assert say(caught.value.message, language)


SYNTAX = st.text("ab cảiđ\"“:*?^~[]{}()\\/-.+&|!<>'0129,ANDORTO\n", max_size=40)


@given(st.one_of(SYNTAX, st.text(max_size=40)))
def test_any_text_is_a_query_or_a_sentence(text: str) -> None:
    try:
        query = parse_query(text)
    except UsageError as error:
        assert error.say(Language.VI)
        return
    assert query != Query()
    assert list(planner.plan_steps(query))


@given(st.lists(st.sampled_from(["cải", "cách", "thủ", "tục", "một", "cửa", "in", "an"]), min_size=1, max_size=6))
def test_plain_words_stay_words(words: list[str]) -> None:
    assert parse_query(" ".join(words)).words == tuple(words)
    assert parse_query('"' + " ".join(words) + '"').phrases == (tuple(words),)

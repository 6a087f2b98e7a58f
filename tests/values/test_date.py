"""Dates: every printed form, partial ones, and those that cannot be."""

from __future__ import annotations

import datetime
import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.values.date import PartialDate, make_date, parse, search

CASES = json.loads((Path(__file__).parent.parent / "cases" / "numbers.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ngày 15 tháng 3 năm 2019", "2019-03-15"),
        ("Ngày 05 tháng 01 năm 2020", "2020-01-05"),
        ("NGÀY 23 THÁNG 5 NĂM 1985", "1985-05-23"),
        ("ngày 15/3/2019", "2019-03-15"),
        ("15-3-2019", "2019-03-15"),
        ("15.3.2019", "2019-03-15"),
        ("15 / 3 / 2019", "2019-03-15"),
        ("ngày ngày 13 tháng 8 năm 2016", "2016-08-13"),
        ("ngày 13 tháng 8, năm 2016", "2016-08-13"),
        ("ngày 13\ntháng 8 năm\n2016", "2016-08-13"),
        ("tháng 3 năm 2019", "2019-03"),
        ("tháng 3/2019", "2019-03"),
        ("năm 2025", "2025"),
        ("ngày      tháng 10 năm 2025", "2025-10"),
        ("ngày … tháng … năm 2025", "2025"),
        ("2019-03-15", "2019-03-15"),
        ("2019-03", "2019-03"),
        ("2019", "2019"),
        ("29/02/2020", "2020-02-29"),
    ],
)
def test_parse(text: str, iso: str) -> None:
    assert str(parse(text)) == iso


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2019",
        "29/02/2019",
        "15/13/2019",
        "04/7/025",
        "09/6/20205",
        "ngày 27 năm 12 năm 2019",
        "15/3",
        "24/7",
        "2011-2020",
        "",
        "ngày",
        "00/01/2019",
    ],
)
def test_no_date(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "ngày 31/02/2019",
        "ngày 04/7/025",
        "ngày 20/11/20225",
        "ngày 27 năm 12 năm 2019",
        "ngày 15 tháng 9 tháng 2022",
        "ngày 16/6 2025",
        "ngày 12 tháng 8 cùng năm",
        "ngày     tháng     năm",
    ],
)
def test_damaged_dates_are_seen_and_not_repaired(text: str) -> None:
    (match,) = search(text)
    assert match.date is None
    assert text[match.start : match.end] == text


@pytest.mark.parametrize(
    "text", ["14,5/15,5 điểm", "9,98/10", "02383. 844522", "10.894.535", "giai đoạn 2011-2020", "24/7"]
)
def test_figures_are_no_dates(text: str) -> None:
    assert list(search(text)) == []


def test_dates_in_the_cases() -> None:
    for case in CASES:
        wanted = [date for date in case["dates"] if date]
        found = [str(match.date) for match in search(case["text"]) if match.date and match.date.whole]
        if case["numbers"]:
            assert found == wanted, case["text"]


def test_years_only_on_demand() -> None:
    assert list(search("Kế hoạch năm 2019")) == []
    assert [str(match.date) for match in search("Kế hoạch năm 2019", years=True)] == ["2019"]


def test_offsets_in_decomposed_text() -> None:
    text = unicodedata.normalize("NFD", "Hà Nội, ngày 15 tháng 3 năm 2019 rồi")
    (match,) = search(text)
    assert unicodedata.normalize("NFC", text[match.start : match.end]) == "ngày 15 tháng 3 năm 2019"


@given(st.dates(datetime.date(1945, 1, 1), datetime.date(2099, 12, 31)))
def test_round_trip(day: datetime.date) -> None:
    date = PartialDate(day.year, day.month, day.day)
    assert parse(str(date)) == date
    assert date.to_date() == day
    assert parse(f"ngày {day.day:02d} tháng {day.month} năm {day.year}") == date
    assert parse(f"{day.day}/{day.month}/{day.year}") == date


@given(st.integers(1945, 2099), st.integers(1, 12))
def test_partial_round_trip(year: int, month: int) -> None:
    for date in (PartialDate(year), PartialDate(year, month)):
        assert parse(str(date)) == date
        assert date.to_date() is None


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("thángày 5/3/2019", ["2019-03-05"]),  # the word begins inside what is none
        ("0ngày 5/3/2019 1ngày 6/3/2019", ["2019-03-05", "2019-03-06"]),
        ("/ngày 05 tháng 3 năm 2019", ["2019-03"]),
        ("NGÀY MỒNG NĂM THÁNG GIÊNG NĂM 2019, Năm 2020", ["2019-01-05", "2020"]),
        ("nngay 7 thang 8 nam 2019; ttháng 9/2020", ["2019-08-07", "2020-09"]),
        ("5/3/2019-6/3/2019 2019-03-07", ["2019-03-05", "2019-03-06", "2019-03-07"]),
        ("1.2.3.2019 1 2 / 3 / 2019", ["2019-03-02"]),
    ],
)
def test_a_date_is_seen_wherever_it_begins(text: str, dates: list[str]) -> None:
    assert [str(match.date) for match in search(text, years=True)] == dates


@pytest.mark.parametrize("unit", ["ngày ", "ngày 1 tháng ", "1/", "ngày\n", " ", "1.1.", "ngày … tháng "])
def test_linear(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    start = time.process_time()
    for _ in search(text):
        pass
    assert time.process_time() - start < 8


@pytest.mark.parametrize("figures", [10**9, 10**12, 10**30])
def test_figures_beyond_any_calendar_are_no_date(figures: int) -> None:
    """A mutant of a text file ended its reading with an overflow."""
    assert make_date(2019, figures, 1) is None
    assert make_date(figures) is None
    assert make_date(2019, 3, figures) is None

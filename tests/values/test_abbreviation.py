"""The table of abbreviations: one row each, and what each place makes of it."""

from __future__ import annotations

from collections import Counter

from evidence.values import agency
from evidence.values.abbreviation import Use, abbreviations, expansions
from evidence.vietnamese.text import fold


def test_an_abbreviation_stands_once_and_serves_somewhere() -> None:
    twice = [short for short, count in Counter(fold(entry.short) for entry in abbreviations()).items() if count > 1]
    assert not twice
    assert not [entry.short for entry in abbreviations() if not entry.uses or fold(entry.short) == fold(entry.full)]


def test_each_place_takes_its_own_entries() -> None:
    assert {"VB", "UBND"} <= set(expansions(Use.SUBJECT)) and "XHH" not in expansions(Use.SUBJECT)
    assert {"XHH", "UBND"} <= set(expansions(Use.QUERY)) and "VB" not in expansions(Use.QUERY)
    assert agency.parse("VP HĐND TỈNH LẠNG SƠN").name == "Văn phòng Hội đồng nhân dân tỉnh Lạng Sơn"
    assert "QLNN" not in expansions(Use.NAME)

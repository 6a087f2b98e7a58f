"""The measure on a register counts what is wrong."""

from __future__ import annotations

import register


def row(number: str, date: str = "2022-07-20", raw: str = "20/07/2022") -> register.Row:
    return {"number": number, "date": date, "date_raw": raw}


def test_what_is_counted() -> None:
    given = [row("615/QÐ-UBND"), row("12/BCĐ (X-Y)"), row("1472/UBND", raw="31/02/2022"), row("")]
    count, kinds, wrong = register.measure(given)
    assert count == {"documents": 4, "dates": 3, "numbers": 3, "whole": 2, "read back": 1}
    assert kinds == {"Quyết định": 1, "none": 1}
    assert [line.split()[0] for line in wrong] == ["not", "no", "not"]

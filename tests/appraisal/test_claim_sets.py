"""Self-assessed points count for the set that they belong to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evidence.appraisal.claim_sets import is_of_set, select_claims
from evidence.criteria import loader
from evidence.model.appraisal import Claim, ClaimSheet

TEXT = """
set: {name}
title: Bộ thử
year: 2024
level: so
units: [{{code: SYT, name: Sở Y tế, issuer: any}}]
criteria:
  - code: "3"
    title: Thủ tục hành chính
    points: {whole}
    children:
      - {{code: "3.1", title: Công khai, points: {first}, score: manual}}
      - {{code: "3.2", title: Một cửa, points: 3, score: manual}}
"""
OURS = loader.parse_criteria(TEXT.format(name="so-2024", whole=7, first=4))
OTHER = loader.parse_criteria(TEXT.format(name="xa-2024", whole=5, first=2))


def sheet(*rows: tuple[str, str, str | None], name: str | None = None, points: str = "1") -> ClaimSheet:
    claims = (
        Claim("SYT", code, at, title, Decimal(most) if most else None, Decimal(points))
        for at, (code, title, most) in enumerate(rows, start=1)
    )
    return ClaimSheet("SYT", name, tuple(claims))


@pytest.mark.parametrize(
    ("rows", "ours", "other"),
    [
        ((("3", "Thủ tục", "7"), ("3.1", "Công khai", "4"), ("3.2", "Một cửa", "3")), True, False),
        ((("3.1", "Công khai", None), ("3.2", "Một cửa", None)), True, True),
        ((("3.1", "Kế hoạch", None), ("3.2", "Báo cáo", None)), False, False),
        ((("9.1", "Công khai", "4"), ("9.2", "Một cửa", "3")), False, False),
        ((), False, False),
    ],
    ids=["maxima", "titles", "other titles", "other codes", "no rows"],
)
def test_rows_tell_the_set(rows: tuple[tuple[str, str, str | None], ...], ours: bool, other: bool) -> None:
    assert (is_of_set(sheet(*rows), OURS), is_of_set(sheet(*rows), OTHER)) == (ours, other)


def test_the_set_of_the_import_decides_over_the_rows() -> None:
    rows = ("3.1", "Công khai", "4"), ("3.2", "Một cửa", "3")
    assert is_of_set(sheet(*rows, name="xa-2024"), OTHER) and not is_of_set(sheet(*rows, name="xa-2024"), OURS)


def test_a_later_sheet_of_another_set_does_not_hide_the_former() -> None:
    rows = ("3.1", "Công khai", "4"), ("3.2", "Một cửa", "3")
    sheets = (sheet(*rows, points="2"), sheet(*rows, points="3"), sheet(*rows, name="xa-2024"))
    assert {claim.points for claim in select_claims(sheets, OURS)} == {Decimal(3)}
    assert {claim.points for claim in select_claims(sheets, OTHER)} == {Decimal(1)}

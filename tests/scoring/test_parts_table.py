"""The table of points that were judged elsewhere: the published one of Lâm Đồng, and what may be wrong with one."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from evidence.model.scoring import OfficeRow, UnitStanding
from evidence.report.scores.standings_json import format_index
from evidence.scoring.grades import parse_grades
from evidence.scoring.parts_table import PartsTable, read_parts
from evidence.scoring.ranking import RankingRules, rank_units

CASES = Path(__file__).parents[1] / "cases" / "scoring"
HEAD = ("unit", "group", "ranked", "part", "max", "points")


def table(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> PartsTable:
    return read_parts([OfficeRow(at, cells) for at, cells in enumerate((head, *rows), start=1)])


def codes(parts: PartsTable) -> list[tuple[int, str]]:
    return [(row, message.code) for row, message in parts.faults]


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def is_printed_as(value: Decimal, printed: str) -> bool:
    wanted = number(printed)
    return value.quantize(wanted, ROUND_HALF_UP) == wanted


@pytest.fixture(scope="module")
def lam_dong() -> list[tuple[UnitStanding, dict[str, str]]]:
    """Each unit as we rank it with its row as it was published."""
    rows = list(csv.reader((CASES / "lamdong2025-parts.csv").read_text("utf-8-sig").splitlines()))
    parts = read_parts([OfficeRow(at, tuple(cells)) for at, cells in enumerate(rows, start=1)])
    standings = rank_units(parts.units, RankingRules(parse_grades("TỐT:80,KHÁ:65,TRUNG BÌNH:50")))
    published = csv.DictReader((CASES / "lamdong2025.csv").read_text("utf-8-sig").splitlines())
    by_name = {row["unit"]: row for row in published}
    assert len(by_name) == len(standings) == 105
    return [(standing, by_name[standing.points.unit]) for standing in standings]


def test_totals_indexes_and_grades_are_as_published(lam_dong: list[tuple[UnitStanding, dict[str, str]]]) -> None:
    other = [
        standing.points.unit
        for standing, row in lam_dong
        if not (
            standing.points.max == number(row["published_max"])
            and is_printed_as(standing.points.lowest, row["published_total"])
            and standing.low is not None
            and is_printed_as(standing.low, row["published_index"])
            and standing.grade == row["published_grade"]
        )
    ]
    assert not other


def test_each_group_is_in_its_published_order(lam_dong: list[tuple[UnitStanding, dict[str, str]]]) -> None:
    for group in ("so", "xa"):
        ours = [(standing, row) for standing, row in lam_dong if standing.points.group == group]
        ranked = [int(row["published_rank"]) for standing, row in ours if row["published_rank"]]
        assert ranked == sorted(ranked) and len(ranked) >= 10
        # the file holds 105 of 139 units: published ranks have gaps, ours count those that are here
        ours_ranked = [standing.rank for standing, row in ours if row["published_rank"]]
        assert ours_ranked == [1 + sum(other < rank for other in ranked) for rank in ranked]
    assert [standing.points.unit for standing, row in lam_dong if standing.rank is None] == ["Thanh tra tỉnh"]


def test_third_digits_are_those_that_were_published(lam_dong: list[tuple[UnitStanding, dict[str, str]]]) -> None:
    shown = {standing.points.unit: format_index(standing) for standing, _ in lam_dong}
    assert (shown["UBND xã Đinh Văn Lâm Hà"], shown["UBND xã Đam Rông 3"]) == ("79.885", "79.882")
    assert (shown["UBND phường Nam Gia Nghĩa"], shown["UBND xã Đạ Tẻh"]) == ("65.528", "65.527")
    assert shown["UBND xã Phan Sơn"] == "65.50"


def test_vietnamese_headings_below_a_title_and_no_groups() -> None:
    rows = (
        ("BẢNG ĐIỂM NĂM 2025", "", "", ""),
        ("Đơn vị", "Phần", "Điểm tối đa", "Điểm đạt được"),
        ("Sở A", "Thẩm định", "70", "63,5"),
        ("Sở A", "Điều tra", "30", "-"),
    )
    parts = read_parts([OfficeRow(at, cells) for at, cells in enumerate(rows, start=1)])
    assert not parts.faults and parts.units[0].max == 70 and parts.units[0].lowest == Decimal("63.5")
    assert parts.units[0].group is None and parts.units[0].is_ranked


def test_open_points_and_ranges() -> None:
    parts = table(("A", "", "yes", "p", "70", "60..65,5"), ("A", "", "yes", "q", "30", "?"))
    assert (parts.units[0].lowest, parts.units[0].highest, parts.units[0].max) == (60, Decimal("95.5"), 100)


def test_penalty_beside_the_scale() -> None:
    head = (*HEAD, "block")
    parts = table(("A", "", "", "p", "100", "80", ""), ("A", "", "", "trừ", "5", "-3", "điểm trừ"), head=head)
    assert (parts.units[0].lowest, parts.units[0].max) == (77, 100)


WRONG = [
    (("A", "g", "yes", "p", "70", "70,01"), "parts-above-max"),
    (("A", "g", "yes", "p", "70", "-1"), "parts-negative"),
    (("A", "g", "yes", "p", "70", "đạt"), "parts-bad-number"),
    (("A", "g", "yes", "p", "", "60"), "parts-bad-number"),
    (("A", "g", "maybe", "p", "70", "60"), "parts-bad-ranked"),
    (("", "g", "yes", "p", "70", "60"), "parts-empty-cell"),
    (("A", "g", "yes", "p", "70", "65..60"), "parts-range-reversed"),
]


@pytest.mark.parametrize(("row", "code"), WRONG)
def test_faults_name_their_row(row: tuple[str, ...], code: str) -> None:
    parts = table(("B", "g", "yes", "p", "70", "60"), row)
    assert codes(parts) == [(3, code)] and not parts.units


def test_rows_that_contradict_each_other() -> None:
    parts = table(
        ("Sở  A", "g", "yes", "p", "70", "60"), ("SỞ A", "h", "no", "P", "70", "60"), ("B", "g", "yes", "p", "70", "60")
    )
    assert codes(parts) == [(3, "parts-twice"), (3, "parts-disagree"), (3, "parts-disagree")]


def test_no_heading_and_no_rows() -> None:
    assert codes(table(head=("a", "b"))) == [(1, "parts-columns")]
    assert codes(table()) == [(1, "parts-none")]

"""Ranks, ties, grades and the digits with which an index is shown."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path

import pytest

from evidence.errors import UsageError
from evidence.model.scoring import Grade, PartPoints, UnitPoints, UnitStanding
from evidence.report.scores.standings_json import format_index
from evidence.scoring.grades import parse_grades
from evidence.scoring.ranking import RankingRules, rank_units

GRADES = (Grade("A", Decimal(80)), Grade("B", Decimal(65)))
SCORING = Path(__file__).parents[2] / "evidence" / "scoring"


def unit(name: str, points: str, most: str = "100", group: str | None = None, ranked: bool = True) -> UnitPoints:
    """A unit of one part; ``60..65`` is open."""
    low, _, high = points.partition("..")
    part = PartPoints("thamdinh", Decimal(most), Decimal(low), Decimal(high or low))
    return UnitPoints(name, name, group, ranked, (part,))


def ranks(*units: UnitPoints, provisional: bool = False) -> list[tuple[str, int | None, object, str | None]]:
    standings = rank_units(units, RankingRules(GRADES, provisional))
    return [(each.points.unit, each.rank, format_index(each), each.grade) for each in standings]


def test_worked_examples() -> None:
    assert ranks(unit("thanh tra", "64.234", "81", ranked=False)) == [("thanh tra", None, "79.30", "B")]
    assert ranks(unit("tư pháp", "82.781", "89"), unit("KHCN", "78.826", "87")) == [
        ("tư pháp", 1, "93.01", "A"),
        ("KHCN", 2, "90.60", "A"),
    ]


def test_equal_indexes_share_a_rank_whatever_their_scale() -> None:
    shown = ranks(unit("a", "50"), unit("b", "60", "90"), unit("c", "40", "60"), unit("d", "10"))
    assert [(name, rank) for name, rank, _, _ in shown] == [("b", 1), ("c", 1), ("a", 3), ("d", 4)]


def test_more_digits_where_two_hide_the_order() -> None:
    shown = ranks(unit("a", "74.996"), unit("b", "75.001"), unit("c", "75.0011"), unit("d", "60"))
    assert [(name, index) for name, _, index, _ in shown] == [
        ("c", "75.0011"), ("b", "75.0010"), ("a", "74.996"), ("d", "60.00"),
    ]  # fmt: skip


def test_a_threshold_that_is_not_reached_is_not_rounded_to() -> None:
    assert ranks(unit("a", "79.996"), unit("b", "80")) == [("b", 1, "80.000", "A"), ("a", 2, "79.996", "B")]
    assert ranks(unit("c", "64.9999")) == [("c", 1, "64.9999", None)]


def test_nobody_of_an_open_group_is_ranked_unless_asked_for() -> None:
    units = (unit("a", "70..90", group="sở"), unit("b", "85", group="sở"), unit("c", "50", group="xã"))
    assert ranks(*units) == [
        ("b", None, "85.00", "A"),
        ("a", None, ["70.00", "90.00"], None),
        ("c", 1, "50.00", None),
    ]
    standings = rank_units(units, RankingRules(GRADES, provisional=True))
    assert [(each.points.unit, each.rank, each.is_provisional) for each in standings] == [
        ("b", 1, True), ("a", 2, True), ("c", 1, False),
    ]  # fmt: skip


def test_an_open_unit_that_is_not_ranked_holds_nobody_up() -> None:
    shown = ranks(unit("a", "70"), unit("b", "60..80", ranked=False))
    assert [(name, rank) for name, rank, _, _ in shown] == [("a", 1), ("b", None)]


def test_a_part_that_was_not_assessed_takes_its_maximum() -> None:
    parts = (PartPoints("thamdinh", Decimal(74), Decimal("70.5"), Decimal("70.5")), PartPoints("hailong", Decimal(10)))
    assert UnitPoints("a", "a", None, True, parts).max == 74
    nothing = rank_units([UnitPoints("b", "b", None, True, (PartPoints("hailong", Decimal(10)),))], RankingRules())
    assert nothing == (UnitStanding(nothing[0].points, None, None),)


def test_bonus_counts_and_its_maximum_does_not() -> None:
    bonus = PartPoints("thưởng", Decimal(5), Decimal(2), Decimal(2), beside_scale=True)
    with_bonus = UnitPoints("a", "a", None, True, (PartPoints("p", Decimal(100), Decimal(80), Decimal(80)), bonus))
    assert (with_bonus.max, with_bonus.lowest) == (100, 82)


@pytest.mark.parametrize("text", ["", "A", "A:", ":80", "A:80,A:70", "A:80,B:80", "A:80 B:70", "A:x"])
def test_grades_that_are_none(text: str) -> None:
    with pytest.raises(UsageError):
        parse_grades(text)


def test_grades_with_blanks_and_other_signs() -> None:
    grades = parse_grades("Trung  bình=50; XUẤT SẮC: 90%; Tốt:79,5")
    assert [(grade.name, str(grade.threshold)) for grade in grades] == [
        ("XUẤT SẮC", "90"), ("Tốt", "79.5"), ("Trung bình", "50"),
    ]  # fmt: skip


def test_scoring_knows_no_binary_fractions() -> None:
    floats = [
        f"{path.name}:{node.lineno}"
        for path in (*SCORING.rglob("*.py"), SCORING.parent / "model" / "scoring.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]
    assert not floats

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.model.assessment import Verdict
from evidence.model.criteria import Criterion, Requirement
from evidence.model.score_rule import ScoreRule
from evidence.scoring.points import score_requirements, split_points
from evidence.scoring.score_rules import ScoredRequirement

V = Verdict


def worth(rule: ScoreRule, points: str, *rows: tuple[Verdict, int, int]) -> list[tuple[str | None, str]]:
    """Suggested and at stake for rows of verdict, count asked, documents in time; of a late one one came late."""
    asked = [
        ScoredRequirement(Requirement(f"r{at}", "t", count=count), verdict, found, int(verdict is V.LATE))
        for at, (verdict, count, found) in enumerate(rows)
    ]
    one = Criterion("1", "t", Decimal(points), score=rule, evidence=tuple(row.requirement for row in asked))
    return [
        (None if it.suggested is None else plain(it.suggested), plain(it.at_stake))
        for it in score_requirements(one, tuple(asked))
    ]


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


ALL, TIME, ITEM, MANUAL = ScoreRule.ALL_OR_NOTHING, ScoreRule.TIMELINESS, ScoreRule.PER_ITEM, ScoreRule.MANUAL
CASES = [
    (ALL, "2", [(V.MET, 1, 1), (V.MET, 1, 1)], [("2", "0"), ("2", "0")]),
    (ALL, "2", [(V.MET, 1, 1), (V.LATE, 1, 1)], [("0", "0"), ("0", "2")]),
    (ALL, "2", [(V.MET, 1, 1), (V.UNCLEAR, 1, 1)], [(None, "0"), (None, "2")]),
    (ALL, "2", [(V.MISSING, 1, 0), (V.UNCLEAR, 1, 1)], [("0", "2"), ("0", "2")]),
    (ALL, "2", [(V.NOT_DUE, 1, 0), (V.MET, 1, 1)], [(None, "2"), (None, "0")]),
    (TIME, "1", [(V.MET, 1, 1)], [("1", "0")]),
    (TIME, "1", [(V.LATE, 1, 1)], [("0.5", "0.5")]),
    (TIME, "1", [(V.WRONG, 1, 1)], [("0", "1")]),
    (TIME, "1", [(V.UNCLEAR, 1, 1)], [(None, "1")]),
    (ITEM, "2", [(V.MET, 4, 4)], [("2", "0")]),
    (ITEM, "2", [(V.MISSING, 4, 3)], [("1.5", "0.5")]),
    (ITEM, "2", [(V.LATE, 4, 3)], [(None, "0.5")]),
    (ITEM, "2", [(V.WRONG, 1, 0)], [("0", "2")]),
    (MANUAL, "3", [(V.MET, 1, 1)], [(None, "0")]),
    (MANUAL, "3", [(V.MISSING, 1, 0)], [(None, "3")]),
    (ALL, "2", [(V.NOT_APPLICABLE, 1, 0)], [(None, "0")]),
]


@pytest.mark.parametrize(("rule", "points", "rows", "expected"), CASES)
def test_score(
    rule: ScoreRule, points: str, rows: list[tuple[Verdict, int, int]], expected: list[tuple[str | None, str]]
) -> None:
    assert worth(rule, points, *rows) == expected


@given(st.decimals(0, 100, places=2, allow_nan=False), st.lists(st.integers(1, 20), min_size=1, max_size=12).map(tuple))
def test_shares_sum_to_the_whole(points: Decimal, weights: tuple[int, ...]) -> None:
    dealt = split_points(points, weights)
    assert sum(dealt) == points and all(share >= 0 for share in dealt)

"""Decisions on single findings joined into the points of their criteria."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from evidence.model.appraisal import Decision, DecisionAct
from evidence.model.assessment import Score, Verdict
from evidence.model.criteria import CriteriaSet, Criterion
from evidence.model.score_rule import ScoreRule
from evidence.model.scores.finding_points import FindingPoints, LastDecision
from evidence.scoring.finding_decisions import SettledCriteria, settle_criteria

NOON = datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.UTC)
MET, OPEN, MISSING, LATE = Verdict.MET, Verdict.UNCLEAR, Verdict.MISSING, Verdict.LATE


def settle(
    rule: ScoreRule, rows: list[tuple[Verdict, str, str, str]], decided: dict[int, tuple[DecisionAct, str, str]]
) -> SettledCriteria:
    """Of one criterion of 2 points; rows: status, maximum, lowest and highest by the rules."""
    criteria = CriteriaSet("x", "x", 2025, "so", (), (Criterion("1", "x", Decimal(2), score=rule),))
    findings = [
        FindingPoints("SYT", f"1/{at}", "1", status, Decimal(most), Decimal(low), Decimal(high), f"f{at}")
        for at, (status, most, low, high) in enumerate(rows)
    ]
    last = {
        ("SYT", f"1/{at}"): LastDecision(
            1, "SYT", "1", f"1/{at}", act, Decimal(points) if points else None, f"ghi {at}", "Hoa", NOON, (facts, "")
        )
        for at, (act, points, facts) in decided.items()
    }
    return settle_criteria(criteria, findings, last, whole=True)


def told(settled: SettledCriteria) -> list[str]:
    exact = [str(decision.points) for decision in settled.decisions]
    return exact + [f"{low}..{high}" for _, (low, high) in settled.ranges]


ACCEPT, RETURN, UNDO = DecisionAct.ACCEPT, DecisionAct.RETURN, DecisionAct.UNDO


@pytest.mark.parametrize(
    ("rule", "rows", "decided", "points"),
    [
        # shares add up: what was decided, and what the rules are sure of
        (ScoreRule.TIMELINESS, [(MET, "1", "1", "1"), (OPEN, "1", "0", "1")], {1: (ACCEPT, "0.5", "f1")}, ["1.5"]),
        (ScoreRule.TIMELINESS, [(OPEN, "1", "0", "1"), (OPEN, "1", "0", "1")], {1: (ACCEPT, "1", "f1")}, ["1..2"]),
        # each carries the whole: the least counts, what is met takes nothing away
        (ScoreRule.ALL_OR_NOTHING, [(MET, "2", "0", "2"), (OPEN, "2", "0", "2")], {1: (ACCEPT, "2", "f1")}, ["2"]),
        (ScoreRule.ALL_OR_NOTHING, [(MISSING, "2", "0", "0"), (OPEN, "2", "0", "0")], {1: (ACCEPT, "2", "f1")}, ["0"]),
        (ScoreRule.ALL_OR_NOTHING, [(OPEN, "2", "0", "2"), (OPEN, "2", "0", "2")], {1: (ACCEPT, "1", "f1")}, ["0..1"]),
        (
            ScoreRule.ALL_OR_NOTHING, [(MISSING, "2", "0", "0"), (OPEN, "2", "0", "0")],
            {0: (ACCEPT, "1", "f0"), 1: (ACCEPT, "2", "f1")}, ["1"],
        ),
        (ScoreRule.MANUAL, [(OPEN, "2", "0", "2")], {0: (ACCEPT, "1.25", "f0")}, ["1.25"]),
        # returned, taken back, without points, or of a finding that says something else by now: nothing is decided
        (ScoreRule.MANUAL, [(OPEN, "2", "0", "2")], {0: (RETURN, "", "f0")}, []),
        (ScoreRule.MANUAL, [(OPEN, "2", "0", "2")], {0: (UNDO, "", "f0")}, []),
        (ScoreRule.MANUAL, [(OPEN, "2", "0", "2")], {0: (ACCEPT, "", "f0")}, []),
        (ScoreRule.MANUAL, [(OPEN, "2", "0", "2")], {0: (ACCEPT, "1", "khác")}, []),
    ],
)  # fmt: skip
def test_what_decisions_on_findings_make_of_their_criterion(
    rule: ScoreRule,
    rows: list[tuple[Verdict, str, str, str]],
    decided: dict[int, tuple[DecisionAct, str, str]],
    points: list[str],
) -> None:
    assert told(settle(rule, rows, decided)) == points


def test_the_later_word_counts_and_what_is_partly_open_is_narrowed() -> None:
    exact = settle(ScoreRule.MANUAL, [(LATE, "2", "0", "2")], {0: (ACCEPT, "1", "f0")})
    before = Decision(1, "SYT", "1", Decimal(2), "", "Bình", NOON - datetime.timedelta(hours=1))
    after = Decision(1, "SYT", "1", Decimal(0), "", "Bình", NOON + datetime.timedelta(hours=1))
    assert [each.points for each in exact.join([after, before])] == [Decimal(2), Decimal(1), Decimal(0)]
    assert (exact.decisions[0].by, exact.decisions[0].note) == ("Hoa", "ghi 0")
    rows = [(OPEN, "1", "0", "1"), (OPEN, "1", "0", "1")]
    partly = settle(ScoreRule.TIMELINESS, rows, {0: (ACCEPT, "0", "f0")})
    score = Score("SYT", "1", *(Decimal(number) for number in (2, 2, 0, 2, 0, 0)))
    (narrowed,) = partly.narrow([score])
    assert (narrowed.lowest, narrowed.highest) == (0, 1) and partly.decisions == ()

"""What a decision must be, and what counts as a change."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from evidence.appraisal.rounds import compare_findings, validate_decision
from evidence.errors import UsageError
from evidence.messages import Message
from evidence.model.appraisal import Decision
from evidence.model.assessment import Finding, Points, Reason, Verdict
from tests.support import dossier

NOW = datetime.datetime(2019, 1, 2, tzinfo=datetime.UTC)
GIVEN = Decision(0, "sở nội vụ", "1.2", Decimal("1.5"), "chậm", "An", NOW)
FINDING = Finding(
    "SNV", "1.2", "1.2/q1", "Báo cáo", Verdict.MISSING, (Reason("x", False, Message("verdict-tie", {"n": "2"})),),
    Points(Decimal(2), Decimal(0), Decimal(2)), due=datetime.date(2018, 3, 20),
)  # fmt: skip


def test_a_decision_is_written_in_the_spelling_of_the_set() -> None:
    assert validate_decision(GIVEN, dossier.load_set(), 3) == replace(GIVEN, unit="SNV", round=3)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"unit": "XYZ"}, "match-unknown-unit"),
        ({"criterion": "7.7"}, "round-unknown-criterion"),
        ({"points": Decimal("2.01")}, "round-bad-points"),
        ({"points": Decimal("-0.1")}, "round-bad-points"),
        ({"points": None, "note": ""}, "round-says-nothing"),
    ],
)
def test_a_wrong_decision_is_refused(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        validate_decision(replace(GIVEN, **wrong), dossier.load_set(), 1)  # type: ignore[arg-type]
    assert caught.value.message.code == code


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        (FINDING, False),
        (replace(FINDING, reasons=(Reason("y", False, Message("verdict-tie", {"n": "9"})),)), False),
        (replace(FINDING, status=Verdict.MET), True),
        (replace(FINDING, documents=("a",)), True),
        (replace(FINDING, days_late=3), True),
        (replace(FINDING, points=Points(Decimal(2), Decimal(1), Decimal(1))), True),
        (replace(FINDING, due=datetime.date(2018, 4, 1)), True),
    ],
    ids=["nothing", "other words", "status", "documents", "days", "points", "deadline"],
)
def test_changes(after: Finding, changed: bool) -> None:
    assert bool(compare_findings((FINDING,), (after,))) is changed


def test_what_came_and_what_went() -> None:
    other = replace(FINDING, requirement="1.2/q2")
    found = compare_findings((FINDING,), (other,))
    assert [(one.before, one.after) for one in found] == [(None, other), (FINDING, None)]

"""Made-up dossiers with known truth: the check agrees on every requirement of every unit."""

from __future__ import annotations

import datetime
import random
from itertools import count

import pytest

from evidence.match.check import assess, check
from evidence.messages import say
from evidence.model.assessment import Finding, Verdict
from tests.support import random_dossier
from tests.support.dossier import load_set
from tests.support.random_dossier import AS_OF, HEAD, PLAN, PLANS, Bench, Row, make

ONE_PLAN = (
    HEAD
    + "  - {code: SA, name: Sở A, issuer: Sở A tỉnh An Phú}\ncriteria:\n"
    + '  - {code: "0", title: Khác, points: 0}\n'
    + PLAN.format(code=1, topic="cải cách hành chính")
)


def differing(findings: tuple[Finding, ...], expected: dict[tuple[str, str], tuple[str, int | None]]) -> list[object]:
    found = {(one.unit, one.requirement): (one.status.value, one.days_late) for one in findings}
    assert found.keys() == expected.keys()
    return [(key, expected[key], found[key]) for key in found if found[key] != expected[key]]


@pytest.mark.parametrize(("name", "status"), [(trap[0], trap[2]) for trap in PLANS], ids=[trap[0] for trap in PLANS])
def test_every_trap_alone(name: str, status: tuple[str, int | None]) -> None:
    bench = Bench("SA", "Sở A tỉnh An Phú", "1", "cải cách hành chính", count(10))
    random_dossier._plan(bench, random.Random(0), name)
    (found,) = check(load_set(ONE_PLAN), bench.rows, (), AS_OF)
    assert (found.status.value, found.days_late) == status, [say(it.message, "en") for it in found.reasons]


@pytest.mark.parametrize("seed", range(8))
def test_whole_dossiers(seed: int) -> None:
    criteria, rows, expected = make(seed, units=12)
    checked = assess(criteria, rows, (), AS_OF)
    assert differing(checked.findings, expected) == []
    for one in checked.findings:
        assert one.points.suggested_min is None or one.points.suggested_min <= (one.points.suggested_max or 0)
    for score in checked.scores:
        assert 0 <= score.lowest <= score.highest <= score.applicable <= score.max
        assert score.lost == score.applicable - score.highest and score.recoverable >= 0


@pytest.mark.parametrize("seed", range(3))
def test_order_changes_nothing(seed: int) -> None:
    criteria, rows, _ = make(seed, units=5)
    other = list(rows)
    random.Random(seed).shuffle(other)
    assert assess(criteria, rows, (), AS_OF) == assess(criteria, other, (), AS_OF)


@pytest.mark.parametrize("seed", range(6))
def test_document_by_document_nothing_met_goes_missing(seed: int) -> None:
    """Documents are taken in one by one; each change of a verdict is one that a new document may cause."""
    criteria, rows, _ = make(seed, units=1)
    before: dict[str, Verdict] = {}
    for upto in range(len(rows) + 1):
        after = {one.requirement: one.status for one in check(criteria, rows[:upto], (), AS_OF)}
        lost = [key for key, status in before.items() if status is Verdict.MET and after[key] is Verdict.MISSING]
        assert not lost, (lost, rows[upto - 1])
        before = after


@pytest.mark.parametrize("seed", range(6))
def test_a_later_day_takes_nothing_missing_back(seed: int) -> None:
    criteria, rows, _ = make(seed, units=2)
    some: list[Row] = rows[: len(rows) // 2]
    days = [datetime.date(2025, 1, 1) + datetime.timedelta(at * 23) for at in range(18)]
    before: dict[tuple[str, str], Verdict] = {}
    for day in days:
        after = {(one.unit, one.requirement): one.status for one in check(criteria, some, (), day)}
        back = [key for key, status in before.items() if status is Verdict.MISSING and after[key] is Verdict.NOT_DUE]
        assert not back
        before = after

"""What a requirement's verdict means in points. Decimal throughout; what is not known is None, never a silent zero.

``max`` is what the requirement can bring, ``at_stake`` what is lost or can still be lost through it.

* ``all-or-nothing``: all requirements met in time, else zero (Cà Mau 1.2.1). Every requirement carries the whole
  points of the criterion, since one late report costs everything: they do not add up.
* ``timeliness``: an equal share for each requirement: in time the whole share, late half of it, none zero (Cà Mau
  1880/QĐ-UBND 2013, 1.1.1: 1 / 0.5 / 0).
* ``per-item``: an equal share for each item asked for, up to the criterion's points. Whether a late item counts no
  source says: a person decides.
* ``manual``, ``survey``: the appraiser types them in.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal

from evidence.model import Criterion, Points, Requirement, ScoreRule, Verdict

ZERO = Decimal(0)
CENT = Decimal("0.01")
OPEN = (Verdict.UNCLEAR, Verdict.NOT_DUE)
FAILED = (Verdict.LATE, Verdict.MISSING, Verdict.WRONG)
Row = tuple[Requirement, Verdict, int]  # the requirement, its verdict, how many documents serve it
Scorer = Callable[[Criterion, tuple[Row, ...]], tuple[Points, ...]]


def score(criterion: Criterion, rows: tuple[Row, ...]) -> tuple[Points, ...]:
    """The points of each requirement of the criterion, in its order."""
    if any(verdict is Verdict.NOT_APPLICABLE for _, verdict, _ in rows):
        return tuple(Points(ZERO, None, ZERO) for _ in rows)
    return SCORERS[criterion.score](criterion, rows)


def shares(points: Decimal, weights: tuple[int, ...]) -> tuple[Decimal, ...]:
    """The points dealt out by weight, to the hundredth; the last takes what rounding leaves, so they sum to the whole.

    >>> [str(share) for share in shares(Decimal("1"), (1, 1, 1))]
    ['0.33', '0.33', '0.34']
    """
    total = sum(weights)
    dealt = [(points * weight / total).quantize(CENT, ROUND_DOWN) for weight in weights[:-1]]
    return (*dealt, points - sum(dealt, ZERO))


def _all_or_nothing(criterion: Criterion, rows: tuple[Row, ...]) -> tuple[Points, ...]:
    verdicts = [verdict for _, verdict, _ in rows]
    suggested: Decimal | None = criterion.points
    if any(verdict in FAILED for verdict in verdicts):
        suggested = ZERO
    elif any(verdict in OPEN for verdict in verdicts):
        suggested = None
    whole = criterion.points
    return tuple(Points(whole, suggested, ZERO if verdict is Verdict.MET else whole) for verdict in verdicts)


def _timeliness(criterion: Criterion, rows: tuple[Row, ...]) -> tuple[Points, ...]:
    dealt = shares(criterion.points, tuple(1 for _ in rows))
    return tuple(_by_time(share, verdict) for share, (_, verdict, _) in zip(dealt, rows, strict=True))


def _by_time(share: Decimal, verdict: Verdict) -> Points:
    if verdict in OPEN:
        return Points(share, None, share)
    suggested = share if verdict is Verdict.MET else share / 2 if verdict is Verdict.LATE else ZERO
    return Points(share, suggested, share - suggested)


def _per_item(criterion: Criterion, rows: tuple[Row, ...]) -> tuple[Points, ...]:
    dealt = shares(criterion.points, tuple(wanted.count for wanted, _, _ in rows))
    return tuple(_by_item(share, *row) for share, row in zip(dealt, rows, strict=True))


def _by_item(share: Decimal, wanted: Requirement, verdict: Verdict, found: int) -> Points:
    if verdict is Verdict.MET:
        return Points(share, share, ZERO)
    if verdict in (Verdict.MISSING, Verdict.WRONG):
        part = (share * min(found, wanted.count) / wanted.count).quantize(CENT, ROUND_DOWN)
        suggested = part if verdict is Verdict.MISSING else ZERO
        return Points(share, suggested, share - suggested)
    return Points(share, None, share)


def _typed_in(criterion: Criterion, rows: tuple[Row, ...]) -> tuple[Points, ...]:
    """No rule to follow. Of one requirement alone everything is at stake, of several nobody can say how much each."""
    whole = criterion.points if not criterion.children else ZERO
    return tuple(Points(whole, None, ZERO if verdict is Verdict.MET else whole) for _, verdict, _ in rows)


SCORERS: dict[ScoreRule, Scorer] = {
    ScoreRule.ALL_OR_NOTHING: _all_or_nothing,
    ScoreRule.TIMELINESS: _timeliness,
    ScoreRule.PER_ITEM: _per_item,
    ScoreRule.MANUAL: _typed_in,
    ScoreRule.SURVEY: _typed_in,
}

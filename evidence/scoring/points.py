"""What verdicts mean in points. Decimal throughout; what is not known is a range, never a silent zero.

* ``all-or-nothing``: all requirements met in time, else zero (Cà Mau 1.2.1). Every requirement carries the whole
  points of the criterion, since one late report costs everything: they do not add up.
* ``timeliness``: an equal share for each requirement: in time the whole share, late half of it (or the share that the
  set writes), none zero (Cà Mau 1880/QĐ-UBND 2013, 1.1.1: 1 / 0.5 / 0).
* ``per-item``: an equal share for each item asked for, or ``each`` points an item, up to the criterion's points.
  Whether a late item counts no source says: without ``late`` in the set it may bring nothing or all.
* ``stepped``, ``proportional``, ``deduction``, ``formula``: of figures, see ``rates``. Carried whole.
* ``manual``, ``survey``: the appraiser types them in.

``max`` is what the requirement can bring, ``at_stake`` what is lost or can still be lost through it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from evidence.model.assessment import Points, Verdict
from evidence.model.criteria import Criterion
from evidence.model.score_rule import Rounding, ScoreRule
from evidence.scoring.score_rules import PointRange, ScoredRequirement, apply_rule

ZERO = Decimal(0)
CENT = Decimal("0.01")
OPEN = (Verdict.UNCLEAR, Verdict.NOT_DUE)
ENDS = (Verdict.MET, Verdict.LATE, Verdict.MISSING)  # what may come of it
Figures = Mapping[str, Decimal]


def points_range(
    criterion: Criterion, whole: Decimal, rows: tuple[ScoredRequirement, ...], figures: Figures, rounding: Rounding
) -> PointRange:
    """The least and the most that the criterion can bring, what is open at its worst and at its best."""
    ends = ENDS if any(row.verdict in OPEN for row in rows) else (Verdict.MET,)
    ranges = [apply_rule(criterion, whole, _settle(rows, end, OPEN), figures, rounding) for end in ends]
    return PointRange(min(points.low for points in ranges), max(points.high for points in ranges), ranges[0].lacking)


def best_points_after(
    criterion: Criterion, whole: Decimal, rows: tuple[ScoredRequirement, ...], figures: Figures, rounding: Rounding,
    come: tuple[Verdict, ...],
) -> Decimal:  # fmt: skip
    """The most that it can bring if documents still come for those verdicts, and for no other that is not due."""
    rows = _settle(rows, Verdict.MET, (*come, Verdict.UNCLEAR))
    return apply_rule(criterion, whole, _settle(rows, Verdict.MISSING, (Verdict.NOT_DUE,)), figures, rounding).high


def _settle(
    rows: tuple[ScoredRequirement, ...], end: Verdict, which: tuple[Verdict, ...]
) -> tuple[ScoredRequirement, ...]:
    return tuple(_settle_row(row, end) if row.verdict in which else row for row in rows)


def _settle_row(row: ScoredRequirement, end: Verdict) -> ScoredRequirement:
    count = row.requirement.count
    if end is Verdict.MET:
        return row._replace(verdict=end, in_time=max(count, row.in_time), late=0, days=0)
    if end is Verdict.LATE:
        return row._replace(verdict=end, late=max(count - row.in_time, 0), days=None)
    return row._replace(verdict=end, days=None if row.late else 0)


def score_requirements(
    criterion: Criterion,
    rows: tuple[ScoredRequirement, ...],
    figures: Figures | None = None,
    rounding: Rounding | None = None,
    whole: Decimal | None = None,
) -> tuple[Points, ...]:
    """The points of each requirement of the criterion, in its order."""
    if any(row.verdict is Verdict.NOT_APPLICABLE for row in rows):
        return tuple(Points(ZERO, None, ZERO) for _ in rows)
    known, rounded = figures or {}, rounding or Rounding()
    most = criterion.points if whole is None else whole
    if not criterion.additive:
        if criterion.children:  # of a group's own evidence nobody can say how much it brings
            most = ZERO
        return tuple(_whole_points(row, most, points_range(criterion, most, rows, known, rounded)) for row in rows)
    counts = tuple(row.requirement.count if criterion.score is ScoreRule.PER_ITEM else 1 for row in rows)
    return tuple(
        _shared_points(
            share, points_range(replace(criterion, evidence=(row.requirement,)), share, (row,), known, rounded)
        )
        for share, row in zip(split_points(most, counts), rows, strict=True)
    )


def split_points(points: Decimal, weights: tuple[int, ...]) -> tuple[Decimal, ...]:
    """The points dealt out by weight, to the hundredth; the last takes what rounding leaves, so they sum to the whole.

    >>> [str(share) for share in split_points(Decimal("1"), (1, 1, 1))]
    ['0.33', '0.33', '0.34']
    """
    total = sum(weights)
    dealt = [(points * weight / total).quantize(CENT, ROUND_DOWN) for weight in weights[:-1]]
    return (*dealt, points - sum(dealt, ZERO))


def _shared_points(share: Decimal, reach: PointRange) -> Points:
    return Points(share, reach.sure, share - reach.low, reach.low, reach.high)


def _whole_points(row: ScoredRequirement, most: Decimal, reach: PointRange) -> Points:
    stake = ZERO if row.verdict is Verdict.MET else most
    return Points(most, reach.sure, stake, reach.low, reach.high)

"""Points of criteria, of the groups above them, and of all together, for one unit."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from evidence.criteria.applicability import is_exempt, points_for_profile, unit_reachable_points
from evidence.model.assessment import Score, Verdict
from evidence.model.criteria import CriteriaSet, Criterion, Rounding, Unit
from evidence.scoring.points import after, span
from evidence.scoring.score_rules import Row, rounded

ZERO, HUNDRED = Decimal(0), Decimal(100)
TOTAL = ""  # the code under which the sum of all criteria stands
ABSENT = (Verdict.MISSING, Verdict.WRONG)
Rows = Mapping[str, tuple[Row, ...]]  # by criterion
Figures = Mapping[str, Mapping[str, Decimal]]


@dataclass(frozen=True, slots=True)
class _Basis:
    unit: Unit
    rows: Rows
    figures: Figures
    rounding: Rounding
    supplement: bool


def scores(criteria: CriteriaSet, unit: Unit, rows: Rows, figures: Figures, as_of: datetime.date) -> tuple[Score, ...]:
    """The score of every criterion, parents first; the sum of all comes last. ``recoverable`` counts what is not due
    yet, and what is missing or wrong while the supplement window is not over."""
    supplement = criteria.supplement_to is not None and as_of <= criteria.supplement_to
    basis = _Basis(unit, rows, figures, criteria.rounding, supplement)
    found: list[Score] = []
    tops = [next_score(one, basis, found, out=False) for one in criteria.criteria]
    whole = _sum(unit, TOTAL, sum((one.points for one in criteria.criteria), ZERO), tops)
    return (*found, whole)


def next_score(one: Criterion, basis: _Basis, found: list[Score], out: bool) -> Score:
    """The score of the criterion; it and all below it are added to ``found``. ``out``: a parent does not apply."""
    out = out or is_exempt(one, basis.unit.profile, basis.unit.not_applicable)
    place = len(found)
    if one.children:
        parts = [next_score(child, basis, found, out) for child in one.children]
        score = _sum(basis.unit, one.code, one.points, parts)
    elif out:
        score = Score(basis.unit.code, one.code, one.points, ZERO, ZERO, ZERO, ZERO, ZERO)
    else:
        score = _leaf(one, basis)
    found.insert(place, score)
    return score


def _leaf(one: Criterion, basis: _Basis) -> Score:
    whole = points_for_profile(one, basis.unit.profile)
    rows, figures = basis.rows.get(one.code, ()), basis.figures.get(one.code, {})
    now = span(one, whole, rows, figures, basis.rounding)
    come = (Verdict.NOT_DUE, *ABSENT) if basis.supplement else (Verdict.NOT_DUE,)
    best = after(one, whole, rows, figures, basis.rounding, come)
    least = after(one, whole, rows, figures, basis.rounding, ())
    return Score(
        unit=basis.unit.code,
        criterion=one.code,
        max=one.points,
        applicable=whole,
        lowest=now.low,
        highest=now.high,
        lost=whole - now.high,
        recoverable=max(best - least, ZERO),
        lacking=now.lacking,
    )


def _sum(unit: Unit, code: str, most: Decimal, parts: list[Score]) -> Score:
    def total(values: Iterator[Decimal]) -> Decimal:
        return sum(values, ZERO)

    return Score(
        unit=unit.code,
        criterion=code,
        max=most,
        applicable=total(one.applicable for one in parts),
        lowest=total(one.lowest for one in parts),
        highest=total(one.highest for one in parts),
        lost=total(one.lost for one in parts),
        recoverable=total(one.recoverable for one in parts),
        lacking=tuple(dict.fromkeys(name for one in parts for name in one.lacking)),
    )


def share(score: Score, rounding: Rounding) -> tuple[Decimal, Decimal] | None:
    """What is reached of the applicable maximum, in percent, at worst and at best; None where nothing applies. Units
    are compared by this, whatever applies to them (Thanh Hóa: a scale of 84; Hà Nội: without the survey)."""
    if score.applicable == 0:
        return None
    low, high = (rounded(HUNDRED * value / score.applicable, rounding) for value in (score.lowest, score.highest))
    return low, high


def unexplained(score: Score, given: Decimal) -> Decimal:
    """How many of the points lost (against ``given``, the unit's own or the appraiser's) no finding accounts for.

    Seed case: a field lost 1.5 where the report explains a deduction of 1: 0.5 is unexplained.
    """
    return max(score.lowest - given, ZERO)


def unearned(score: Score, given: Decimal) -> Decimal:
    """How many of the points given the findings do not bear out."""
    return max(given - score.highest, ZERO)


def applicable(criteria: CriteriaSet, unit: Unit) -> Decimal:
    """The applicable maximum of the unit."""
    return sum((unit_reachable_points(one, unit) for one in criteria.criteria), ZERO)

"""Points of criteria, of the groups above them, and of all together, for one unit."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from evidence.criteria.applicability import (
    is_exempt,
    points_for_profile,
    unit_reachable_points,
    weight_factors,
)
from evidence.model.assessment import Score, Verdict
from evidence.model.criteria import CriteriaSet, Criterion, Unit
from evidence.model.score_rule import Rounding, ScoreBlock
from evidence.scoring.points import best_points_after, points_range
from evidence.scoring.score_rules import ScoredRequirement, round_points

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
TOTAL = ""  # the code under which the sum of all criteria stands
ABSENT = (Verdict.MISSING, Verdict.WRONG)
Rows = Mapping[str, tuple[ScoredRequirement, ...]]  # by criterion
Figures = Mapping[str, Mapping[str, Decimal]]


@dataclass(frozen=True, slots=True)
class _Basis:
    unit: Unit
    rows: Rows
    figures: Figures
    rounding: Rounding
    supplement: bool


def score_criteria(
    criteria: CriteriaSet, unit: Unit, rows: Rows, figures: Figures, as_of: datetime.date
) -> tuple[Score, ...]:
    """The score of every criterion, parents first; the sum of all comes last. ``recoverable`` counts what is not due
    yet, and what is missing or wrong while the supplement window is not over."""
    supplement = criteria.supplement_to is not None and as_of <= criteria.supplement_to
    basis = _Basis(unit, rows, figures, criteria.rounding, supplement)
    below = [_score_with_parts(criterion, basis, exempt=False) for criterion in criteria.criteria]
    factors = weight_factors(criteria.criteria, criteria.points)
    parts = [_scale(scores[0], factor, criteria.rounding) for scores, factor in zip(below, factors, strict=True)]
    whole = _sum(unit, TOTAL, criteria.points, parts)
    return (*(score for scores in below for score in scores), whole)


def _score_with_parts(criterion: Criterion, basis: _Basis, exempt: bool) -> tuple[Score, ...]:
    """The score of the criterion, then those of all below it. ``exempt``: a parent does not apply."""
    exempt = exempt or is_exempt(criterion, basis.unit.profile, basis.unit.not_applicable)
    if criterion.children:
        below = [_score_with_parts(child, basis, exempt) for child in criterion.children]
        factors = weight_factors(criterion.children, criterion.points)
        parts = [_scale(scores[0], factor, basis.rounding) for scores, factor in zip(below, factors, strict=True)]
        own = _sum(basis.unit, criterion.code, criterion.points, parts)
        return (own, *(score for scores in below for score in scores))
    if exempt:
        return (Score(basis.unit.code, criterion.code, criterion.points, ZERO, ZERO, ZERO, ZERO, ZERO),)
    score = _leaf(criterion, basis)
    return (_beside_scale(score, criterion.block) if criterion.block else score,)


def _beside_scale(score: Score, block: ScoreBlock) -> Score:
    """Bonus is added and penalty taken, and neither belongs to what a unit can reach."""
    if block is ScoreBlock.BONUS:
        return replace(score, applicable=ZERO, lost=ZERO, recoverable=ZERO)
    return replace(
        score, applicable=ZERO, lowest=-score.highest, highest=-score.lowest, lost=score.lowest, recoverable=ZERO
    )


def _scale(score: Score, factor: Decimal, rounding: Rounding) -> Score:
    """The score as its weight counts it among its siblings."""
    if factor == ONE:
        return score

    def scaled(value: Decimal) -> Decimal:
        return round_points(value * factor, rounding)

    return replace(
        score,
        applicable=scaled(score.applicable),
        lowest=scaled(score.lowest),
        highest=scaled(score.highest),
        lost=scaled(score.lost),
        recoverable=scaled(score.recoverable),
    )


def _leaf(criterion: Criterion, basis: _Basis) -> Score:
    whole = points_for_profile(criterion, basis.unit.profile)
    rows, figures = basis.rows.get(criterion.code, ()), basis.figures.get(criterion.code, {})
    now = points_range(criterion, whole, rows, figures, basis.rounding)
    come = (Verdict.NOT_DUE, *ABSENT) if basis.supplement else (Verdict.NOT_DUE,)
    best = best_points_after(criterion, whole, rows, figures, basis.rounding, come)
    least = best_points_after(criterion, whole, rows, figures, basis.rounding, ())
    return Score(
        unit=basis.unit.code,
        criterion=criterion.code,
        max=criterion.points,
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
        applicable=total(part.applicable for part in parts),
        lowest=total(part.lowest for part in parts),
        highest=total(part.highest for part in parts),
        lost=total(part.lost for part in parts),
        recoverable=total(part.recoverable for part in parts),
        lacking=tuple(dict.fromkeys(name for part in parts for name in part.lacking)),
    )


def percent_of_applicable(score: Score, rounding: Rounding) -> tuple[Decimal, Decimal] | None:
    """What is reached of the applicable maximum, in percent, at worst and at best; None where nothing applies. Units
    are compared by this, whatever applies to them (Thanh Hóa: a scale of 84; Hà Nội: without the survey)."""
    if score.applicable == 0:
        return None
    low, high = (round_points(HUNDRED * value / score.applicable, rounding) for value in (score.lowest, score.highest))
    return low, high


def unexplained_loss(score: Score, given: Decimal) -> Decimal:
    """How many of the points lost (against ``given``, the unit's own or the appraiser's) no finding accounts for.

    Seed case: a field lost 1.5 where the report explains a deduction of 1: 0.5 is unexplained.
    """
    return max(score.lowest - given, ZERO)


def unearned_points(score: Score, given: Decimal) -> Decimal:
    """How many of the points given the findings do not bear out."""
    return max(given - score.highest, ZERO)


def applicable_maximum(criteria: CriteriaSet, unit: Unit) -> Decimal:
    """The applicable maximum of the unit."""
    return unit_reachable_points(criteria, unit)

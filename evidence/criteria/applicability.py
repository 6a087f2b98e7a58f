"""What applies to a unit, and how many points it can reach.

A profile may be freed of criteria (``not_for``) or have a maximum of its own (``points_for``); a unit may be freed of
criteria by name (``not_applicable``). What does not apply takes its points along: the rest is the applicable maximum,
and shares are taken of that (Thanh Hóa 2024: special units on a scale of 84).

A clause of the annex ("thì không đánh giá, tính điểm nội dung này") is answered for each unit by a figure of that
criterion: ``khong_ap_dung`` 1 it holds, the criterion does not apply; 0 it does not. Bonus and penalty points stand
beside the scale. Where siblings have weights, each brings its share of the parent's points by weight, whatever scale it
is scored on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from evidence.model.criteria import CriteriaSet, Criterion, Unit
from evidence.vietnamese.text import fold

ZERO, ONE = Decimal(0), Decimal(1)
NOT_APPLICABLE = "khong_ap_dung"  # the answer to ``not_applicable_if``
FULL_POINTS = "diem_toi_da"  # the answer to ``full_points_if``
DEDUCTED = "bi_tru"  # the answer to ``deduct_if``


def is_exempt(criterion: Criterion, profile: str | None, codes: tuple[str, ...] = ()) -> bool:
    """Whether the criterion itself does not apply; of its parents nothing is asked here."""
    return profile in criterion.not_for or any(fold(code) == fold(criterion.code) for code in codes)


def points_for_profile(criterion: Criterion, profile: str | None) -> Decimal:
    """The maximum of the criterion for that profile."""
    return next((points for name, points in criterion.points_for if name == profile), criterion.points)


def exempt_by_answers(unit: Unit, figures: Mapping[str, Mapping[str, Decimal]]) -> Unit:
    """The unit with the criteria that a person has answered do not apply to it; ``figures`` by criterion and name."""
    codes = tuple(code for code, known in figures.items() if known.get(NOT_APPLICABLE) == ONE)
    return replace(unit, not_applicable=(*unit.not_applicable, *codes)) if codes else unit


def reachable_points(criterion: Criterion, profile: str | None, codes: tuple[str, ...] = ()) -> Decimal:
    """The points that a unit can reach in it; none beside the scale."""
    if criterion.block or is_exempt(criterion, profile, codes):
        return ZERO
    if not criterion.children:
        return points_for_profile(criterion, profile)
    factors = weight_factors(criterion.children, criterion.points)
    parts = (reachable_points(child, profile, codes) for child in criterion.children)
    return sum((part * factor for part, factor in zip(parts, factors, strict=True)), ZERO)


def weight_factors(criteria: Sequence[Criterion], whole: Decimal) -> tuple[Decimal, ...]:
    """By what the points of each of the siblings are multiplied: 1 but where all of them have a weight.

    >>> wide = Criterion("1", "", Decimal(200), weight=Decimal(30))
    >>> narrow = Criterion("2", "", Decimal(50), weight=Decimal(70))
    >>> [str(factor) for factor in weight_factors((wide, narrow), Decimal(100))]
    ['0.15', '1.4']
    """
    total = weight_sum(criteria)
    if not total:
        return (ONE,) * len(criteria)
    return tuple(
        whole * criterion.weight / (total * criterion.points)
        if criterion.weight is not None and criterion.points and criterion.block is None
        else ONE
        for criterion in criteria
    )


def weight_sum(criteria: Sequence[Criterion]) -> Decimal:
    """The sum of the weights of the siblings; nothing where one of them has none."""
    weights = [criterion.weight for criterion in criteria if criterion.block is None]
    known = [weight for weight in weights if weight is not None]
    return sum(known, ZERO) if known and len(known) == len(weights) else ZERO


def unit_reachable_points(criteria: CriteriaSet, unit: Unit) -> Decimal:
    """What the unit can reach in all."""
    factors = weight_factors(criteria.criteria, criteria.points)
    parts = (reachable_points(criterion, unit.profile, unit.not_applicable) for criterion in criteria.criteria)
    return sum((part * factor for part, factor in zip(parts, factors, strict=True)), ZERO)

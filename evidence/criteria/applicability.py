"""What applies to a unit, and how many points it can reach.

A profile may be freed of criteria (``not_for``) or have a maximum of its own (``points_for``); a unit may be freed of
criteria by name (``not_applicable``). What does not apply takes its points along: the rest is the applicable maximum,
and shares are taken of that (Thanh Hóa 2024: special units on a scale of 84).
"""

from __future__ import annotations

from decimal import Decimal

from evidence.model.criteria import Criterion, Unit
from evidence.vietnamese.text import fold

ZERO = Decimal(0)


def is_exempt(criterion: Criterion, profile: str | None, codes: tuple[str, ...] = ()) -> bool:
    """Whether the criterion itself does not apply; of its parents nothing is asked here."""
    return profile in criterion.not_for or any(fold(code) == fold(criterion.code) for code in codes)


def points_for_profile(criterion: Criterion, profile: str | None) -> Decimal:
    """The maximum of the criterion for that profile."""
    return next((points for name, points in criterion.points_for if name == profile), criterion.points)


def reachable_points(criterion: Criterion, profile: str | None, codes: tuple[str, ...] = ()) -> Decimal:
    """The points that a unit can reach in it."""
    if is_exempt(criterion, profile, codes):
        return ZERO
    if not criterion.children:
        return points_for_profile(criterion, profile)
    return sum((reachable_points(child, profile, codes) for child in criterion.children), ZERO)


def unit_reachable_points(criterion: Criterion, unit: Unit) -> Decimal:
    return reachable_points(criterion, unit.profile, unit.not_applicable)

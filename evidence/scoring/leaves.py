"""What a unit can reach criterion by criterion: its own maximum, and by what the weights above multiply its points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evidence.criteria.applicability import is_exempt, points_for_profile, weight_factors
from evidence.model.criteria import CriteriaSet, Criterion, Unit

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class UnitLeaf:
    """A criterion that points are given for. ``max``: the unit's own, before ``factor``; ``above``: the codes of the
    criteria that it stands in, the field first."""

    criterion: Criterion
    max: Decimal
    factor: Decimal
    above: tuple[str, ...]

    @property
    def weighted_max(self) -> Decimal:
        """What it brings at most in the sum of all."""
        return self.max * self.factor


def list_unit_leaves(criteria: CriteriaSet, unit: Unit) -> tuple[UnitLeaf, ...]:
    """The criteria that apply to the unit, in the order of the set."""
    return tuple(_leaves(criteria.criteria, criteria.points, ONE, (), unit))


def _leaves(
    criteria: tuple[Criterion, ...], whole: Decimal, factor: Decimal, above: tuple[str, ...], unit: Unit
) -> Iterator[UnitLeaf]:
    for criterion, own in zip(criteria, weight_factors(criteria, whole), strict=True):
        if is_exempt(criterion, unit.profile, unit.not_applicable):
            continue
        if criterion.children:
            yield from _leaves(criterion.children, criterion.points, factor * own, (*above, criterion.code), unit)
        else:
            yield UnitLeaf(criterion, points_for_profile(criterion, unit.profile), factor * own, above)

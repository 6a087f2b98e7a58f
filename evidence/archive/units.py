"""A unit under appraisal, by its code or its name as a person types it."""

from __future__ import annotations

from evidence.errors import UsageError
from evidence.model.criteria import CriteriaSet, Unit
from evidence.vietnamese.text import fold


def find_unit(criteria: CriteriaSet, name: str) -> Unit:
    """The unit of the set with that code or name. UsageError where the set has none."""
    for unit in criteria.units:
        if fold(name) in (fold(unit.code), fold(unit.name)):
            return unit
    known = ", ".join(unit.code for unit in criteria.units)
    raise UsageError("match-unknown-unit", unit=name, set=criteria.set, units=known)

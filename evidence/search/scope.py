"""What a reader may see: the submissions of some units, or everything. Submissions, not documents, carry the unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.search import analyzer


@dataclass(frozen=True, slots=True)
class Scope:
    """``units``: those whose submissions may be seen, by code; None: all, and what no unit handed in."""

    units: frozenset[str] | None

    def sees(self, unit: str | None) -> bool:
        """Whether what that unit handed in may be seen."""
        return self.units is None or unit in self.units

    def sees_label(self, label: str) -> bool:
        """Whether a unit of that label (as ``analyzer.label_term`` has it) may be seen."""
        return self.units is None or label in {analyzer.label_term(unit) for unit in self.units}


EVERYTHING = Scope(None)
"""The scope of whoever may see all: passed by name, never a default."""


def units_only(units: Iterable[str]) -> Scope:
    """The scope of those units."""
    return Scope(frozenset(units))

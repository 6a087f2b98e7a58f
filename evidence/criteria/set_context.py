"""What the head of a criteria file says, and what its entries may point at."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.criteria import Calendar

FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class SetContext:
    year: int
    calendar: Calendar | None
    names: frozenset[str]

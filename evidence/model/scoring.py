"""The points of a scoring year: what a unit reached, part by part; grades, ranks, and a table as an office sends it.

Points are ``Decimal`` and never rounded here. A part is what a published table has a column of: appraised points
(``thamdinh``), the survey (``dieutra``), satisfaction (``hailong``). A part that was not assessed takes its maximum
along; a part that is open lies between its lowest and its highest.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A row of a table that an office sent: its number as programs show it (from 1), its cells, its sheet."""

    number: int
    cells: tuple[str, ...]
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class PartPoints:
    """A part of a unit's points. ``lowest`` and ``highest`` are None where it was not assessed; they differ while it is
    open. ``beside_scale``: bonus or penalty, whose points count and whose maximum does not."""

    part: str
    max: Decimal
    lowest: Decimal | None = None
    highest: Decimal | None = None
    beside_scale: bool = False

    @property
    def is_assessed(self) -> bool:
        return self.lowest is not None

    @property
    def applicable(self) -> Decimal:
        """What it adds to the maximum."""
        return self.max if self.is_assessed and not self.beside_scale else ZERO


@dataclass(frozen=True, slots=True)
class UnitPoints:
    """All parts of a unit. ``group``: whom it is ranked with; ``is_ranked``: False where it is graded alone (Lâm Đồng
    2025: Thanh tra tỉnh). ``name``: as it is printed; ``unit``: its code, or its name where it has no code."""

    unit: str
    name: str
    group: str | None
    is_ranked: bool
    parts: tuple[PartPoints, ...]

    @property
    def max(self) -> Decimal:
        """The sum of what applies: the scale of this unit."""
        return sum((part.applicable for part in self.parts), ZERO)

    @property
    def lowest(self) -> Decimal:
        return sum((part.lowest for part in self.parts if part.lowest is not None), ZERO)

    @property
    def highest(self) -> Decimal:
        return sum((part.highest for part in self.parts if part.highest is not None), ZERO)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is open any more."""
        return self.lowest == self.highest


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the index, in percent, from which a unit has it: the boundary itself belongs to it."""

    name: str
    threshold: Decimal


@dataclass(frozen=True, slots=True)
class ScoredPart:
    """A part of a set's points. ``criteria``: those that it holds, with all below them; the one part without any holds
    all others. Of a survey: below ``least_forms`` forms, or ``least_rate`` percent of those sent, it is not assessed
    (Lâm Đồng 2025: 50 forms, 10 %)."""

    name: str
    title: str
    criteria: tuple[str, ...] = ()
    least_forms: int | None = None
    least_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit in its ranking. ``low`` and ``high``: the index in percent, unrounded, None where nothing applies;
    ``places``: the decimals with which it is shown, more than two where two would hide an order or a grade. ``rank`` is
    None for what is not ranked, ``grade`` where no threshold is reached or it is not sure yet. ``is_provisional``: its
    rank was asked for while a unit of the group is open."""

    points: UnitPoints
    low: Decimal | None
    high: Decimal | None
    places: int = 2
    rank: int | None = None
    grade: str | None = None
    is_provisional: bool = False

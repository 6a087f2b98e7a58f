"""How a criterion is scored: the rule, and what it needs besides its name."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ScoreRule(StrEnum):
    """How requirements turn into points. ``manual`` and ``survey`` are typed in by the appraiser."""

    TIMELINESS = "timeliness"
    ALL_OR_NOTHING = "all-or-nothing"
    PER_ITEM = "per-item"
    STEPPED = "stepped"
    PROPORTIONAL = "proportional"
    DEDUCTION = "deduction"
    FORMULA = "formula"
    SUM_OF_PARTS = "sum-of-parts"
    YEAR_ON_YEAR = "year-on-year"
    MANUAL = "manual"
    SURVEY = "survey"


class ScoreBlock(StrEnum):
    """What stands beside the scale: points that are added to the sum, and points that are taken from it."""

    BONUS = "bonus"
    PENALTY = "penalty"


@dataclass(frozen=True, slots=True)
class Band:
    """Points for a value between two boundaries, each with its side: ``low_in``: the boundary itself belongs here."""

    points: Decimal
    low: Decimal | None = None
    low_in: bool = True
    high: Decimal | None = None
    high_in: bool = False


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a sum, with its own maximum. ``name`` is the figure that a person gives: 1 or 0 (or a share between)
    where the part is had or not; a count where ``each`` gives the points of one; a value for ``bands``. With a
    ``formula`` its own ``figures`` are asked for. ``words``: how the annex words the part.
    """

    name: str
    points: Decimal
    words: str = ""
    each: Decimal | None = None
    bands: tuple[Band, ...] = ()
    formula: str | None = None
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scoring:
    """What a score rule needs besides its name. ``of``: the value that bands and proportion look at.

    ``late``: of timeliness and per-item the share that a late document still brings, of deduction the points taken.
    ``parts``: of a sum. ``deduct``: the percent of the points reached that is taken where ``deduct_if`` holds.
    """

    of: str | None = None
    bands: tuple[Band, ...] = ()
    full: Decimal | None = None
    none_below: Decimal | None = None
    each: Decimal | None = None
    missing: Decimal | None = None
    late: Decimal | None = None
    per_day: Decimal | None = None
    formula: str | None = None
    figures: tuple[str, ...] = ()
    parts: tuple[ScorePart, ...] = ()
    deduct: Decimal | None = None
    deduct_if: str = ""


@dataclass(frozen=True, slots=True)
class Rounding:
    """How computed points are rounded: ``half-up``, ``half-even`` or ``down``."""

    places: int = 2
    mode: str = "half-up"

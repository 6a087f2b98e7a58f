"""Two years side by side: what a unit reached then and now, criterion by criterion, and how far that compares."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """What a unit reached in one criterion of a year. ``rule``: how it is scored, as text; empty where nobody said.
    ``points`` is None where it was not assessed or is open. ``field``: the code of the field that it belongs to."""

    unit: str
    criterion: str
    title: str
    max: Decimal
    points: Decimal | None
    rule: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class YearResults:
    """The results of a year, of the criteria that points are given for; ``source`` names where they come from."""

    source: str
    results: tuple[CriterionResult, ...]


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """What became of units and criteria: pairs of old and new; by their folded names."""

    units: tuple[tuple[str, str], ...] = ()
    criteria: tuple[tuple[str, str], ...] = ()


class ComparisonMark(StrEnum):
    """What a reader must know of a comparison. ``other-set``: another code, maximum or rule: percent alone compare."""

    SAME = "same"
    OTHER_SET = "other-set"
    NEW = "new"
    DROPPED = "dropped"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Reached:
    """Points of a maximum; ``units`` and ``criteria``: whose, where several came together."""

    max: Decimal
    points: Decimal | None
    units: tuple[str, ...]
    criteria: tuple[str, ...]
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One unit in one criterion (``level``: criterion), field or in all (total). ``old`` has several members where
    units were merged, side by side: no mean is made of them, and there is no change to tell. ``points`` and
    ``percent`` are the changes; ``points`` is None where they cannot be compared."""

    level: str
    unit: str
    criterion: str
    title: str
    mark: ComparisonMark
    old: tuple[Reached, ...]
    new: Reached | None
    points: Decimal | None = None
    percent: Decimal | None = None

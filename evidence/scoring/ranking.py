"""Units ranked by their index, each group by itself: equal indexes share a rank, and the next rank counts them all
(1, 2, 2, 4). Who is graded and not ranked stands at the end of the group. While a unit of a group is open nobody in it
has a rank, unless that was asked for.

The index is printed with two decimals, and with as many more as tell two units apart that are equal to two (Lâm Đồng
2025: 79,885 and 79,882), or that tell an index from a threshold that it has not reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from evidence.model.scoring import Grade, UnitPoints, UnitStanding
from evidence.scoring.grades import find_grade
from evidence.scoring.index import PLACES, compute_index, round_index

MOST_PLACES = 12
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class RankingRules:
    """``grades``: the highest first. ``provisional``: ranks are given although units are open, by what is sure."""

    grades: tuple[Grade, ...] = ()
    provisional: bool = False


def stand_units(units: Iterable[UnitPoints], rules: RankingRules) -> tuple[UnitStanding, ...]:
    """Every unit with its index and its grade, not ranked yet, in the order given."""
    return tuple(_stand(unit, rules) for unit in units)


def rank_units(units: Iterable[UnitPoints], rules: RankingRules) -> tuple[UnitStanding, ...]:
    """The units in their order, group by group as the groups come; those that are not ranked last."""
    standings = stand_units(units, rules)
    groups = dict.fromkeys(standing.points.group for standing in standings)
    return tuple(
        ranked
        for group in groups
        for ranked in _rank_group([each for each in standings if each.points.group == group], rules)
    )


def find_open_units(standings: Iterable[UnitStanding]) -> tuple[UnitStanding, ...]:
    """Those of which points are still to be decided."""
    return tuple(standing for standing in standings if not standing.points.is_complete)


def _stand(unit: UnitPoints, rules: RankingRules) -> UnitStanding:
    most = unit.max
    if most <= 0:
        return UnitStanding(unit, None, None)
    low, high = compute_index(unit.lowest, most), compute_index(unit.highest, most)
    grade = find_grade(low, rules.grades)
    sure = grade if grade == find_grade(high, rules.grades) else None
    places = max(_places_below(index, rules.grades) for index in (low, high))
    return UnitStanding(unit, low, high, places, grade=sure)


def _places_below(index: Decimal, grades: Sequence[Grade]) -> int:
    """The decimals with which the index shows which thresholds it has not reached."""
    missed = [grade.threshold for grade in grades if index < grade.threshold]
    return next(
        (places for places in range(PLACES, MOST_PLACES) if all(round_index(index, places) < each for each in missed)),
        MOST_PLACES,
    )


def _rank_group(group: Sequence[UnitStanding], rules: RankingRules) -> list[UnitStanding]:
    ranked = [standing for standing in group if standing.points.is_ranked and standing.low is not None]
    others = [standing for standing in group if not (standing.points.is_ranked and standing.low is not None)]
    ordered = [*sorted(ranked, key=_descending), *sorted(others, key=_descending)]
    told_apart = _tell_apart(ordered)
    is_open = any(not standing.points.is_complete for standing in ranked)
    if is_open and not rules.provisional:
        return told_apart
    indexes = [_sort_index(standing) for standing in ranked]
    return [
        replace(
            standing,
            rank=1 + sum(index > _sort_index(standing) for index in indexes) if at < len(ranked) else None,
            is_provisional=is_open and at < len(ranked),
        )
        for at, standing in enumerate(told_apart)
    ]


def _sort_index(standing: UnitStanding) -> Decimal:
    return standing.low if standing.low is not None else ZERO


def _descending(standing: UnitStanding) -> Decimal:
    return -_sort_index(standing)


def _tell_apart(ordered: Sequence[UnitStanding]) -> list[UnitStanding]:
    """Each with as many decimals as tell it from its neighbours in the order, where their indexes differ at all."""
    needed = [standing.places for standing in ordered]
    for at, (upper, lower) in enumerate(pairwise(ordered)):
        if upper.low is None or lower.low is None or upper.low == lower.low:
            continue
        apart = _places_apart(upper.low, lower.low)
        needed[at], needed[at + 1] = max(needed[at], apart), max(needed[at + 1], apart)
    return [replace(standing, places=places) for standing, places in zip(ordered, needed, strict=True)]


def _places_apart(upper: Decimal, lower: Decimal) -> int:
    for places in range(PLACES, MOST_PLACES):
        if round_index(upper, places) != round_index(lower, places):
            return places
    return MOST_PLACES

"""Frozen points, made and checked again: parts are the sums of their criteria, indexes, ranks and grades follow
from the parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from evidence.messages import Message
from evidence.model.frozen_scores import FrozenCriterion, FrozenScores, FrozenUnit
from evidence.model.scoring import PartPoints, UnitStanding
from evidence.scoring.index import round_index
from evidence.scoring.joined_points import LeafPoints
from evidence.scoring.ranking import RankingRules, rank_units

ZERO = Decimal(0)


def freeze_unit(standing: UnitStanding, leaves: Mapping[str, Sequence[LeafPoints]]) -> FrozenUnit:
    """A unit of the ranking with the criteria of its parts."""
    criteria = tuple(
        FrozenCriterion(
            leaf.leaf.criterion.code, part, leaf.max, leaf.lowest, leaf.highest, leaf.source, leaf.is_assessed,
            leaf.is_beside_scale,
        )
        for part, members in leaves.items()
        for leaf in members
    )  # fmt: skip
    return FrozenUnit(standing.points, print_index(standing), standing.rank, standing.grade, criteria)


def print_index(standing: UnitStanding) -> tuple[str, ...]:
    """The index as it is printed: one number, two while it is open, none where nothing applies."""
    if standing.low is None or standing.high is None:
        return ()
    low, high = (str(round_index(index, standing.places)) for index in (standing.low, standing.high))
    return (low,) if standing.points.is_complete else (low, high)


def check_frozen(frozen: FrozenScores) -> tuple[Message, ...]:
    """Everything that does not follow from the criteria; none where all holds."""
    faults = [fault for unit in frozen.units for fault in _check_parts(unit)]
    again = rank_units((unit.points for unit in frozen.units), RankingRules(frozen.grades, frozen.is_provisional))
    by_unit = {standing.points.unit: standing for standing in again}
    for unit in frozen.units:
        standing = by_unit[unit.points.unit]
        for name, given, wanted in (
            ("index", " – ".join(unit.index), " – ".join(print_index(standing))),
            ("rank", str(unit.rank), str(standing.rank)),
            ("grade", str(unit.grade), str(standing.grade)),
        ):
            if given != wanted:
                values = {"unit": unit.points.name, "what": name, "given": given, "wanted": wanted}
                faults.append(Message("frozen-differs", values))
    return tuple(faults)


def _check_parts(unit: FrozenUnit) -> Iterator[Message]:
    """Each part against the sum of its criteria."""
    by_part: dict[str, list[FrozenCriterion]] = {}
    for criterion in unit.criteria:
        by_part.setdefault(criterion.part, []).append(criterion)
    for part in unit.points.parts:
        wanted = sum_criteria(part.part, by_part.get(part.part, ()))
        if (part.max, part.lowest, part.highest) != (wanted.max, wanted.lowest, wanted.highest):
            values = {"unit": unit.points.name, "what": part.part, "given": f"{part.lowest}/{part.max}",
                      "wanted": f"{wanted.lowest}/{wanted.max}"}  # fmt: skip
            yield Message("frozen-differs", values)


def sum_criteria(name: str, criteria: Iterable[FrozenCriterion]) -> PartPoints:
    """The part that those criteria make up."""
    every = tuple(criteria)
    counted = [criterion for criterion in every if criterion.is_assessed]
    if not counted:
        return PartPoints(name, sum((criterion.max for criterion in every), ZERO))
    return PartPoints(
        name,
        sum((criterion.max for criterion in counted if not criterion.beside_scale), ZERO),
        sum((criterion.lowest for criterion in counted), ZERO),
        sum((criterion.highest for criterion in counted), ZERO),
    )

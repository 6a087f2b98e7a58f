"""Ranked units as the annexes of a decision: the whole index, then each field, in sections.

Each group is a section; its units that are graded and not ranked (Lâm Đồng 2025: Thanh tra tỉnh) stand apart in one of
their own. Highest, mean and lowest are those of the units of a section whose index is sure; the mean is that of the
unrounded indexes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from evidence.model.scores.publication import (
    AnnexSection,
    FieldShares,
    IndexSummary,
    PublishedAnnex,
    PublishedField,
)
from evidence.model.scoring import UnitPoints, UnitStanding
from evidence.scoring.index import compute_index
from evidence.scoring.ranking import RankingRules, rank_units

ZERO = Decimal(0)


def make_whole_annex(standings: Sequence[UnitStanding]) -> PublishedAnnex:
    """The annex of the whole index: the units as they are ranked."""
    return PublishedAnnex(None, _make_sections(standings))


def make_field_annex(field: PublishedField, units: Iterable[UnitPoints], provisional: bool = False) -> PublishedAnnex:
    """The annex of one field: who has it, ranked by the percent reached in it. Nobody is graded by one field."""
    alone = [
        replace(unit, parts=tuple(part for part in unit.parts if part.part == field.code and not part.beside_scale))
        for unit in units
    ]
    having = [unit for unit in alone if unit.max > 0]
    return PublishedAnnex(field, _make_sections(rank_units(having, RankingRules(provisional=provisional))))


def share_fields(fields: Sequence[PublishedField], units: Iterable[UnitPoints]) -> tuple[FieldShares, ...]:
    """The percent of each field's maximum that each unit reached."""
    return tuple(
        FieldShares(unit.name, unit.group, tuple(_share(unit, field.code) for field in fields)) for unit in units
    )


def summarise_index(standings: Iterable[UnitStanding]) -> IndexSummary | None:
    """Highest, mean and lowest index of the units whose index is sure."""
    indexes = [
        standing.low for standing in standings if standing.low is not None and standing.points.is_complete
    ]  # fmt: skip
    if not indexes:
        return None
    mean = compute_index(sum(indexes, ZERO), Decimal(len(indexes) * 100))
    return IndexSummary(len(indexes), max(indexes), mean, min(indexes))


def _share(unit: UnitPoints, code: str) -> Decimal | None:
    parts = [part for part in unit.parts if part.part == code and part.is_assessed and not part.beside_scale]
    alone = replace(unit, parts=tuple(parts))
    return compute_index(alone.lowest, alone.max) if alone.max > 0 and alone.is_complete else None


def _make_sections(standings: Sequence[UnitStanding]) -> tuple[AnnexSection, ...]:
    keys = dict.fromkeys((standing.points.group, standing.points.is_ranked) for standing in standings)
    groups = dict.fromkeys(group for group, _ in keys)
    return tuple(
        AnnexSection(group, is_ranked, members, summarise_index(members))
        for group in groups
        for is_ranked in (True, False)
        if (members := _members(standings, group, is_ranked))
    )


def _members(standings: Iterable[UnitStanding], group: str | None, is_ranked: bool) -> tuple[UnitStanding, ...]:
    return tuple(
        standing for standing in standings if (standing.points.group, standing.points.is_ranked) == (group, is_ranked)
    )

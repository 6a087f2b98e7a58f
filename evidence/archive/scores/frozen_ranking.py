"""Frozen points shown again: the ranking and the publication as they stood, whatever changed in the archive since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evidence import codec
from evidence.archive.scores.publication import PublicationRequest, publish_fields
from evidence.config import Settings
from evidence.errors import ArchiveError
from evidence.model.criteria import CriteriaSet, walk_criteria
from evidence.model.frozen_scores import FrozenCriterion, FrozenScores, FrozenUnit
from evidence.model.scores.publication import Publication, PublishedField
from evidence.model.scoring import PartPoints, UnitPoints, UnitStanding
from evidence.scoring.ranking import RankingRules, rank_units
from evidence.store.scores.frozen_scores import StoredScores


@dataclass(frozen=True, slots=True)
class FrozenRound:
    """Points as they were frozen, with the SHA-256 that names them."""

    scores: FrozenScores
    sha256: str


def open_frozen(stored: StoredScores) -> FrozenRound:
    """What is kept under that name. ArchiveError: it is damaged."""
    try:
        return FrozenRound(codec.decode(stored.data, FrozenScores), stored.sha256)
    except ValueError as error:
        raise ArchiveError("archive-damaged", "archive-damaged-hint", home=stored.name) from error


def stand_frozen(scores: FrozenScores) -> tuple[UnitStanding, ...]:
    """The units in their order, with the ranks and grades that were kept."""
    kept = {unit.points.unit: unit for unit in scores.units}
    ranked = rank_units((unit.points for unit in scores.units), RankingRules(scores.grades, scores.is_provisional))
    return tuple(
        replace(each, rank=kept[each.points.unit].rank, grade=kept[each.points.unit].grade) for each in ranked
    )  # fmt: skip


def publish_frozen(
    scores: FrozenScores, criteria: CriteriaSet | None, request: PublicationRequest, settings: Settings
) -> Publication:
    """What a decision publishes of them; ``criteria``: the set, for the titles of its fields. Errors as of
    ``publish_fields``."""
    tops = {each.code: top for top in criteria.criteria for each in walk_criteria((top,))} if criteria else {}
    fields: dict[str, PublishedField] = {}
    units = []
    for unit in scores.units:
        by_field: dict[str, list[FrozenCriterion]] = {}
        for each in unit.criteria:
            top = tops.get(each.criterion)
            code = top.code if top else each.criterion.split(".")[0]
            fields.setdefault(code, PublishedField(code, top.title if top else ""))
            by_field.setdefault(code, []).append(each)
        units.append(_sum_fields(unit, by_field))
    order = {top.code: at for at, top in enumerate(criteria.criteria)} if criteria else {}
    listed = sorted(fields.values(), key=lambda field: order.get(field.code, len(order)))
    rules = RankingRules(scores.grades, scores.is_provisional)
    return publish_fields(stand_frozen(scores), tuple(listed), units, replace(request, rules=rules), settings)


def _sum_fields(unit: FrozenUnit, by_field: Mapping[str, Sequence[FrozenCriterion]]) -> UnitPoints:
    parts = []
    for code, criteria in by_field.items():
        scale = [each for each in criteria if not each.beside_scale]
        counted = [each for each in scale if each.is_assessed]
        if not scale:
            continue
        zero = scale[0].max * 0
        most = sum((each.max for each in counted or scale), zero)
        lowest = sum((each.lowest for each in counted), zero) if counted else None
        highest = sum((each.highest for each in counted), zero) if counted else None
        parts.append(PartPoints(code, most, lowest, highest))
    points = unit.points
    return UnitPoints(points.unit, points.name, points.group, points.is_ranked, tuple(parts))

"""Appraised points, surveys and satisfaction joined into the points of a unit, part by part.

Of a criterion counts what an appraiser decided (on itself or on one above it, which stands for all below); else, where
it is surveyed, the survey; else what the rules give, as a range while something is open. A part that was not assessed
takes its maximum along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evidence.model.appraisal import Decision
from evidence.model.assessment import Score
from evidence.model.criteria import CriteriaSet, Unit
from evidence.model.score_rule import ScoreBlock, ScoreRule
from evidence.model.scoring import PartPoints, UnitPoints
from evidence.model.survey import UnitSurvey
from evidence.scoring.leaves import ONE, UnitLeaf, list_unit_leaves
from evidence.scoring.score_parts import PartCriteria
from evidence.vietnamese.text import fold

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class UnitSources:
    """What is known of one unit: points by the rules, decisions and surveys, by folded code of the criterion or name of
    the part."""

    scores: Mapping[str, Score]
    decisions: Mapping[str, Decimal]
    surveys: Mapping[str, UnitSurvey]


@dataclass(frozen=True, slots=True)
class LeafPoints:
    """What a criterion brings: its maximum in the sum of all, its points at worst and at best. ``is_assessed``: False
    where its survey had too few forms. ``source``: decision, survey, rules."""

    leaf: UnitLeaf
    max: Decimal
    lowest: Decimal
    highest: Decimal
    source: str
    is_assessed: bool = True

    @property
    def is_beside_scale(self) -> bool:
        return self.leaf.criterion.block is not None


def group_decisions(decisions: Iterable[Decision]) -> dict[str, dict[str, Decimal]]:
    """The points that were decided last, by folded name of the unit and folded code of the criterion."""
    by_unit: dict[str, dict[str, Decimal]] = {}
    for decision in decisions:
        if decision.points is not None:
            by_unit.setdefault(fold(decision.unit), {})[fold(decision.criterion)] = decision.points
    return by_unit


def latest_decisions(by_unit: Mapping[str, Mapping[str, Decimal]], unit: Unit) -> dict[str, Decimal]:
    """Those of one unit, written under its code or its name: under the code they count."""
    return {**by_unit.get(fold(unit.name), {}), **by_unit.get(fold(unit.code), {})}


def score_leaves(
    criteria: CriteriaSet, unit: Unit, parts: Sequence[PartCriteria], sources: UnitSources
) -> dict[str, tuple[LeafPoints, ...]]:
    """The points of every criterion that applies, by the name of its part."""
    leaves = list_unit_leaves(criteria, unit)
    heads = _deciding_heads(leaves, sources.decisions)
    factors = _group_factors(criteria, leaves)
    points: dict[str, tuple[LeafPoints, ...]] = {}
    for part in parts:
        codes = {leaf.code for leaf in part.leaves}
        survey = sources.surveys.get(part.part.name)
        points[part.part.name] = tuple(
            _score_leaf(leaf, heads, factors, survey, sources) for leaf in leaves if leaf.criterion.code in codes
        )
    return points


def join_points(
    criteria: CriteriaSet, unit: Unit, parts: Sequence[PartCriteria], sources: UnitSources
) -> UnitPoints:  # fmt: skip
    """The unit's points with all its parts, unrounded."""
    return sum_parts(unit, score_leaves(criteria, unit, parts, sources))


def sum_parts(unit: Unit, by_part: Mapping[str, tuple[LeafPoints, ...]]) -> UnitPoints:
    """The same of points that are known by criterion (``score_leaves``)."""
    return UnitPoints(
        unit.code, unit.name, unit.group, unit.is_ranked,
        tuple(_sum_part(name, leaves) for name, leaves in by_part.items() if leaves),
    )  # fmt: skip


def _sum_part(name: str, leaves: Sequence[LeafPoints]) -> PartPoints:
    counted = [leaf for leaf in leaves if leaf.is_assessed]
    if not counted:
        return PartPoints(name, _sum(leaf.max for leaf in leaves))
    return PartPoints(
        name,
        _sum(leaf.max for leaf in counted if not leaf.is_beside_scale),
        _sum(leaf.lowest for leaf in counted),
        _sum(leaf.highest for leaf in counted),
    )


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, ZERO)


def _deciding_heads(leaves: Sequence[UnitLeaf], decisions: Mapping[str, Decimal]) -> dict[str, tuple[str, bool]]:
    """For each criterion the one whose decision it goes by: itself, or one above it; whether it is the first of those,
    which carries the points."""
    heads: dict[str, tuple[str, bool]] = {}
    if not decisions:
        return heads
    carried: set[str] = set()
    for leaf in leaves:
        head = next((code for code in (*leaf.above, leaf.criterion.code) if fold(code) in decisions), None)
        if head is not None:
            heads[leaf.criterion.code] = (head, head not in carried)
            carried.add(head)
    return heads


def _group_factors(criteria: CriteriaSet, leaves: Sequence[UnitLeaf]) -> dict[str, Decimal]:
    """By what the points of a group are multiplied: as those of its leaves, where all of them agree."""
    factors: dict[str, Decimal] = {}
    for leaf in leaves:
        for code in leaf.above:
            factors.setdefault(code, leaf.factor)
    return factors


def _score_leaf(
    leaf: UnitLeaf, heads: Mapping[str, tuple[str, bool]], factors: Mapping[str, Decimal], survey: UnitSurvey | None,
    sources: UnitSources,
) -> LeafPoints:  # fmt: skip
    code, criterion, most = leaf.criterion.code, leaf.criterion, leaf.weighted_max
    if code in heads:
        head, carries = heads[code]
        points = sources.decisions[fold(head)] * factors.get(head, leaf.factor) if carries else ZERO
        points = -points if criterion.block is ScoreBlock.PENALTY else points
        return LeafPoints(leaf, most, points, points, "decision")
    if criterion.score is ScoreRule.SURVEY:
        return _score_by_survey(leaf, survey)
    score = sources.scores.get(fold(code))
    if score is None:
        low, high = (-most, ZERO) if criterion.block is ScoreBlock.PENALTY else (ZERO, most)
        return LeafPoints(leaf, most, low, high, "rules")
    return LeafPoints(leaf, most, score.lowest * leaf.factor, score.highest * leaf.factor, "rules")


def _score_by_survey(leaf: UnitLeaf, survey: UnitSurvey | None) -> LeafPoints:
    """What the survey gives; anything while there is none, nothing where it does not count."""
    most = leaf.weighted_max
    if survey is not None and survey.is_assessed is False:
        return LeafPoints(leaf, most, ZERO, ZERO, "survey", is_assessed=False)
    codes = {fold(each.criterion): each for each in survey.criteria} if survey is not None else {}
    known = codes.get(fold(leaf.criterion.code))
    if known is None or known.score is None or survey is None or not survey.is_assessed:
        return LeafPoints(leaf, most, ZERO, most, "survey")
    points = known.score if leaf.factor == ONE else known.score * leaf.factor
    return LeafPoints(leaf, most, points, points, "survey")

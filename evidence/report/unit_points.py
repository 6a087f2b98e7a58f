"""The points of one unit, criterion by criterion and in all: on its own scale, as claimed, suggested and appraised.

What a special unit is freed of takes its points along, so its total is its own maximum (84 where the set has 100). An
appraised sum is known where each of its parts was decided; the index is what was appraised of that maximum, in percent,
rounded half up to two places, and a range as long as something is still to be decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from evidence.model.appraisal import Decision, Statements
from evidence.model.assessment import Assessment, Score, Verdict
from evidence.model.criteria import Criterion, Unit
from evidence.model.score_rule import ScoreBlock
from evidence.report.summary import ZERO, CriterionFindings, UnitFindings
from evidence.vietnamese.text import fold

HUNDRED, CENT = Decimal(100), Decimal("0.01")
TOTAL = ""  # the code under which scores have the sum of all criteria
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class FormPoints:
    """What stands in the columns of points, for a criterion with all below it; ``applies`` is False for none of it.

    ``low`` and ``high`` are what the rules leave possible, ``open_low`` and ``open_high`` of what nobody has decided;
    ``decided`` is the sum of what somebody has, ``leaves`` the criteria that points are given for.
    """

    max: Decimal
    low: Decimal
    high: Decimal
    claimed: Decimal | None = None
    decided: Decimal = ZERO
    open_low: Decimal = ZERO
    open_high: Decimal = ZERO
    leaves: int = 0
    decided_leaves: int = 0
    applies: bool = True

    @property
    def appraised(self) -> Decimal | None:
        """The points that appraisers gave; None while some of them are still to be given."""
        return self.decided if self.leaves and self.leaves == self.decided_leaves else None

    @property
    def index(self) -> tuple[Decimal, Decimal] | None:
        """Appraised of the applicable maximum in percent, at worst and at best; None where nobody has decided."""
        if not self.decided_leaves or not self.max:
            return None
        low, high = self.decided + self.open_low, self.decided + self.open_high
        return percent_of(low, self.max), percent_of(high, self.max)


def percent_of(points: Decimal, most: Decimal) -> Decimal:
    """Percent, rounded half up to two places.

    >>> str(percent_of(Decimal("71.35"), Decimal(84))), str(percent_of(Decimal("0.125"), Decimal(100)))
    ('84.94', '0.13')
    """
    return (HUNDRED * points / most).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class _Sources:
    """What is known of one unit, by folded code of the criterion."""

    scores: dict[str, Score]
    groups: dict[str, CriterionFindings]
    claimed: dict[str, Decimal]
    decided: dict[str, Decimal]
    points: dict[str, FormPoints] = field(default_factory=dict)


def is_of_unit(name: str, unit: Unit) -> bool:
    """Whether people mean that unit by that name."""
    return fold(name) in (fold(unit.code), fold(unit.name))


def sum_unit_points(assessment: Assessment, view: UnitFindings, statements: Statements) -> dict[str, FormPoints]:
    """The points by folded code of the criterion; those of all together under ``TOTAL``."""
    unit = view.unit
    claims = [claim for claim in statements.claims if is_of_unit(claim.unit, unit) and claim.points is not None]
    sources = _Sources(
        {fold(score.criterion): score for score in assessment.scores if score.unit == unit.code},
        {fold(group.criterion.code): group for group in view.groups},
        {fold(claim.criterion): claim.points for claim in claims if claim.points is not None},
        _last_points(decision for decision in statements.decisions if is_of_unit(decision.unit, unit)),
    )
    criteria = assessment.criteria
    sources.points[TOTAL] = _add(TOTAL, criteria.criteria, criteria.points, sources)
    return sources.points


def _last_points(decisions: Iterable[Decision]) -> dict[str, Decimal]:
    return {fold(decision.criterion): decision.points for decision in decisions if decision.points is not None}


def _points(criterion: Criterion, sources: _Sources) -> FormPoints:
    """Points of the criterion: its own, or those of the criteria below it."""
    key = fold(criterion.code)
    if criterion.children:
        points = _decide(_add(key, criterion.children, criterion.points, sources), key, sources)
    else:
        points = _leaf(criterion, key, sources)
    sources.points[key] = points
    return points


def _decide(points: FormPoints, key: str, sources: _Sources) -> FormPoints:
    """A decision on a whole criterion stands for those on all below it."""
    claimed = sources.claimed.get(key, points.claimed)
    decided = sources.decided.get(key)
    if decided is None or not points.leaves:
        return FormPoints(
            points.max, points.low, points.high, claimed, points.decided, points.open_low, points.open_high,
            points.leaves, points.decided_leaves, points.applies,
        )  # fmt: skip
    return FormPoints(
        points.max, points.low, points.high, claimed, decided, ZERO, ZERO, points.leaves, points.leaves, points.applies
    )


def _leaf(criterion: Criterion, key: str, sources: _Sources) -> FormPoints:
    most, low, high, applies = _possible(criterion, sources.scores.get(key), sources.groups.get(key))
    claimed, decided = sources.claimed.get(key), sources.decided.get(key)
    if not applies:
        return FormPoints(ZERO, ZERO, ZERO, claimed, applies=False)
    if decided is None:
        return FormPoints(most, low, high, claimed, ZERO, low, high, 1)
    taken = -decided if criterion.block is ScoreBlock.PENALTY else decided
    return FormPoints(most, low, high, claimed, taken, leaves=1, decided_leaves=1)


def _possible(
    criterion: Criterion, score: Score | None, group: CriterionFindings | None
) -> tuple[Decimal, Decimal, Decimal, bool]:
    """The unit's maximum, the least and the most that the rules leave, and whether the criterion applies."""
    if score is not None:
        applies = bool(score.applicable or criterion.block or not criterion.points)
        return score.applicable, score.lowest, score.highest, applies
    if group is None:
        return criterion.points, ZERO, criterion.points, True
    worth = [finding.points for finding in group.findings if finding.status is not Verdict.NOT_APPLICABLE]
    parts = worth if group.criterion.additive else worth[:1]
    low = sum((part.suggested if part.suggested is not None else part.suggested_min or ZERO for part in parts), ZERO)
    high = ZERO
    for part in parts:
        most = part.max if part.suggested_max is None else part.suggested_max
        high += most if part.suggested is None else part.suggested
    return (criterion.points if worth else ZERO), low, high, bool(worth)


def _add(key: str, criteria: Sequence[Criterion], whole: Decimal, sources: _Sources) -> FormPoints:
    """The sum of the criteria, each by its weight; of claimed points only where every part that applies has some. What
    the rules leave possible is as it was scored, where it was."""
    parts = [
        (_points(criterion, sources), factor)
        for criterion, factor in zip(criteria, _weights(criteria, whole), strict=True)
    ]
    parts = [(points, factor) for points, factor in parts if points.applies]
    claimed = [points.claimed * factor for points, factor in parts if points.claimed is not None]
    score = sources.scores.get(key)
    return FormPoints(
        score.applicable if score else sum((points.max * factor for points, factor in parts), ZERO),
        score.lowest if score else sum((points.low * factor for points, factor in parts), ZERO),
        score.highest if score else sum((points.high * factor for points, factor in parts), ZERO),
        sum(claimed, ZERO) if claimed and len(claimed) == len(parts) else None,
        sum((points.decided * factor for points, factor in parts), ZERO),
        sum((points.open_low * factor for points, factor in parts), ZERO),
        sum((points.open_high * factor for points, factor in parts), ZERO),
        sum(points.leaves for points, _ in parts),
        sum(points.decided_leaves for points, _ in parts),
        bool(parts),
    )


def _weights(criteria: Sequence[Criterion], whole: Decimal) -> list[Decimal]:
    """By what the points of each of the siblings count in their sum: 1 but where all of them have a weight."""
    weights = [criterion.weight for criterion in criteria if criterion.block is None]
    total = sum((weight for weight in weights if weight is not None), ZERO)
    if not total or None in weights:
        return [ONE] * len(criteria)
    return [
        whole * criterion.weight / (total * criterion.points)
        if criterion.weight is not None and criterion.points and criterion.block is None
        else ONE
        for criterion in criteria
    ]

"""The ranking as it stands by the findings that are kept: nothing is checked anew, so that a page may ask for it.

While points are open a unit's rank is a span: behind all that are surely better, before all that are surely worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evidence.archive.scores.scoring_year import ScoringYear
from evidence.archive.scores.year_basis import gather_sources
from evidence.archive.stored_findings.kept_findings import KeptFindings
from evidence.model.criteria import CriteriaSet
from evidence.model.kept_finding import FindingsState
from evidence.model.scoring import UnitStanding
from evidence.scoring.joined_points import LeafPoints, score_leaves, sum_parts
from evidence.scoring.ranking import RankingRules, rank_units
from evidence.scoring.score_parts import list_parts
from evidence.search.scope import Scope


@dataclass(frozen=True, slots=True)
class RankSpan:
    """A unit's ranks, the best and the worst that are still possible; equal once nothing is open."""

    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class LargestLoss:
    """The criterion where most points are surely lost."""

    criterion: str
    title: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A row of the ranking. ``span`` is None for a unit that is not ranked, ``loss`` where nothing is lost."""

    standing: UnitStanding
    span: RankSpan | None
    loss: LargestLoss | None


@dataclass(frozen=True, slots=True)
class KeptRanking:
    """The rows, group by group; the state of the findings that they rest on; the units that have none yet."""

    rows: tuple[RankedUnit, ...]
    state: FindingsState
    unknown: tuple[str, ...]

    @property
    def open(self) -> int:
        """How many units have points that are still open."""
        return sum(not row.standing.points.is_complete for row in self.rows)


def rank_kept(scoring: ScoringYear, findings: KeptFindings, criteria: CriteriaSet, scope: Scope) -> KeptRanking:
    """The units of that set that the scope shows and whose findings are kept, by what is known of them now."""
    settled = findings.settle(criteria, scope)
    scores = settled.narrow(findings.list_scores(criteria.set, scope))
    known = {score.unit for score in scores}
    units = tuple(unit for unit in scoring.exempt_units(criteria, findings.figures(criteria.set)) if unit.code in known)
    parts = list_parts(criteria)
    decisions, surveys = settled.join(scoring.decisions(criteria)), scoring.score_surveys(criteria)
    sources = gather_sources(units, scores, decisions, surveys)
    leaves = [(unit, score_leaves(criteria, unit, parts, sources[unit.code])) for unit in units]
    points = [sum_parts(unit, by_part) for unit, by_part in leaves]
    standings = rank_units(points, RankingRules(criteria.grades, provisional=True))
    losses = {unit.code: _largest(by_part) for unit, by_part in leaves}
    rows = (RankedUnit(each, span_rank(each, standings), losses[each.points.unit]) for each in standings)
    unknown = tuple(unit.name for unit in criteria.units if unit.code not in known and scope.sees(unit.code))
    return KeptRanking(tuple(rows), findings.tell_state(criteria.set, scope), unknown)


def span_rank(standing: UnitStanding, standings: Iterable[UnitStanding]) -> RankSpan | None:
    """The ranks that the unit may still get in its group; None where it is not ranked."""
    if standing.rank is None or standing.low is None or standing.high is None:
        return None
    rivals = [
        each for each in standings
        if each is not standing and each.points.group == standing.points.group and each.rank is not None
    ]  # fmt: skip
    better = sum(each.low is not None and each.low > standing.high for each in rivals)
    perhaps = sum(each.high is not None and each.high > standing.low for each in rivals)
    return RankSpan(1 + better, 1 + perhaps)


def _largest(by_part: dict[str, tuple[LeafPoints, ...]]) -> LargestLoss | None:
    leaves: Sequence[LeafPoints] = [leaf for part in by_part.values() for leaf in part if leaf.is_assessed]
    lost = [(leaf.max - leaf.highest, leaf.leaf.criterion) for leaf in leaves if not leaf.is_beside_scale]
    points, criterion = max(lost, key=lambda pair: pair[0], default=(Decimal(0), None))
    if criterion is None or points <= 0:
        return None
    return LargestLoss(criterion.code, criterion.title, points)

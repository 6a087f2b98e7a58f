"""All that the points of a year rest on, and those points joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.model.appraisal import Decision
from evidence.model.assessment import Assessment, Figure, Score
from evidence.model.criteria import CriteriaSet, Unit
from evidence.model.scoring import UnitPoints
from evidence.model.survey import UnitSurvey
from evidence.scoring.joined_points import UnitSources, group_decisions, join_points, latest_decisions
from evidence.scoring.score_parts import list_parts
from evidence.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class YearBasis:
    """All that the points of a year rest on."""

    criteria: CriteriaSet
    units: tuple[Unit, ...]
    assessment: Assessment
    decisions: tuple[Decision, ...]
    surveys: tuple[UnitSurvey, ...]
    figures: tuple[Figure, ...] = ()

    def sources(self) -> dict[str, UnitSources]:
        """What is known of each unit, by its code."""
        return gather_sources(self.units, self.assessment.scores, self.decisions, self.surveys)


def gather_sources(
    units: Iterable[Unit], scored: Iterable[Score], decisions: Iterable[Decision], surveys: Iterable[UnitSurvey]
) -> dict[str, UnitSources]:
    """Points by the rules, decisions and surveys of each of those units, by its code."""
    listed = tuple(units)
    scores: dict[str, dict[str, Score]] = {unit.code: {} for unit in listed}
    for score in scored:
        scores.setdefault(score.unit, {})[fold(score.criterion)] = score
    by_survey: dict[str, dict[str, UnitSurvey]] = {}
    for survey in surveys:
        by_survey.setdefault(survey.unit, {})[survey.part] = survey
    decided = group_decisions(decisions)
    return {
        unit.code: UnitSources(scores[unit.code], latest_decisions(decided, unit), by_survey.get(unit.code, {}))
        for unit in listed
    }


def join_units(basis: YearBasis) -> tuple[UnitPoints, ...]:
    """The points of every unit, part by part."""
    parts, sources = list_parts(basis.criteria), basis.sources()
    return tuple(join_points(basis.criteria, unit, parts, sources[unit.code]) for unit in basis.units)

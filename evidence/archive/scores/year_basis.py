"""All that the points of a year rest on, and those points joined."""

from __future__ import annotations

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
        scores: dict[str, dict[str, Score]] = {unit.code: {} for unit in self.units}
        for score in self.assessment.scores:
            scores.setdefault(score.unit, {})[fold(score.criterion)] = score
        surveys: dict[str, dict[str, UnitSurvey]] = {}
        for survey in self.surveys:
            surveys.setdefault(survey.unit, {})[survey.part] = survey
        decided = group_decisions(self.decisions)
        return {
            unit.code: UnitSources(scores[unit.code], latest_decisions(decided, unit), surveys.get(unit.code, {}))
            for unit in self.units
        }


def join_units(basis: YearBasis) -> tuple[UnitPoints, ...]:
    """The points of every unit, part by part."""
    parts, sources = list_parts(basis.criteria), basis.sources()
    return tuple(join_points(basis.criteria, unit, parts, sources[unit.code]) for unit in basis.units)

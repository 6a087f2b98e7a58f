"""What surveys say, as JSON lines: a line a unit and criterion; numbers that are no counts are texts."""

from __future__ import annotations

import json
from collections.abc import Iterable

from evidence.model.survey import CriterionSurvey, UnitSurvey
from evidence.report.scores.standings_json import show_points


def criterion_json(unit: UnitSurvey, criterion: CriterionSurvey) -> dict[str, object]:
    """One criterion of a unit, with the forms of its part."""
    return {
        "unit": unit.unit,
        "part": unit.part,
        "criterion": criterion.criterion,
        "max": show_points(criterion.max),
        "score": show_points(criterion.score),
        "valid": criterion.valid,
        "unknown": criterion.unknown,
        "blank": criterion.blank,
        "forms": unit.forms,
        "sent": unit.sent,
        "rate": show_points(unit.rate),
        "needed": unit.needed,
        "assessed": unit.is_assessed,
        "shortfalls": list(unit.shortfalls),
    }


def render_surveys(units: Iterable[UnitSurvey]) -> str:
    """JSON Lines, in the order of the set."""
    return "".join(
        json.dumps(criterion_json(unit, criterion), ensure_ascii=False) + "\n"
        for unit in units
        for criterion in unit.criteria
    )

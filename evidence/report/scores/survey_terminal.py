"""What surveys say, for a terminal: a row a unit and part, with response rate and "không biết"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from evidence.messages import Language
from evidence.model.criteria import CriteriaSet
from evidence.model.survey import UnitSurvey
from evidence.report.labels import label
from evidence.report.scores.standings_terminal import render_grid, short, show_number

HEADS = ("unit", "part", "forms", "sent", "rate", "unknown", "blank", "max", "points", "state")
TENTH = Decimal("0.1")


def render_units(
    units: Sequence[UnitSurvey], criteria: CriteriaSet, language: Language, width: int, colour: bool = False
) -> str:
    """The units in the order of the set."""
    names = {unit.code: unit.name for unit in criteria.units}
    heads = [label(f"score-{head}", language) for head in HEADS]
    rows = [_row(unit, names.get(unit.unit, unit.unit), language) for unit in units]
    return render_grid("", heads, rows, width, colour, name_at=0)


def _row(unit: UnitSurvey, name: str, language: Language) -> tuple[str, ...]:
    answers = [(each.valid, each.unknown, each.blank) for each in unit.criteria]
    unknown, blank = (sum(each[at] for each in answers) for at in (1, 2))
    rate = f"{show_number(str(unit.rate.quantize(TENTH, ROUND_HALF_UP)), language)} %" if unit.rate is not None else "–"
    return (
        name, unit.part, "–" if unit.forms is None else str(unit.forms), "–" if unit.sent is None else str(unit.sent),
        rate, str(unknown), str(blank), show_number(short(unit.max), language),
        show_number(short(unit.score), language) if unit.score is not None else "–", _state(unit, language),
    )  # fmt: skip


def _state(unit: UnitSurvey, language: Language) -> str:
    """Assessed, not assessed and why, or nobody knows yet."""
    state = {None: "open", True: "assessed", False: "not-assessed"}[unit.is_assessed]
    reasons = [label(f"score-{code}", language) for code in unit.shortfalls]
    return label(f"score-{state}", language) + (f" ({', '.join(reasons)})" if reasons else "")

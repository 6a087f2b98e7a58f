"""The score rules, one function each: settled verdicts and figures -> points, as a range where a figure is lacking.

Figures that the evidence gives: ``asked`` documents asked for, ``found`` those that fit, ``met`` in time, ``late``,
``missing``, ``share`` met of asked in percent, ``days_late`` of the latest, ``points`` of the criterion. Others are
typed in by a person; while one lacks, the points may be anything the rule can give.

The clauses of a criterion are figures too, 1 or 0. While a person has not said whether it applies, or whether it has
full points, what documents do not bring is open; a figure given for its rule says that it applies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from evidence.criteria import formula
from evidence.criteria.applicability import DEDUCTED, FULL_POINTS, NOT_APPLICABLE
from evidence.criteria.score_rule_reader import YEARS
from evidence.model.assessment import Verdict
from evidence.model.criteria import Criterion, Requirement
from evidence.model.score_rule import Band, Rounding, ScorePart, ScoreRule

ZERO, ONE, HALF, HUNDRED = Decimal(0), Decimal(1), Decimal("0.5"), Decimal(100)
MODES = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "down": ROUND_DOWN}


class ScoredRequirement(NamedTuple):
    """A requirement, its verdict, how many documents came in time and late, and how many days the latest was late
    (None: not known)."""

    requirement: Requirement
    verdict: Verdict
    in_time: int = 0
    late: int = 0
    days: int | None = 0


@dataclass(frozen=True, slots=True)
class PointRange:
    """The least and the most; ``lacking`` are the figures without which it cannot be told."""

    low: Decimal
    high: Decimal
    lacking: tuple[str, ...] = ()

    @property
    def sure(self) -> Decimal | None:
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class _Case:
    criterion: Criterion
    whole: Decimal
    rows: tuple[ScoredRequirement, ...]
    figures: Mapping[str, Decimal]


def apply_rule(
    criterion: Criterion,
    whole: Decimal,
    rows: tuple[ScoredRequirement, ...],
    figures: Mapping[str, Decimal],
    rounding: Rounding,
) -> PointRange:
    """The points for settled verdicts, rounded as the set says and kept between nothing and the whole."""
    points = _deduct(_open_clauses(RULES[criterion.score], _Case(criterion, whole, rows, figures)), criterion, figures)
    low, high = (round_points(min(max(value, ZERO), whole), rounding) for value in (points.low, points.high))
    return PointRange(low, high, points.lacking)


def _open_clauses(rule: Callable[[_Case], PointRange], case: _Case) -> PointRange:
    """What the rule gives, and the most where a clause that nobody has answered may still hold."""
    if case.criterion.full_points_if and case.figures.get(FULL_POINTS) == ONE:
        return _exactly(case.whole)
    points = rule(case)
    clauses = {NOT_APPLICABLE: case.criterion.not_applicable_if, FULL_POINTS: case.criterion.full_points_if}
    open_names = tuple(name for name, clause in clauses.items() if clause and name not in case.figures)
    given = set(case.figures) - {NOT_APPLICABLE, FULL_POINTS, DEDUCTED}
    if not open_names or given or points.low >= case.whole:
        return points
    return PointRange(points.low, case.whole, (*points.lacking, *open_names))


def _deduct(points: PointRange, criterion: Criterion, figures: Mapping[str, Decimal]) -> PointRange:
    """The percent taken of the points reached ("TRỪ 10% tổng số điểm đạt được"), where its clause holds."""
    percent = criterion.scoring.deduct
    if not percent or figures.get(DEDUCTED) == ZERO:
        return points
    left = ONE - percent / HUNDRED
    if DEDUCTED in figures:
        return PointRange(points.low * left, points.high * left, points.lacking)
    return PointRange(points.low * left, points.high, (*points.lacking, DEDUCTED) if points.high else points.lacking)


def round_points(value: Decimal, rounding: Rounding) -> Decimal:
    """Rounded where it has more places than the set allows; ``1`` stays ``1``.

    >>> str(round_points(Decimal("1.125"), Rounding())), str(round_points(Decimal("1.5"), Rounding(0, "half-even")))
    ('1.13', '2')
    """
    step = ONE.scaleb(-rounding.places)
    near = value.quantize(step, MODES[rounding.mode])
    return value if near == value else near


def _timeliness(case: _Case) -> PointRange:
    late = case.criterion.scoring.late
    part = HALF if late is None else late
    worth = {Verdict.MET: ONE, Verdict.LATE: part}
    total = sum((worth.get(row.verdict, ZERO) for row in case.rows), ZERO)
    return _exactly(case.whole * total / max(len(case.rows), 1))


def _all_or_nothing(case: _Case) -> PointRange:
    return _exactly(case.whole if all(row.verdict is Verdict.MET for row in case.rows) else ZERO)


def _per_item(case: _Case) -> PointRange:
    scoring, asked = case.criterion.scoring, sum(row.requirement.count for row in case.rows)
    each = scoring.each if scoring.each is not None else case.whole / max(asked, 1)
    in_time = sum(
        row.in_time if scoring.each is not None else min(row.in_time, row.requirement.count) for row in case.rows
    )
    late = sum(row.late for row in case.rows)
    low, high = (ZERO, ONE) if scoring.late is None else (scoring.late, scoring.late)
    return PointRange(min(each * (in_time + late * low), case.whole), min(each * (in_time + late * high), case.whole))


def _deduction(case: _Case) -> PointRange:
    scoring = case.criterion.scoring
    missing = scoring.missing or ZERO
    absent = sum(max(row.requirement.count - row.in_time - row.late, 0) for row in case.rows)
    late = sum(row.late for row in case.rows)
    base = case.whole - missing * absent
    high = base - (scoring.late or ZERO) * late - _by_days(case, least=True)
    low = base - (missing if scoring.late is None else scoring.late) * late - _by_days(case, least=False)
    return PointRange(low, high)


def _by_days(case: _Case, least: bool) -> Decimal:
    """Taken for days late; where their number is not known one day, or everything."""
    each = case.criterion.scoring.per_day
    if each is None:
        return ZERO
    if any(row.days is None for row in case.rows):
        return each if least else case.whole
    return each * sum((Decimal(row.days or 0) for row in case.rows), ZERO)


def _stepped(case: _Case) -> PointRange:
    scoring = case.criterion.scoring
    values, lacking = _value(case, scoring.of or "")
    return _in_bands(scoring.bands, values, lacking, case.whole)


def _in_bands(
    known_bands: tuple[Band, ...], values: list[Decimal], lacking: tuple[str, ...], whole: Decimal
) -> PointRange:
    bands = [next((band for band in known_bands if is_within_band(band, value)), None) for value in values]
    known = [band.points for band in bands if band is not None]
    if known and len(known) == len(bands):
        return PointRange(min(known), max(known))
    every = [band.points for band in known_bands]  # no value, or one that no band holds: never guessed
    return PointRange(min(every, default=ZERO), max(every, default=whole), lacking)


def is_within_band(band: Band, value: Decimal) -> bool:
    """Whether the value lies in the band; each boundary belongs where the set says."""
    above = band.low is None or value > band.low or (band.low_in and value == band.low)
    return above and (band.high is None or value < band.high or (band.high_in and value == band.high))


def _proportional(case: _Case) -> PointRange:
    """Full points from ``full`` on, nothing below ``none_below``, between them the share of ``full``
    (QĐ 11-QĐ/TU II.6: >= 85 % full, 60-<85 % rate/85 %, below 60 % nothing)."""
    scoring = case.criterion.scoring
    values, lacking = _value(case, scoring.of or "")
    full, least = scoring.full or HUNDRED, scoring.none_below or ZERO
    points = [case.whole if value >= full else ZERO if value < least else case.whole * value / full for value in values]
    return PointRange(min(points), max(points)) if points else PointRange(ZERO, case.whole, lacking)


def _formula(case: _Case) -> PointRange:
    scoring = case.criterion.scoring
    return _computed(scoring.formula or "", scoring.figures, {**_ready(case), **case.figures}, case.whole)


def _computed(text: str, figures: tuple[str, ...], known: Mapping[str, Decimal], whole: Decimal) -> PointRange:
    lacking = tuple(name for name in figures if name not in known)
    points = formula.compute_formula(text, known) if not lacking else None
    return PointRange(ZERO, whole, lacking) if points is None else _exactly(points)


def _sum_of_parts(case: _Case) -> PointRange:
    """Each part up to its own points, all together up to those of the criterion."""
    ranges = [_part(part, case) for part in case.criterion.scoring.parts]
    low = sum((points.low for points in ranges), ZERO)
    high = sum((points.high for points in ranges), ZERO)
    return PointRange(low, high, tuple(dict.fromkeys(name for points in ranges for name in points.lacking)))


def _part(part: ScorePart, case: _Case) -> PointRange:
    if part.formula:
        known = {**_ready(case), **case.figures, "points": part.points}
        points = _computed(part.formula, part.figures, known, part.points)
    else:
        values = [case.figures[part.name]] if part.name in case.figures else []
        lacking = () if values else (part.name,)
        if part.bands:
            points = _in_bands(part.bands, values, lacking, part.points)
        else:
            each = part.points if part.each is None else part.each
            points = _exactly(each * values[0]) if values else PointRange(ZERO, part.points, lacking)
    low, high = (min(max(value, ZERO), part.points) for value in (points.low, points.high))
    return PointRange(low, high, points.lacking)


def _year_on_year(case: _Case) -> PointRange:
    """The bands of the change against the year before; a percentage of nothing is left open."""
    scoring = case.criterion.scoring
    lacking = tuple(name for name in YEARS if name not in case.figures)
    values: list[Decimal] = []
    if not lacking:
        now, before = (case.figures[name] for name in YEARS)
        change = before - now if (scoring.of or "").startswith("giam") else now - before
        if not (scoring.of or "").endswith("ty_le"):
            values = [change]
        elif before:
            values = [HUNDRED * change / before]
    return _in_bands(scoring.bands, values, lacking, case.whole)


def _value(case: _Case, name: str) -> tuple[list[Decimal], tuple[str, ...]]:
    """The values that the figure may have: one, none where a person must give it."""
    known = {**_ready(case), **case.figures}
    return ([known[name]], ()) if name in known else ([], (name,))


def _ready(case: _Case) -> dict[str, Decimal]:
    """The figures that the evidence gives."""
    asked, met = sum(row.requirement.count for row in case.rows), sum(row.in_time for row in case.rows)
    late = sum(row.late for row in case.rows)
    figures = {
        "points": case.whole, "asked": Decimal(asked), "met": Decimal(met), "late": Decimal(late),
        "found": Decimal(met + late), "missing": Decimal(max(asked - met - late, 0)),
    }  # fmt: skip
    if asked:
        figures["share"] = HUNDRED * min(met, asked) / asked
    if all(row.days is not None for row in case.rows):
        figures["days_late"] = Decimal(max((row.days or 0 for row in case.rows), default=0))
    return figures


def _typed_in(case: _Case) -> PointRange:
    return PointRange(ZERO, case.whole)


def _exactly(value: Decimal) -> PointRange:
    return PointRange(value, value)


RULES: dict[ScoreRule, Callable[[_Case], PointRange]] = {
    ScoreRule.ALL_OR_NOTHING: _all_or_nothing,
    ScoreRule.TIMELINESS: _timeliness,
    ScoreRule.PER_ITEM: _per_item,
    ScoreRule.STEPPED: _stepped,
    ScoreRule.PROPORTIONAL: _proportional,
    ScoreRule.DEDUCTION: _deduction,
    ScoreRule.FORMULA: _formula,
    ScoreRule.SUM_OF_PARTS: _sum_of_parts,
    ScoreRule.YEAR_ON_YEAR: _year_on_year,
    ScoreRule.MANUAL: _typed_in,
    ScoreRule.SURVEY: _typed_in,
}

"""A criteria set as the YAML file of ``docs/criteria-file.md``: what an import writes and a person goes on with.

Every text is quoted (``"1.10"`` stays a code), points stand bare with a point, texts of several lines as blocks. What
reads it back is ``loader``; a test holds that the two agree.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from evidence.criteria.head_writer import write_head_keys, write_units
from evidence.criteria.requirement_writer import STEP, quote_text, write_requirements
from evidence.model.criteria import CriteriaSet, Criterion
from evidence.model.score_rule import Band, ScorePart, ScoreRule, Scoring


def render_yaml(criteria: CriteriaSet, remarks: Sequence[str] = ()) -> str:
    """The file's text; ``remarks`` stand at its head as comments."""
    lines = [f"# {line}" for remark in remarks for line in remark.splitlines()]
    lines += [
        f"set: {quote_text(criteria.set)}",
        f"title: {quote_text(criteria.title)}",
        f"year: {criteria.year}",
        f"level: {criteria.level}",
    ]
    if criteria.based_on:
        dated = f", date: {criteria.based_on_date.isoformat()}" if criteria.based_on_date else ""
        lines.append(f"based_on: {{number: {quote_text(str(criteria.based_on))}{dated}}}")
    lines += _round(criteria)
    lines += write_head_keys(criteria)
    lines += write_units(criteria.units)
    lines.append("criteria:")
    for criterion in criteria.criteria:
        lines += _criterion(criterion, STEP)
    return "\n".join(lines) + "\n"


def _round(criteria: CriteriaSet) -> Iterator[str]:
    """What belongs to the round: the days that figures are counted over, and the moment it closes."""
    if criteria.window_from or criteria.window_to:
        yield write_window(criteria.window_from, criteria.window_to)
    if criteria.closing:
        yield write_closing(criteria.closing)


def write_window(first: datetime.date | None, last: datetime.date | None) -> str:
    """The line of the days that figures are counted over."""
    return f"window: {_day(first)}..{_day(last)}"


def write_closing(closing: datetime.datetime) -> str:
    """The line of the moment that the round closes at."""
    return f"closing: {closing.isoformat(timespec='minutes')}"


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _criterion(criterion: Criterion, margin: str) -> Iterator[str]:
    inner = margin + STEP
    yield f"{margin}- code: {quote_text(criterion.code)}"
    yield f"{inner}title: {quote_text(criterion.title)}"
    yield f"{inner}points: {_decimal(criterion.points)}"
    if criterion.page is not None:
        yield f"{inner}page: {criterion.page}"
    yield from _text("rule_text", criterion.rule_text, inner)
    yield from _text("evidence_text", criterion.evidence_text, inner)
    yield from _clauses(criterion, inner)
    yield from _profiles(criterion, inner)
    yield from _score(criterion, inner)
    if criterion.evidence:
        yield f"{inner}evidence:"
    yield from write_requirements(criterion.evidence, inner + STEP)
    if criterion.children:
        yield f"{inner}children:"
    for child in criterion.children:
        yield from _criterion(child, inner + STEP)


def _clauses(criterion: Criterion, margin: str) -> Iterator[str]:
    if criterion.block:
        yield f"{margin}block: {criterion.block.value}"
    if criterion.weight is not None:
        yield f"{margin}weight: {_decimal(criterion.weight)}"
    if criterion.owners:
        yield f"{margin}owners: [{', '.join(map(quote_text, criterion.owners))}]"
    if criterion.timely:
        yield f"{margin}timely: true"
    if not criterion.self_assessed:
        yield f"{margin}self_assessed: false"
    yield from _text("not_applicable_if", criterion.not_applicable_if, margin)
    yield from _text("full_points_if", criterion.full_points_if, margin)


def _profiles(criterion: Criterion, margin: str) -> Iterator[str]:
    """What a special unit is not asked, and where it has a maximum of its own."""
    if criterion.not_for:
        yield f"{margin}not_for: [{', '.join(map(quote_text, criterion.not_for))}]"
    if criterion.points_for:
        parts = ", ".join(f"{quote_text(name)}: {_decimal(points)}" for name, points in criterion.points_for)
        yield f"{margin}points_for: {{{parts}}}"


def _text(key: str, text: str, margin: str) -> Iterator[str]:
    if not text:
        return
    if "\n" not in text:
        yield f"{margin}{key}: {quote_text(text)}"
        return
    yield f"{margin}{key}: |-"
    for line in text.split("\n"):
        yield f"{margin}{STEP}{line}"


def _score(criterion: Criterion, margin: str) -> Iterator[str]:
    scoring = criterion.scoring
    if scoring == Scoring():
        if criterion.score is not ScoreRule.MANUAL:
            yield f"{margin}score: {criterion.score.value}"
        return
    yield f"{margin}score:"
    inner = margin + STEP
    yield f"{inner}rule: {criterion.score.value}"
    if scoring.of:
        yield f"{inner}of: {scoring.of}"
    for name in ("full", "none_below", "each", "missing", "late", "per_day", "deduct"):
        value: Decimal | None = getattr(scoring, name)
        if value is not None:
            yield f"{inner}{name}: {_decimal(value)}"
    if scoring.deduct_if:
        yield f"{inner}deduct_if: {quote_text(scoring.deduct_if)}"
    yield from _computed(scoring, inner)
    if scoring.parts:
        yield f"{inner}parts:"
    for part in scoring.parts:
        yield from _part(part, inner + STEP)


def _computed(how: Scoring | ScorePart, margin: str) -> Iterator[str]:
    """Formula, figures and bands: of a rule or of one part of a sum."""
    if how.formula:
        yield f"{margin}formula: {quote_text(how.formula)}"
    if how.figures:
        yield f"{margin}figures: [{', '.join(how.figures)}]"
    if how.bands:
        yield f"{margin}bands:"
        yield from (f"{margin}{STEP}- {{{_band(band)}}}" for band in how.bands)


def _part(part: ScorePart, margin: str) -> Iterator[str]:
    inner = margin + STEP
    yield f"{margin}- name: {part.name}"
    yield f"{inner}points: {_decimal(part.points)}"
    if part.words:
        yield f"{inner}words: {quote_text(part.words)}"
    if part.each is not None:
        yield f"{inner}each: {_decimal(part.each)}"
    yield from _computed(part, inner)


def _band(band: Band) -> str:
    sides = []
    if band.low is not None:
        sides.append(f"{'from' if band.low_in else 'above'}: {_decimal(band.low)}")
    if band.high is not None:
        sides.append(f"{'to' if band.high_in else 'below'}: {_decimal(band.high)}")
    return ", ".join([*sides, f"points: {_decimal(band.points)}"])


def _decimal(value: Decimal) -> str:
    return f"{value:f}"

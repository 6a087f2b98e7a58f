"""A criteria set as the YAML file of ``docs/criteria-file.md``: what an import writes and a person goes on with.

Every text is quoted (``"1.10"`` stays a code), points stand bare with a point, texts of several lines as blocks. What
reads it back is ``loader``; a test holds that the two agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from evidence.criteria.requirement_writer import STEP, quote_text, write_requirements
from evidence.model.criteria import Band, CriteriaSet, Criterion, ScoreRule, Scoring


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
    lines += _units(criteria)
    lines.append("criteria:")
    for criterion in criteria.criteria:
        lines += _criterion(criterion, STEP)
    return "\n".join(lines) + "\n"


def _units(criteria: CriteriaSet) -> Iterator[str]:
    if not criteria.units:
        yield "units: []"
        return
    yield "units:"
    for unit in criteria.units:
        profile = f", profile: {quote_text(unit.profile)}" if unit.profile else ""
        parts = (
            f"code: {quote_text(unit.code)}, name: {quote_text(unit.name)}, issuer: {quote_text(unit.issuer)}{profile}"
        )
        yield f"{STEP}- {{{parts}}}"


def _criterion(criterion: Criterion, margin: str) -> Iterator[str]:
    inner = margin + STEP
    yield f"{margin}- code: {quote_text(criterion.code)}"
    yield f"{inner}title: {quote_text(criterion.title)}"
    yield f"{inner}points: {_decimal(criterion.points)}"
    if criterion.page is not None:
        yield f"{inner}page: {criterion.page}"
    yield from _text("rule_text", criterion.rule_text, inner)
    yield from _text("evidence_text", criterion.evidence_text, inner)
    yield from _score(criterion, inner)
    if criterion.evidence:
        yield f"{inner}evidence:"
    yield from write_requirements(criterion.evidence, inner + STEP)
    if criterion.children:
        yield f"{inner}children:"
    for child in criterion.children:
        yield from _criterion(child, inner + STEP)


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
    for name in ("full", "none_below", "each", "missing", "late", "per_day"):
        value: Decimal | None = getattr(scoring, name)
        if value is not None:
            yield f"{inner}{name}: {_decimal(value)}"
    if scoring.formula:
        yield f"{inner}formula: {quote_text(scoring.formula)}"
    if scoring.figures:
        yield f"{inner}figures: [{', '.join(scoring.figures)}]"
    if scoring.bands:
        yield f"{inner}bands:"
        yield from (f"{inner}{STEP}- {{{_band(band)}}}" for band in scoring.bands)


def _band(band: Band) -> str:
    sides = []
    if band.low is not None:
        sides.append(f"{'from' if band.low_in else 'above'}: {_decimal(band.low)}")
    if band.high is not None:
        sides.append(f"{'to' if band.high_in else 'below'}: {_decimal(band.high)}")
    return ", ".join([*sides, f"points: {_decimal(band.points)}"])


def _decimal(value: Decimal) -> str:
    return f"{value:f}"

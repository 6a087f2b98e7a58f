"""A criteria set as the YAML file of ``docs/criteria-file.md``: what an import writes and a person goes on with.

Every text is quoted (``"1.10"`` stays a code), points stand bare with a point, texts of several lines as blocks. What
reads it back is ``match.criteria``; a test holds that the two agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal

from evidence.model.criteria import Band, Clock, CriteriaSet, Criterion, Requirement, ScoreRule, Scoring

STEP = "  "


def render_yaml(criteria: CriteriaSet, remarks: Sequence[str] = ()) -> str:
    """The file's text; ``remarks`` stand at its head as comments."""
    lines = [f"# {line}" for remark in remarks for line in remark.splitlines()]
    lines += [
        f"set: {_quoted(criteria.set)}",
        f"title: {_quoted(criteria.title)}",
        f"year: {criteria.year}",
        f"level: {criteria.level}",
    ]
    if criteria.based_on:
        dated = f", date: {criteria.based_on_date.isoformat()}" if criteria.based_on_date else ""
        lines.append(f"based_on: {{number: {_quoted(str(criteria.based_on))}{dated}}}")
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
        profile = f", profile: {_quoted(unit.profile)}" if unit.profile else ""
        parts = f"code: {_quoted(unit.code)}, name: {_quoted(unit.name)}, issuer: {_quoted(unit.issuer)}{profile}"
        yield f"{STEP}- {{{parts}}}"


def _criterion(criterion: Criterion, margin: str) -> Iterator[str]:
    inner = margin + STEP
    yield f"{margin}- code: {_quoted(criterion.code)}"
    yield f"{inner}title: {_quoted(criterion.title)}"
    yield f"{inner}points: {_decimal(criterion.points)}"
    if criterion.page is not None:
        yield f"{inner}page: {criterion.page}"
    yield from _text("rule_text", criterion.rule_text, inner)
    yield from _text("evidence_text", criterion.evidence_text, inner)
    yield from _score(criterion, inner)
    if criterion.evidence:
        yield f"{inner}evidence:"
    for requirement in criterion.evidence:
        yield from _requirement(requirement, inner + STEP)
    if criterion.children:
        yield f"{inner}children:"
    for child in criterion.children:
        yield from _criterion(child, inner + STEP)


def _text(key: str, text: str, margin: str) -> Iterator[str]:
    if not text:
        return
    if "\n" not in text:
        yield f"{margin}{key}: {_quoted(text)}"
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
        yield f"{inner}formula: {_quoted(scoring.formula)}"
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


def _requirement(requirement: Requirement, margin: str) -> Iterator[str]:
    inner = margin + STEP
    yield f"{margin}- id: {_quoted(requirement.id)}"
    yield f"{inner}title: {_quoted(requirement.title)}"
    if requirement.proposed:
        yield f"{inner}proposed: true"
    if requirement.kinds:
        names = [_quoted(kind.name) for kind in requirement.kinds]
        named = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
        yield f"{inner}kind: {named}"
    if requirement.issuer != "any":
        yield f"{inner}issuer: {_quoted(requirement.issuer) if ' ' in requirement.issuer else requirement.issuer}"
    subject = [word for word in requirement.subject if word != requirement.period]
    if subject:
        yield f"{inner}subject: [{', '.join(map(_quoted, subject))}]"
    if requirement.period:
        yield f"{inner}period: {_quoted(requirement.period)}"
    if requirement.about is not None:
        yield f"{inner}about: {requirement.about}"
    if requirement.due:
        yield f"{inner}due: {requirement.due.isoformat()}"
    if requirement.clock is not Clock.ISSUED:
        yield f"{inner}clock: {requirement.clock.value}"
    if requirement.count != 1:
        yield f"{inner}count: {requirement.count}"
    if requirement.annexes:
        yield f"{inner}annexes: [{', '.join(map(_quoted, requirement.annexes))}]"


def _quoted(text: str) -> str:
    """A double-quoted scalar; JSON's escapes are YAML's."""
    return json.dumps(text, ensure_ascii=False)


def _decimal(value: Decimal) -> str:
    return f"{value:f}"

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
    for one in criteria.criteria:
        lines += _criterion(one, STEP)
    return "\n".join(lines) + "\n"


def _units(criteria: CriteriaSet) -> Iterator[str]:
    if not criteria.units:
        yield "units: []"
        return
    yield "units:"
    for one in criteria.units:
        profile = f", profile: {_quoted(one.profile)}" if one.profile else ""
        parts = f"code: {_quoted(one.code)}, name: {_quoted(one.name)}, issuer: {_quoted(one.issuer)}{profile}"
        yield f"{STEP}- {{{parts}}}"


def _criterion(one: Criterion, margin: str) -> Iterator[str]:
    inner = margin + STEP
    yield f"{margin}- code: {_quoted(one.code)}"
    yield f"{inner}title: {_quoted(one.title)}"
    yield f"{inner}points: {_decimal(one.points)}"
    if one.page is not None:
        yield f"{inner}page: {one.page}"
    yield from _text("rule_text", one.rule_text, inner)
    yield from _text("evidence_text", one.evidence_text, inner)
    yield from _score(one, inner)
    if one.evidence:
        yield f"{inner}evidence:"
    for asked in one.evidence:
        yield from _requirement(asked, inner + STEP)
    if one.children:
        yield f"{inner}children:"
    for child in one.children:
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


def _score(one: Criterion, margin: str) -> Iterator[str]:
    how = one.scoring
    if how == Scoring():
        if one.score is not ScoreRule.MANUAL:
            yield f"{margin}score: {one.score.value}"
        return
    yield f"{margin}score:"
    inner = margin + STEP
    yield f"{inner}rule: {one.score.value}"
    if how.of:
        yield f"{inner}of: {how.of}"
    for name in ("full", "none_below", "each", "missing", "late", "per_day"):
        value: Decimal | None = getattr(how, name)
        if value is not None:
            yield f"{inner}{name}: {_decimal(value)}"
    if how.formula:
        yield f"{inner}formula: {_quoted(how.formula)}"
    if how.figures:
        yield f"{inner}figures: [{', '.join(how.figures)}]"
    if how.bands:
        yield f"{inner}bands:"
        yield from (f"{inner}{STEP}- {{{_band(band)}}}" for band in how.bands)


def _band(one: Band) -> str:
    sides = []
    if one.low is not None:
        sides.append(f"{'from' if one.low_in else 'above'}: {_decimal(one.low)}")
    if one.high is not None:
        sides.append(f"{'to' if one.high_in else 'below'}: {_decimal(one.high)}")
    return ", ".join([*sides, f"points: {_decimal(one.points)}"])


def _requirement(one: Requirement, margin: str) -> Iterator[str]:
    inner = margin + STEP
    yield f"{margin}- id: {_quoted(one.id)}"
    yield f"{inner}title: {_quoted(one.title)}"
    if one.proposed:
        yield f"{inner}proposed: true"
    if one.kinds:
        names = [_quoted(kind.name) for kind in one.kinds]
        told = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
        yield f"{inner}kind: {told}"
    if one.issuer != "any":
        yield f"{inner}issuer: {_quoted(one.issuer) if ' ' in one.issuer else one.issuer}"
    subject = [word for word in one.subject if word != one.period]
    if subject:
        yield f"{inner}subject: [{', '.join(map(_quoted, subject))}]"
    if one.period:
        yield f"{inner}period: {_quoted(one.period)}"
    if one.about is not None:
        yield f"{inner}about: {one.about}"
    if one.due:
        yield f"{inner}due: {one.due.isoformat()}"
    if one.clock is not Clock.ISSUED:
        yield f"{inner}clock: {one.clock.value}"
    if one.count != 1:
        yield f"{inner}count: {one.count}"
    if one.annexes:
        yield f"{inner}annexes: [{', '.join(map(_quoted, one.annexes))}]"


def _quoted(text: str) -> str:
    """A double-quoted scalar; JSON's escapes are YAML's."""
    return json.dumps(text, ensure_ascii=False)


def _decimal(value: Decimal) -> str:
    return f"{value:f}"

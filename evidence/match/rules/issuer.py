"""Who issued the document: the unit itself, a named agency, or any agency of a level."""

from __future__ import annotations

from dataclasses import replace

from evidence.criteria.levels import LEVELS
from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import RuleResult, build_reason, decide, doubt_unread
from evidence.model.criteria import Requirement, Unit
from evidence.model.record import FieldValue
from evidence.values import agency as agencies
from evidence.values.agency import Agency
from evidence.values.letterhead import Letterhead, Likeness, compare_letterhead, full_name

ORDER = tuple(Likeness)
NAMESAKES = (Likeness.SAME, Likeness.PARTLY)
DOUBTS = {Likeness.PARTLY: "rule-issuer-partly", Likeness.MERGED: "rule-issuer-merged"}


def check(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """Who issued it; of several issuers asked for, the one that fits best."""
    if "any" in requirement.issuers:
        return None
    results = [_check_issuer(name, candidate, unit) for name in requirement.issuers]
    return min(results, key=lambda result: (result.ok is not True, result.ok is False, not result.likely))


def compare_names(requirement: Requirement, name: str, unit: Unit) -> bool:
    """Whether an agency that is only known by name may be one of those asked for."""
    for issuer in requirement.issuers:
        if issuer == "any" or (issuer in LEVELS and agencies.agency_level(agencies.parse(name)) in (None, issuer)):
            return True
        names = (unit.issuer, unit.name) if issuer == "unit" else () if issuer in LEVELS else (issuer,)
        if any(compare_letterhead(wanted, Letterhead(name), unit.issuer) in NAMESAKES for wanted in names):
            return True
    return False


def _check_issuer(issuer: str, candidate: Candidate, unit: Unit) -> RuleResult:
    field = candidate.record.issuer
    wanted = unit.issuer if issuer == "unit" else issuer
    if issuer in LEVELS:
        return check_level((issuer,), candidate)
    if field.value is None:
        return doubt_unread("issuer", candidate, field, likely=True, wanted=wanted)
    names = (unit.issuer, unit.name) if issuer == "unit" else (wanted,)
    lines = _letterhead(candidate)
    name, likeness = min(
        ((name, compare_letterhead(name, lines, unit.issuer)) for name in names), key=lambda pair: ORDER.index(pair[1])
    )
    if issuer == "unit" and likeness is Likeness.PARTLY and _is_bare_name(unit, lines):
        return decide("issuer", True, candidate, field, field.value.name, wanted=wanted)
    if compare_letterhead(name, Letterhead(field.value.name), unit.issuer) is likeness:
        basis, value = field, field.value.name
    else:
        basis, value = _with_line_above(candidate, field), full_name(lines)
    if likeness in DOUBTS:
        reason = build_reason("issuer", None, DOUBTS[likeness], candidate, field, value=value, wanted=wanted)
        return RuleResult(reason, likely=True)
    return decide("issuer", likeness is Likeness.SAME, candidate, basis, value, wanted=wanted)


def _is_bare_name(unit: Unit, lines: Letterhead) -> bool:
    """The name by which the set calls its own unit, and no line that says of which province."""
    return lines.parent is None and agencies.is_same_agency(agencies.parse(unit.name), agencies.parse(lines.issuer))


def _letterhead(candidate: Candidate) -> Letterhead:
    record = candidate.record
    assert record.issuer.value is not None
    parent = record.parent.value
    return Letterhead(record.issuer.value.name, parent.name if parent else None, record.place.value)


def _with_line_above(candidate: Candidate, field: FieldValue[Agency]) -> FieldValue[Agency]:
    """The agency's line, only as sure as the line that says where it is."""
    record = candidate.record
    beside: FieldValue[Agency] | FieldValue[str] = record.parent if record.parent.value is not None else record.place
    return replace(field, confidence=min(field.confidence, beside.confidence))


def check_level(levels: tuple[str, ...], candidate: Candidate) -> RuleResult:
    """Whether an agency of one of these levels issued it."""
    field, wanted = candidate.record.issuer, " / ".join(levels)
    if field.value is None:
        return doubt_unread("issuer", candidate, field, likely=True, wanted=wanted)
    level, name = agencies.agency_level(field.value), field.value.name
    if level is None:
        reason = build_reason("issuer", None, "rule-issuer-level", candidate, field, value=name, wanted=wanted)
        return RuleResult(reason, likely=True)
    return decide("issuer", level in levels, candidate, field, name, wanted=wanted)

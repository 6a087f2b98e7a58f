"""Who issued the document: the unit itself, a named agency, or any agency of a level."""

from __future__ import annotations

from evidence.criteria.levels import LEVELS
from evidence.criteria.phrases import comparable_words
from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import RuleResult, build_reason, decide, doubt_unread
from evidence.model.criteria import Requirement, Unit
from evidence.values import agency as agencies


def check(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """Who issued it; of several issuers asked for, the one that fits best."""
    if "any" in requirement.issuers:
        return None
    results = [_check_issuer(name, candidate, unit) for name in requirement.issuers]
    return min(results, key=lambda result: (result.ok is not True, result.ok is False, not result.likely))


def _check_issuer(issuer: str, candidate: Candidate, unit: Unit) -> RuleResult:
    field = candidate.record.issuer
    wanted = unit.issuer if issuer == "unit" else issuer
    if issuer in LEVELS:
        return check_level((issuer,), candidate)
    if field.value is None:
        return doubt_unread("issuer", candidate, field, likely=True, wanted=wanted)
    names = (unit.issuer, unit.name) if issuer == "unit" else (wanted,)
    right = any(agencies.same(agencies.parse(name), field.value) for name in names)
    if not right and (result := _check_under_parent(names, candidate)) is not None:
        return result
    name = field.value.name
    if not right and any(_is_short_for(other, name) for other in names):
        reason = build_reason("issuer", None, "rule-issuer-partly", candidate, field, value=name, wanted=wanted)
        return RuleResult(reason, likely=True)
    return decide("issuer", right, candidate, field, name, wanted=wanted)


def _check_under_parent(names: tuple[str, ...], candidate: Candidate) -> RuleResult | None:
    """Yes where the letterhead's two lines together are the name: ``UBND TỈNH AN PHÚ`` / ``VĂN PHÒNG``."""
    issuer, parent = candidate.record.issuer, candidate.record.parent
    if issuer.value is None or parent.value is None:
        return None
    whole = agencies.parse(f"{issuer.value.name} {parent.value.name}")
    if not any(agencies.same(agencies.parse(name), whole) for name in names):
        return None
    weaker = issuer if issuer.confidence <= parent.confidence else parent
    return decide("issuer", True, candidate, weaker, whole.name, wanted=names[0])


def _is_short_for(name: str, other: str) -> bool:
    """Whether one name begins with the other: ``Sở Nội vụ`` may be short for ``Sở Nội vụ tỉnh An Phú``."""
    short, long = sorted((comparable_words(name), comparable_words(other)), key=len)
    return bool(short) and long[: len(short)] == short


def check_level(levels: tuple[str, ...], candidate: Candidate) -> RuleResult:
    """Whether an agency of one of these levels issued it."""
    field, wanted = candidate.record.issuer, " / ".join(levels)
    if field.value is None:
        return doubt_unread("issuer", candidate, field, likely=True, wanted=wanted)
    level, name = agencies.level(field.value), field.value.name
    if level is None:
        reason = build_reason("issuer", None, "rule-issuer-level", candidate, field, value=name, wanted=wanted)
        return RuleResult(reason, likely=True)
    return decide("issuer", level in levels, candidate, field, name, wanted=wanted)

"""The pattern that a document's number must have: ``*/BC-SNV``, ``*/KH-*``."""

from __future__ import annotations

from fnmatch import fnmatchcase

from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import RuleResult, decide, doubt_unread
from evidence.model.criteria import Requirement, Unit
from evidence.vietnamese.text import fold


def check(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """The number, where its pattern is asked for. Case and look-alikes make no difference."""
    pattern = requirement.number_pattern
    if pattern is None:
        return None
    field = candidate.record.number
    if field.value is None:
        return doubt_unread("pattern", candidate, field, likely=True, wanted=pattern)
    number = str(field.value)
    return decide("pattern", fnmatchcase(_fold(number), _fold(pattern)), candidate, field, number, wanted=pattern)


def _fold(number: str) -> str:
    return "".join(fold(number).replace("[", "").split())

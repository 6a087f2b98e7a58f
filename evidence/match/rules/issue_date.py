"""The date on the paper, inside the window in which the document must be issued."""

from __future__ import annotations

import datetime

from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import (
    RuleResult,
    build_reason,
    date_range,
    decide,
    doubt_unread,
    format_date,
    format_day,
)
from evidence.model.criteria import Requirement, Unit


def check(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """The date on the paper, inside the window. A date without a day decides only where the whole month does."""
    if requirement.issued_from is None and requirement.issued_to is None:
        return None
    start, end = requirement.issued_from or datetime.date.min, requirement.issued_to or datetime.date.max
    window = {"start": format_day(requirement.issued_from), "end": format_day(requirement.issued_to)}
    field = candidate.record.date
    if field.value is None:
        return doubt_unread("issued", candidate, field, likely=True, **window)
    first, last = date_range(field.value)
    text = format_date(field.value)
    if first < start <= last or first <= end < last:
        reason = build_reason("issued", None, "rule-issued-partly", candidate, field, value=text, **window)
        return RuleResult(reason, likely=True)
    return decide("issued", start <= first and last <= end, candidate, field, text, **window)

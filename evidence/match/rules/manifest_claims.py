"""Number and date as the unit claims them in its manifest, against those read: a contradiction is for a person."""

from __future__ import annotations

from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import RuleResult, build_reason, date_range, format_date
from evidence.model.criteria import Requirement, Unit
from evidence.values import date as dates
from evidence.values import number as numbers
from evidence.values.date import PartialDate


def check_number(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """The number claimed against the number read."""
    field = candidate.record.number
    claims = {submission.claimed_number for submission in candidate.submissions if submission.claimed_number}
    if not claims or field.value is None or not field.sure:
        return None
    parsed = {text: numbers.parse(text) for text in claims}
    other = sorted(text for text, number in parsed.items() if number is None or number.key != field.value.key)
    if not other:
        return None
    reason = build_reason("claim", None, "rule-claim", candidate, field, value=field.value, wanted=", ".join(other))
    return RuleResult(reason, True)


def check_date(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """The date claimed against the date read."""
    field = candidate.record.date
    claims = {submission.claimed_date for submission in candidate.submissions if submission.claimed_date}
    if not claims or field.value is None or not field.sure:
        return None
    other = sorted(text for text in claims if (date := dates.parse(text)) is not None and _differ(date, field.value))
    if not other:
        return None
    params = {"value": format_date(field.value), "wanted": ", ".join(other)}
    return RuleResult(build_reason("claim_date", None, "rule-claim-date", candidate, field, **params), True)


def _differ(date: PartialDate, other: PartialDate) -> bool:
    """Whether no day is meant by both."""
    first, last = date_range(date)
    start, end = date_range(other)
    return last < start or end < first

"""The year that the document is about: a plan for year Y is normally dated in Y-1, so the issue year is no proof."""

from __future__ import annotations

from evidence.match.candidate import Candidate
from evidence.match.rules import issue_date
from evidence.match.rules.rule_result import RuleResult, build_reason, decide, doubt_unread
from evidence.model.criteria import Requirement, Unit


def check(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """The year that the subject names.

    A subject without a year: yes where the issue window is asked for and surely holds the date (the window then says
    which year is meant), no where the date is surely more than a year off, doubt otherwise.
    """
    if requirement.about is None:
        return _check_ahead(requirement, candidate)
    field, year, named = candidate.record.subject, requirement.about, candidate.periods
    if field.value is None:
        return doubt_unread("about", candidate, field, likely=True, wanted=year)
    inside = any(first <= year <= last for first, last in named.ranges)
    years = [str(named_year) for named_year in sorted(named.years)]
    if named.years == {year} or (named.years and year not in named.years and not inside):
        return decide("about", year in named.years, candidate, field, ", ".join(years), wanted=year)
    if named.years or named.ranges:
        text = ", ".join(years + [f"{first}-{last}" for first, last in named.ranges])
        right = year in named.years or inside
        code = "rule-about-several" if right else "rule-about-no"
        ok = None if right or not field.sure else False
        return RuleResult(build_reason("about", ok, code, candidate, field, value=text, wanted=year), right)
    return _check_date(requirement, candidate, unit, year)


def _check_ahead(requirement: Requirement, candidate: Candidate) -> RuleResult | None:
    """Where only the time of issue is asked for: a subject that names later years alone is about what is to come."""
    last, years = requirement.issued_to, candidate.periods.years
    if last is None or not years or min(years) <= last.year or candidate.periods.ranges:
        return None
    named = ", ".join(str(year) for year in sorted(years))
    field = candidate.record.subject
    reason = build_reason("about", None, "rule-about-no", candidate, field, value=named, wanted=last.year)
    return RuleResult(reason, False)


def _check_date(requirement: Requirement, candidate: Candidate, unit: Unit, year: int) -> RuleResult:
    field, date = candidate.record.date, candidate.record.date.value
    window = issue_date.check(requirement, candidate, unit)
    if window is not None and window.ok and requirement.issued_from and requirement.issued_to:
        return RuleResult(build_reason("about", True, "rule-about-window", candidate, field, wanted=year), True)
    if date is not None and field.sure and abs(date.year - year) > 1:
        reason = build_reason("about", False, "rule-about-far", candidate, field, value=date.year, wanted=year)
        return RuleResult(reason, False)
    reason = build_reason("about", None, "rule-about-unnamed", candidate, candidate.record.subject, wanted=year)
    return RuleResult(reason, date is None or date.year == year)

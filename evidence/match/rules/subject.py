"""The words and the period that the subject must name."""

from __future__ import annotations

from evidence.criteria import periods
from evidence.criteria.phrases import PhraseMatch, find_phrase
from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import RuleResult, build_reason, decide, doubt_unread, quote_phrases
from evidence.model.criteria import Requirement, Unit


def check(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """The words asked for, each in the subject. Periods (``quý I``) are compared as periods."""
    if not requirement.subject:
        return None
    field = candidate.record.subject
    if field.value is None:
        return doubt_unread("subject", candidate, field, likely=False, wanted=quote_phrases(requirement.subject))
    matches = [(phrase, _match_phrase(phrase, requirement, candidate)) for phrase in requirement.subject]
    absent = tuple(phrase for phrase, match in matches if match is PhraseMatch.NONE)
    near = tuple(phrase for phrase, match in matches if match is PhraseMatch.NEAR)
    if near and not absent:
        params = {"wanted": quote_phrases(near), "value": field.value}
        return RuleResult(build_reason("subject", None, "rule-subject-near", candidate, field, **params), True)
    wanted = quote_phrases(absent or requirement.subject)
    return decide("subject", not absent, candidate, field, field.value, wanted=wanted)


def may_name_all(requirement: Requirement, candidate: Candidate) -> bool:
    """Whether no word asked for is absent: the quick look before the rules are asked, at every document of a unit."""
    for phrase in requirement.subject:  # noqa: SIM110 (a loop takes half the time of all())
        if not _match_phrase(phrase, requirement, candidate):
            return False
    return True


def _match_phrase(phrase: str, requirement: Requirement, candidate: Candidate) -> PhraseMatch:
    period = periods.parse_period(phrase)
    if period is None:
        return find_phrase(phrase, candidate.subject)
    report = any(kind.code == "BC" for kind in requirement.kinds)
    if period == periods.WHOLE_YEAR:
        others = [other for other in requirement.subject if other != phrase and periods.parse_period(other)]
        if others or not report or phrase.strip().isdigit():
            return find_phrase(phrase, candidate.subject)  # it only names the year
        years = periods.read_periods(phrase).years
        if years and not years & candidate.periods.years:
            return PhraseMatch.NONE
    return _match_period(period, candidate)


def _match_period(period: str, candidate: Candidate) -> PhraseMatch:
    """Whether the subject covers that period. A subject that names no period at all leaves it in doubt."""
    named = candidate.periods
    if period in named.covered:
        return PhraseMatch.EXACT
    if not named.covered and not named.ahead:
        return PhraseMatch.NEAR
    if named.covered == {periods.WHOLE_YEAR} and _is_before_autumn(candidate):
        return PhraseMatch.NEAR
    return PhraseMatch.NEAR if periods.is_similar_period(period, named.covered) else PhraseMatch.NONE


def _is_before_autumn(candidate: Candidate) -> bool:
    """Dated before October of the year it names: too early to be the report on that whole year."""
    date = candidate.record.date.value
    return date is not None and date.month is not None and date.month < 10 and date.year in candidate.periods.years

"""The words and the period that the subject must name."""

from __future__ import annotations

from dataclasses import replace

from evidence.criteria import periods
from evidence.criteria.phrases import PhraseMatch, comparable_words
from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import RuleResult, build_reason, decide, doubt_unread, quote_phrases
from evidence.match.subject_matter import find_other_matter, names_most, stands_in_list
from evidence.match.subject_text import adds_phrase, find_in_subject
from evidence.model.criteria import Requirement, Unit
from evidence.model.record import SURE, FieldValue

PARTS = frozenset(comparable_words("quý tháng kỳ"))
RUNS_ON = "note-subject-runs-on"


def check(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """The words asked for, each in the subject. Periods (``quý I``) are compared as periods."""
    field = _title_field(candidate)
    if not requirement.subject:
        return _doubt_open(requirement, candidate, field) if requirement.is_open else None
    if field.value is None:
        return doubt_unread("subject", candidate, field, likely=False, wanted=quote_phrases(requirement.subject))
    matches = [(phrase, _match_phrase(phrase, requirement, candidate)) for phrase in requirement.subject]
    absent = tuple(phrase for phrase, match in matches if match is PhraseMatch.NONE)
    near = tuple(phrase for phrase, match in matches if match is PhraseMatch.NEAR)
    near = tuple(phrase for phrase in near if periods.parse_period(phrase) or not _is_in_list(phrase, candidate))
    if near and not absent:
        params = {"wanted": quote_phrases(near), "value": field.value}
        return RuleResult(build_reason("subject", None, "rule-subject-near", candidate, field, **params), True)
    if requirement.is_open and not absent:
        return _doubt_open(requirement, candidate, field)
    wanted = quote_phrases(absent or requirement.subject)
    if absent and field.sure and _lacks_words_only(absent) and names_most(requirement.subject, candidate.subject.text):
        params = {"wanted": wanted, "value": field.value}
        return RuleResult(build_reason("subject", None, "rule-subject-part", candidate, field, **params), False)
    if not absent and (other := _other_matter(requirement, candidate)):
        params = {"wanted": wanted, "value": field.value, "other": f"“{other}”"}
        return RuleResult(build_reason("subject", None, "rule-subject-other", candidate, field, **params), True)
    if not absent and _covers_part(requirement, candidate):
        params = {"value": field.value}
        return RuleResult(build_reason("subject", None, "rule-subject-period", candidate, field, **params), True)
    return decide("subject", not absent, candidate, field, field.value, wanted=wanted)


def _is_in_list(phrase: str, candidate: Candidate) -> bool:
    return stands_in_list(phrase, candidate.subject.text)


def _lacks_words_only(absent: tuple[str, ...]) -> bool:
    """Whether no period is among what the subject lacks: that decides."""
    return not any(periods.parse_period(phrase) for phrase in absent)


def _covers_part(requirement: Requirement, candidate: Candidate) -> bool:
    """Whether a report on the year is asked for, without a word of periods, and this one names a part of the year."""
    covered = candidate.periods.covered
    if not covered or periods.WHOLE_YEAR in covered or requirement.about is None or requirement.period:
        return False
    if not any(kind.code == "BC" for kind in requirement.kinds) or requirement.issued_from or requirement.issued_to:
        return False
    words = f"{requirement.title} {requirement.wording.words if requirement.wording else ''}"
    asked = {*comparable_words(words), *(word for phrase in requirement.subject for word in comparable_words(phrase))}
    return not asked & PARTS


def _other_matter(requirement: Requirement, candidate: Candidate) -> str:
    """The words by which the subject, which has all that is asked, is about something else."""
    kind = candidate.record.kind.value
    words = requirement.wording.words if requirement.wording else ""
    accepted = (phrase for way in requirement.accept for phrase in way.subject)
    wording = " ".join((requirement.title, words, *accepted))
    return find_other_matter(requirement.subject, candidate.subject.text, kind.name if kind else "", wording)


def _doubt_open(requirement: Requirement, candidate: Candidate, field: FieldValue[str]) -> RuleResult:
    """Words as thin as "ngân sách nhà nước" fit, and so would many other documents: a person must look."""
    params = {"wanted": quote_phrases(requirement.subject) or "…", "value": field.value or ""}
    return RuleResult(build_reason("subject", None, "rule-subject-open", candidate, field, **params), True)


def check_neighbour(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """The words that tell a neighbour: a subject that has them is the neighbour's. One that only adds them to its own
    ("… và kiểm tra") is doubt."""
    if not requirement.not_subject or candidate.record.subject.value is None:
        return None
    field = _title_field(candidate)
    matches = {phrase: find_in_subject(phrase, candidate.subject) for phrase in requirement.not_subject}
    named = tuple(phrase for phrase, match in matches.items() if match is not PhraseMatch.NONE)
    if not named:
        return None
    own = all(matches[phrase] is PhraseMatch.NEAR or adds_phrase(phrase, candidate.subject) for phrase in named)
    params = {"wanted": quote_phrases(named), "value": field.value}
    if own or not field.sure:
        reason = build_reason("subject", None, "rule-subject-neighbour-doubt", candidate, field, **params)
        return RuleResult(reason, own)
    return RuleResult(build_reason("subject", False, "rule-subject-neighbour", candidate, field, **params), False)


def _title_field(candidate: Candidate) -> FieldValue[str]:
    """The subject; as sure as its title is, where it was doubted only for the sentence that ran into it."""
    field = candidate.record.subject
    if field.value is None or not candidate.subject.cut:
        return field
    title = replace(field, value=candidate.subject.text)
    runs_on = field.note is not None and field.note.code == RUNS_ON
    return replace(title, confidence=max(field.confidence, SURE)) if runs_on else title


def may_name_all(requirement: Requirement, candidate: Candidate) -> bool:
    """Whether no word asked for is absent: the quick look before the rules are asked, at every document of a unit."""
    for phrase in requirement.subject:  # noqa: SIM110 (a loop takes half the time of all())
        if not _match_phrase(phrase, requirement, candidate):
            return False
    return True


def _match_phrase(phrase: str, requirement: Requirement, candidate: Candidate) -> PhraseMatch:
    period = periods.parse_period(phrase)
    if period is None:
        return find_in_subject(phrase, candidate.subject)
    report = any(kind.code == "BC" for kind in requirement.kinds)
    if period == periods.WHOLE_YEAR:
        others = [other for other in requirement.subject if other != phrase and periods.parse_period(other)]
        if others or not report or phrase.strip().isdigit():
            return find_in_subject(phrase, candidate.subject)  # it only names the year
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

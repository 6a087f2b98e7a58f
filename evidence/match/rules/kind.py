"""The kind of document: a plan, a report, a decision."""

from __future__ import annotations

from evidence.criteria.phrases import PhraseMatch, find_phrase, fold_name
from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import RuleResult, build_reason, decide, doubt_unread, quote_phrases
from evidence.match.subject_matter import load_names
from evidence.model.criteria import Requirement, Unit

ISSUING_VERBS = ("ban hành", "phê duyệt")  # "Quyết định ban hành Kế hoạch ..."


def check(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """The kind of document, one of those asked for. A plan may come inside the decision that issues it: that is doubt,
    not another kind."""
    if requirement.kind is None:
        return _check_act(requirement, candidate)
    field, wanted = candidate.record.kind, " / ".join(kind.name for kind in requirement.kinds)
    if field.value is None:
        return doubt_unread("kind", candidate, field, likely=False, wanted=wanted)
    name = field.value.name
    right = any(fold_name(name) == fold_name(kind.name) for kind in requirement.kinds)
    right = right or _is_issued_by(requirement, candidate)
    if not right and _issues_one(requirement, candidate):
        reason = build_reason("kind", None, "rule-kind-inside", candidate, field, value=name, wanted=wanted)
        return RuleResult(reason, likely=True)
    return decide("kind", right, candidate, field, name, wanted=wanted)


def _issues_one(requirement: Requirement, candidate: Candidate) -> bool:
    """Whether the subject says that this document issues one of the kind asked for."""
    return any(
        find_phrase(f"{verb} {kind.name}", candidate.subject.title)
        for verb in ISSUING_VERBS
        for kind in requirement.kinds
    )


def _is_issued_by(requirement: Requirement, candidate: Candidate) -> bool:
    """Whether this is the decision that issues it, of a kind that never stands without one."""
    return any(
        find_phrase(f"{ISSUING_VERBS[0]} {kind.name}", candidate.subject.title) is PhraseMatch.EXACT
        for kind in requirement.kinds
        if fold_name(kind.name) in load_names("issued_by_decision")
    )


def _check_act(requirement: Requirement, candidate: Candidate) -> RuleResult | None:
    """A document of any kind that does something ("giao biên chế"): one that asks for it or tells of it is doubt."""
    field = candidate.record.kind
    if field.value is None or fold_name(field.value.name) not in load_names("no_acts"):
        return None
    acts = [phrase for phrase in requirement.subject if fold_name(phrase) in load_names("acts")]
    if not acts or fold_name(field.value.name) in fold_name(requirement.title):
        return None
    params = {"value": field.value.name, "wanted": quote_phrases(tuple(acts))}
    return RuleResult(build_reason("kind", None, "rule-kind-no-act", candidate, field, **params), likely=False)

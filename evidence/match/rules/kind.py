"""The kind of document: a plan, a report, a decision."""

from __future__ import annotations

from evidence.criteria.phrases import find_phrase, fold_name
from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import RuleResult, build_reason, decide, doubt_unread
from evidence.model.criteria import Requirement, Unit

ISSUING_VERBS = ("ban hành", "phê duyệt")  # "Quyết định ban hành Kế hoạch ..."


def check(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """The kind of document, one of those asked for. A plan may come inside the decision that issues it: that is doubt,
    not another kind."""
    if requirement.kind is None:
        return None
    field, wanted = candidate.record.kind, " / ".join(kind.name for kind in requirement.kinds)
    if field.value is None:
        return doubt_unread("kind", candidate, field, likely=False, wanted=wanted)
    name = field.value.name
    right = any(fold_name(name) == fold_name(kind.name) for kind in requirement.kinds)
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

"""Drafts in hand: what is missing may lie there unsigned, without number and date."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.match.alternatives import expand_alternatives
from evidence.match.candidate import Candidate
from evidence.match.rules.registry import RULES
from evidence.match.rules.rule_result import build_reason
from evidence.match.unit_documents import UnitDocuments
from evidence.model.assessment import Reason
from evidence.model.criteria import Requirement
from evidence.model.problem import ProblemCode

UNISSUED = (ProblemCode.DRAFT, ProblemCode.BLANK_NUMBER)
MOST = 3


def find_drafts(requirement: Requirement, documents: UnitDocuments) -> tuple[Reason, ...]:
    """One reason for each draft that would be what is asked, were it issued."""
    drafts = (
        candidate
        for candidate in documents.of_kind(requirement)
        if candidate.readable and any(candidate.has(code) for code in UNISSUED)
    )
    fitting = [candidate for candidate in drafts if _would_fit(requirement, candidate, documents)]
    return tuple(_draft_reason(candidate) for candidate in fitting[:MOST])


def _would_fit(requirement: Requirement, candidate: Candidate, documents: UnitDocuments) -> bool:
    return any(all(_likely_answers(option, candidate, documents)) for option in expand_alternatives(requirement))


def _likely_answers(requirement: Requirement, candidate: Candidate, documents: UnitDocuments) -> Iterator[bool]:
    for name, rule in RULES.items():
        result = rule(requirement, candidate, documents.unit) if name != "number" else None
        if result is not None:
            yield result.likely


def _draft_reason(candidate: Candidate) -> Reason:
    field = candidate.record.number
    page = field.span.page if field.span else 1
    return build_reason("draft", None, "verdict-draft", candidate, field, path=candidate.path, page=page)

"""Whether the document cites what it must."""

from __future__ import annotations

from dataclasses import replace

from evidence.match.candidate import Candidate
from evidence.match.context import CitedDocument
from evidence.match.rules.rule_result import RuleResult, build_reason, is_typed_throughout
from evidence.model.assessment import Reason
from evidence.model.criteria import MustCite
from evidence.model.record import SURE, Citation


def check_citations(candidate: Candidate, cited: tuple[tuple[MustCite, CitedDocument], ...]) -> RuleResult | None:
    """The documents that must be cited, each. That one is not cited is sure only in a file whose text is all typed."""
    if not cited:
        return None
    results = [_check_citation(must, document, candidate) for must, document in cited]
    return min(results, key=lambda result: {False: 0, None: 1, True: 2}[result.ok])


def _check_citation(must: MustCite, document: CitedDocument, candidate: Candidate) -> RuleResult:
    title = document.title
    if not document.keys:
        return RuleResult(build_reason("cites", None, "rule-cites-unknown", candidate, wanted=title), True)
    citations = [
        citation
        for citation in candidate.record.citations
        if citation.number is not None and citation.number.key in document.keys
    ]
    right = [citation for citation in citations if must.relation in (None, citation.relation)]
    sure = [citation for citation in right if citation.confidence >= SURE]
    if sure and document.settled:
        return RuleResult(_reason_at(sure[0], "rule-cites-yes", True, candidate, title), True)
    if citations:
        code = "rule-cites-doubt" if right else "rule-cites-relation"
        return RuleResult(_reason_at((right or citations)[0], code, None, candidate, title), True)
    absent = is_typed_throughout(candidate) and document.settled
    code = "rule-cites-no" if absent else "rule-cites-unseen"
    return RuleResult(build_reason("cites", False if absent else None, code, candidate, wanted=title), not absent)


def _reason_at(citation: Citation, code: str, ok: bool | None, candidate: Candidate, title: str) -> Reason:
    span = citation.span
    bare = build_reason("cites", ok, code, candidate, value=citation.text, wanted=title, page=span.page)
    return replace(bare, page=span.page, box=span.box)

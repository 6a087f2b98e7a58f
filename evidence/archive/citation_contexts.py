"""Citations of a unit's documents with the words that follow them, for what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence.match.cited_documents import (
    CitationInContext,
    asked_kinds,
    borne_numbers,
    follow_words,
    is_named,
    name_cited,
)
from evidence.model.assessment import Finding, Submission, Verdict
from evidence.model.criteria import CriteriaSet, Requirement, Unit, walk_criteria
from evidence.model.record import Citation, Record
from evidence.store.store import Store


def name_missing(
    store: Store,
    criteria: CriteriaSet,
    unit: Unit,
    handed: list[tuple[Submission, Record]],
    findings: tuple[Finding, ...],
) -> tuple[Finding, ...]:
    """The findings of one unit; what is missing with the documents that others of the unit cite for it."""
    missing = {finding.requirement for finding in findings if finding.status is Verdict.MISSING}
    if not missing:
        return findings
    asked = {name: requirement for name, requirement in _requirements(criteria) if name in missing}
    borne = borne_numbers(record for _, record in handed)
    paths = {record.source.sha256: submission.path for submission, record in handed}
    kinds = asked_kinds(asked.values())
    mentions: list[CitationInContext] = []
    for record in {record.source.sha256: record for _, record in handed}.values():
        cited = [citation for citation in _citations(record, borne) if is_named(citation, kinds)]
        mentions.extend(_read_mentions(store, record.source.sha256, cited, paths))
    return name_cited(findings, asked, mentions, unit)


def _requirements(criteria: CriteriaSet) -> Iterator[tuple[str, Requirement]]:
    for criterion in walk_criteria(criteria.criteria):
        for requirement in criterion.evidence:
            yield f"{criterion.code}/{requirement.id}", requirement


def _citations(record: Record, borne: frozenset[str]) -> Iterator[Citation]:
    for document in (record, *record.parts):
        for citation in document.citations:
            if citation.number is not None and citation.number.key not in borne:
                yield citation


def _read_mentions(
    store: Store, sha256: str, cited: Iterable[Citation], paths: dict[str, str]
) -> Iterator[CitationInContext]:
    """The citations with what follows them; their pages are read once."""
    by_page: dict[int, list[Citation]] = {}
    for citation in cited:
        by_page.setdefault(citation.span.page, []).append(citation)
    if not by_page:
        return
    for number, text in store.texts(sha256):
        for citation in by_page.pop(number, ()):
            yield CitationInContext(citation, follow_words(text, citation.span.end), sha256, paths[sha256])
        if not by_page:
            return

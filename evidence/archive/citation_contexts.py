"""Citations with the words that follow them, for what is missing: of the unit's own papers, and of others in the
archive that cite one of the numbers that such a document would bear (``KH-SXD``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence.match.alternatives import expand_alternatives
from evidence.match.cited_documents import (
    CitationInContext,
    asked_kinds,
    borne_numbers,
    follow_words,
    is_named,
    name_cited,
)
from evidence.match.rules.issuer import compare_names
from evidence.model.assessment import Finding, Verdict
from evidence.model.criteria import CriteriaSet, Requirement, Unit, walk_criteria
from evidence.model.placement import Submission
from evidence.model.record import Citation, Record
from evidence.store.store import Store
from evidence.values.gazetteer import abbreviations_of
from evidence.values.symbol import ascii_code

OWN = Requirement("", "", issuer="unit")
MOST_NUMBERS, MOST_CITATIONS = 50, 20  # looked at for one unit; what a report names is three


class ArchiveCitations:
    """What documents of the whole archive cite. ``looked_for`` and ``looked_at``: the letters that were asked for so
    far, and the documents that were found."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.looked_for: frozenset[str] = frozenset()
        self.looked_at: frozenset[str] = frozenset()

    def find_citing(self, letters: frozenset[str], held: frozenset[str]) -> dict[str, list[Citation]]:
        """By citing document, the citations of numbers with such letters (``khsxd``) that are not held."""
        cited = self._store.cited_numbers(letters) if letters else ()
        keys = [key for key in cited if key not in held and key.rpartition("/")[2].startswith(tuple(letters))]
        citing: dict[str, list[Citation]] = {}
        for key in keys[:MOST_NUMBERS]:
            for sha256, citation in self._store.cited_by(key, MOST_CITATIONS):
                citing.setdefault(sha256, []).append(citation)
        self.looked_for |= letters
        self.looked_at |= citing.keys()
        return citing


def name_missing(
    store: Store,
    criteria: CriteriaSet,
    unit: Unit,
    handed: list[tuple[Submission, Record]],
    findings: tuple[Finding, ...],
    archive: ArchiveCitations | None = None,
) -> tuple[Finding, ...]:
    """The findings of one unit; what is missing with the documents that others cite for it: its own papers, then, by
    the unit's letters, those of the archive."""
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
    others = archive.find_citing(_letters(asked.values(), unit, handed), borne) if archive else {}
    for sha256, cited in others.items():
        if sha256 not in paths:
            paths[sha256] = next((submission.path for submission in store.submissions(sha256)), sha256)
            mentions.extend(_read_mentions(store, sha256, cited, paths))
    return name_cited(findings, asked, mentions, unit)


def _letters(asked: Iterable[Requirement], unit: Unit, handed: list[tuple[Submission, Record]]) -> frozenset[str]:
    """How the numbers of the unit's own documents end that are asked for: kind and issuer, as a number's key has."""
    options = [option for requirement in asked for option in expand_alternatives(requirement)]
    kinds = {kind.code for option in options if "unit" in option.issuers for kind in option.kinds if kind.code}
    issuers = {code for code in (unit.code, *abbreviations_of(unit.issuer)) if code}
    for _, record in handed:
        number, issuer = record.number.value, record.issuer.value
        if number is not None and number.issuer_code and issuer is not None and compare_names(OWN, issuer.name, unit):
            issuers.add(number.issuer_code)
    return frozenset(ascii_code(f"{kind}{issuer}").lower() for kind in kinds for issuer in issuers)


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

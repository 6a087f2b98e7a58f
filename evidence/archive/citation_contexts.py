"""Citations with the words that follow them, for what is missing: of the unit's own papers, and of others in the
archive that cite one of the numbers that such a document would bear (``KH-SXD``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

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
from evidence.store import queries
from evidence.store.searches.search_reader import SearchReader
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
        with self._store.database.reading() as session:
            for sha256, citation in queries.find_many_citations(session, keys[:MOST_NUMBERS], MOST_CITATIONS):
                citing.setdefault(sha256, []).append(citation)
        self.looked_for |= letters
        self.looked_at |= citing.keys()
        return citing


class MissingDocuments:
    """What one unit lacks, told by name where documents cite it. Pages are read once, whichever findings are named."""

    def __init__(
        self, store: Store, criteria: CriteriaSet, unit: Unit, handed: list[tuple[Submission, Record]]
    ) -> None:
        self._criteria, self._unit, self._handed = criteria, unit, handed
        self._reader = SearchReader(store.folder, store.archive, store.database)
        self._texts: dict[str, dict[int, str]] = {}  # by document and page

    def name(self, findings: tuple[Finding, ...], archive: ArchiveCitations | None) -> tuple[Finding, ...]:
        """The findings; what is missing with the documents that others cite for it: its own papers, then, by the
        unit's letters, those of the archive."""
        missing = {finding.requirement for finding in findings if finding.status is Verdict.MISSING}
        if not missing:
            return findings
        asked = {name: requirement for name, requirement in _requirements(self._criteria) if name in missing}
        borne = borne_numbers(record for _, record in self._handed)
        paths = {record.source.sha256: submission.path for submission, record in self._handed}
        kinds = asked_kinds(asked.values())
        cited = {
            record.source.sha256: [citation for citation in _citations(record, borne) if is_named(citation, kinds)]
            for _, record in self._handed
        }
        letters = _letters(asked.values(), self._unit, self._handed)
        others = archive.find_citing(letters, borne) if archive else {}
        cited |= {sha256: citations for sha256, citations in others.items() if sha256 not in paths}
        held = self._reader.submissions_of(others.keys() - paths.keys())
        paths |= {sha256: held[sha256][0].path if sha256 in held else sha256 for sha256 in others.keys() - paths.keys()}
        return name_cited(findings, asked, tuple(self._read_mentions(cited, paths)), self._unit)

    def _read_mentions(
        self, cited: Mapping[str, Sequence[Citation]], paths: Mapping[str, str]
    ) -> Iterator[CitationInContext]:
        """The citations with what follows them, by document and page."""
        self._read_pages({sha256: {each.span.page for each in citations} for sha256, citations in cited.items()})
        for sha256, citations in cited.items():
            texts = self._texts.get(sha256, {})
            for citation in sorted(citations, key=lambda each: each.span.page):
                if citation.span.page in texts:
                    words = follow_words(texts[citation.span.page], citation.span.end)
                    yield CitationInContext(citation, words, sha256, paths[sha256])

    def _read_pages(self, wanted: Mapping[str, set[int]]) -> None:
        new = {sha256: numbers - self._texts.get(sha256, {}).keys() for sha256, numbers in wanted.items()}
        for sha256, pages in self._reader.load_pages(new).items():
            self._texts.setdefault(sha256, {}).update((page.number, page.read_text().text) for page in pages)


def name_missing(
    store: Store,
    criteria: CriteriaSet,
    unit: Unit,
    handed: list[tuple[Submission, Record]],
    findings: tuple[Finding, ...],
    archive: ArchiveCitations | None = None,
) -> tuple[Finding, ...]:
    """The findings of one unit, what is missing named as ``MissingDocuments.name`` does."""
    return MissingDocuments(store, criteria, unit, handed).name(findings, archive)


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

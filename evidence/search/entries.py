"""A document as every index takes it: field by field, ready terms. No engine splits or folds text itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.model.problem import ProblemCode
from evidence.model.record import Record, Relation
from evidence.search import analyzer
from evidence.search.abbreviations import table_version, write_out
from evidence.search.conditions import day_number, submitted_term, unit_term
from evidence.values.number import Number

ANALYSIS = f"8-{table_version()}"
"""Goes up with every change of analyzer, fields or schema; an index of another version is made anew."""

POSITIONS = ("body_f", "title_f", "issuer", "signer", "place", "recipient", "page_f")
"""Fields in which phrases are looked for."""
FREQUENCIES = ("body",)
"""Fields of which only how often a term stands there is kept."""
KEYS = (
    "number",
    "nums",
    "cites",
    "changes",
    "kind",
    "unit",
    "owner",
    "criterion",
    "submitted",
    "status",
    "draft",
    "sort",
    "page_of",
    "page_n",
)
"""Fields of single terms."""
FACETS = ("f_kind", "f_issuer", "f_year", "f_status", "f_origin", "f_unit", "f_submitted")
"""Fields whose values are counted as they are shown."""
LONG = 4  # pages; of a longer file each page is known to the index by itself, so that passages are found in it at once
SEPARATOR = "\x1f"  # between unit and criterion in f_submitted
_CHANGES = (Relation.AMENDS, Relation.REPLACES, Relation.REPEALS)


DOCUMENT, PAGE = "document", "page"  # the terms of ``sort``


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A document as the index is to know it. ``revision`` is the store's, to tell whether the index is in step;
    ``submitted``: for which unit and criterion it was handed in, either may be empty."""

    sha256: str
    revision: int
    record: Record
    texts: tuple[str, ...]
    submitted: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EntryTerms:
    """``terms`` of each field of ``POSITIONS``, ``FREQUENCIES`` and ``KEYS``; ``facets``; ``date`` as a day number."""

    terms: dict[str, list[str]]
    facets: dict[str, list[str]]
    date: int | None


@dataclass(frozen=True, slots=True)
class PageTerms:
    """A page of a long file: its number, and ``terms`` of the fields that pages have."""

    number: int
    terms: dict[str, list[str]]


def analyze_pages(entry: IndexEntry) -> Iterator[PageTerms]:
    """The pages of a file of more than ``LONG``; none of a shorter one, whose few pages are soon looked through."""
    if len(entry.texts) <= LONG:
        return
    for number, text in enumerate(entry.texts, start=1):
        words = write_out(analyzer.strip_term_marks(analyzer.extract_terms(text)))
        figures = analyzer.extract_figures(text)
        yield PageTerms(
            number, {"sort": [PAGE], "page_of": [entry.sha256], "page_f": words, "page_n": list(dict.fromkeys(figures))}
        )


def analyze_entry(entry: IndexEntry) -> EntryTerms:
    """The terms of a document; of a file that holds several, those of all of them, the date of the first."""
    text = "\n".join(entry.texts)
    documents = (entry.record, *entry.record.parts)
    body = analyzer.extract_terms(text)
    titles = [term for document in documents for term in analyzer.extract_terms(_title(document))]
    terms = {
        "body": [term for term in body if not term.isascii()],
        "body_f": write_out(analyzer.strip_term_marks(body)),
        "title_f": write_out(analyzer.strip_term_marks(titles)),
        "nums": [*analyzer.extract_figures(text), *_dates(documents)],
        **_record_terms(documents),
        **_submitted_terms(entry.submitted),
        "sort": [DOCUMENT],
        "status": [entry.record.status.value],
        "draft": ["true" if is_draft(entry.record) else "false"],
    }
    dated = next((document.date.value for document in documents if document.date.value), None)
    return EntryTerms(terms, _facets(entry), day_number(dated) if dated else None)


def _record_terms(documents: tuple[Record, ...]) -> dict[str, list[str]]:
    numbers = [document.number.value for document in documents if document.number.value]
    kinds = [document.kind.value for document in documents if document.kind.value]
    issuers = [document.issuer.value for document in documents if document.issuer.value]
    signers = [document.signer.value for document in documents if document.signer.value]
    cited = (analyzer.number_term(cite.number) for document in documents for cite in document.citations if cite.number)
    changed = (
        analyzer.number_term(cite.number)
        for document in documents
        for cite in document.citations
        if cite.number and cite.relation in _CHANGES
    )
    return {
        "changes": list(dict.fromkeys(changed)),
        "number": [term for number in numbers for term in _number_terms(number)],
        "cites": list(dict.fromkeys(cited)),
        "kind": [analyzer.label_term(name) for kind in kinds for name in (kind.name, kind.code) if name],
        "issuer": [term for issuer in issuers for term in _folded(f"{issuer.name} {issuer.code or ''}")],
        "signer": [term for signer in signers for term in _folded(f"{signer.name} {signer.title or ''}")],
        "place": [term for document in documents for term in _folded(document.place.value or "")],
        "recipient": [
            term for document in documents for name in document.recipients.value or () for term in _folded(name)
        ],
    }


def _submitted_terms(submitted: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    units = list(dict.fromkeys(unit for unit, _ in submitted if unit))
    pairs = [(unit, term) for unit, code in submitted for term in analyzer.criterion_terms(code)]
    return {
        "unit": [analyzer.label_term(unit) for unit in units],
        "owner": [unit_term(unit) for unit in units],
        "criterion": list(dict.fromkeys(term for _, term in pairs)),
        "submitted": list(dict.fromkeys(submitted_term(unit, term) for unit, term in pairs)),
    }


def _facets(entry: IndexEntry) -> dict[str, list[str]]:
    """The values that are counted: kinds and issuers of all documents of a file, else of the first, as fields ask."""
    record = entry.record
    documents = (record, *record.parts)
    kinds = (document.kind.value for document in documents)
    issuers = (document.issuer.value for document in documents)
    dated = next((document.date.value for document in documents if document.date.value), None)
    return {
        "f_kind": list(dict.fromkeys(kind.name for kind in kinds if kind)),
        "f_issuer": list(dict.fromkeys(issuer.name for issuer in issuers if issuer)),
        "f_year": [str(dated.year)] if dated else [],
        "f_status": [record.status.value],
        "f_origin": list(dict.fromkeys(page.origin.value for page in record.pages)),
        "f_unit": list(dict.fromkeys(unit for unit, _ in entry.submitted if unit)),
        "f_submitted": [f"{unit}{SEPARATOR}{code}" for unit, code in entry.submitted if code],
    }


def _number_terms(number: Number) -> Iterator[str]:
    yield analyzer.number_term(number)
    yield from analyzer.split_number(number)


def _title(record: Record) -> str:
    kind, subject = record.kind.value, record.subject.value
    return f"{kind.name if kind else ''} {subject or ''}"


def _dates(documents: tuple[Record, ...]) -> list[str]:
    return [str(document.date.value) for document in documents if document.date.value]


def _folded(text: str) -> list[str]:
    return analyzer.strip_term_marks(analyzer.extract_terms(text))


def is_draft(record: Record) -> bool:
    """Whether the record says that the document is a draft."""
    return any(problem.code is ProblemCode.DRAFT for problem in record.problems)

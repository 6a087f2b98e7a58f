"""What the index knows of a document, field by field. Every field is fed ready terms joined by blanks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer

from evidence.model.record import Record
from evidence.search import analyzer
from evidence.search.whoosh.writer import TermField

ANALYSIS = 3  # goes up with every change of analyzer or schema; an index of another version is made anew


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A document as the index is to know it. ``revision`` is the store's, to tell whether the index is in step."""

    sha256: str
    revision: int
    record: Record
    texts: tuple[str, ...]
    units: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()


def build_schema() -> fields.Schema:
    """The fields. ``big`` keeps frequencies only; nothing of the text is stored in the index."""
    words = SpaceSeparatedTokenizer()
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        revision=fields.STORED,
        body=TermField(analyzer=words),
        body_f=TermField(analyzer=words),
        big=TermField(analyzer=words, phrase=False),
        title=TermField(analyzer=words),
        title_f=TermField(analyzer=words),
        issuer=TermField(analyzer=words),
        nums=TermField(analyzer=words, phrase=False),
        number=fields.KEYWORD,
        cites=fields.KEYWORD,
        kind=fields.KEYWORD,
        unit=fields.KEYWORD,
        criterion=fields.KEYWORD,
        date=fields.ID,
    )


def index_fields(entry: IndexEntry) -> Mapping[str, object]:
    """The entry as the engine takes it."""
    text = "\n".join(entry.texts)
    body, title = analyzer.extract_terms(text), analyzer.extract_terms(_title(entry.record))
    flat, flat_title = analyzer.strip_term_marks(body), analyzer.strip_term_marks(title)
    return {
        "id": entry.sha256,
        "revision": entry.revision,
        "body": " ".join(body),
        "body_f": " ".join(flat),
        "big": " ".join(analyzer.join_bigrams(flat)),
        "title": " ".join(title),
        "title_f": " ".join(flat_title),
        "nums": " ".join([*analyzer.extract_figures(text), *_date(entry.record)]),
        **_record_fields(entry),
    }


def _record_fields(entry: IndexEntry) -> dict[str, str]:
    """The fields that come from the record and from who handed it in."""
    records = (entry.record, *entry.record.parts)  # every document of the file
    numbers = [record.number.value for record in records if record.number.value]
    kinds = [record.kind.value for record in records if record.kind.value]
    issuers = [record.issuer.value for record in records if record.issuer.value]
    named = [analyzer.extract_terms(f"{issuer.name} {issuer.code or ''}") for issuer in issuers]
    cited = (analyzer.number_term(cite.number) for record in records for cite in record.citations if cite.number)
    return {
        "number": " ".join(
            term for number in numbers for term in (analyzer.number_term(number), *analyzer.split_number(number))
        ),
        "cites": " ".join(dict.fromkeys(cited)),
        "kind": " ".join(analyzer.label_term(name) for kind in kinds for name in (kind.name, kind.code) if name),
        # the gap keeps a phrase from running out of the name into the code
        "issuer": " ".join(term for terms in named for term in analyzer.strip_term_marks(terms)),
        "unit": " ".join(map(analyzer.label_term, entry.units)),
        "criterion": " ".join(
            dict.fromkeys(term for code in entry.criteria for term in analyzer.criterion_terms(code))
        ),
        "date": " ".join(_date(entry.record)[:1]),  # one term a document: that of the first
    }


def _title(record: Record) -> str:
    kind, subject = record.kind.value, record.subject.value
    return f"{kind.name if kind else ''} {subject or ''}"


def _date(record: Record) -> list[str]:
    return [str(document.date.value) for document in (record, *record.parts) if document.date.value]

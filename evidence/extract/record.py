"""Document -> record: the one call of this room. Pure: no files, no clock, no network."""

from __future__ import annotations

from dataclasses import replace

from evidence.extract.citations.completion import complete_citations
from evidence.extract.citations.reader import read_citations
from evidence.extract.citations.standards import read_standards
from evidence.extract.fields.annex_parent import apply_annex_parent, read_annex_parent
from evidence.extract.fields.annexes import read_annexes
from evidence.extract.fields.certificates import read_signing_days
from evidence.extract.fields.closing_dates import read_closing_date
from evidence.extract.fields.consolidated import has_consolidated_heading, split_consolidated
from evidence.extract.fields.issuer import read_issuer
from evidence.extract.fields.kind_subject import read_consolidated_kind, read_kind, read_subject
from evidence.extract.fields.number_date import read_date, read_number
from evidence.extract.fields.signer import read_signer
from evidence.extract.layout.zones import Zones, split_zones
from evidence.extract.split_documents import split_document
from evidence.extract.validation.confidence import adjust_confidence
from evidence.extract.validation.consistency import check_consistency, explain_unreadable, has_unread_page
from evidence.extract.validation.corroboration import corroborate_record
from evidence.extract.validation.scanned_words import doubt_strange_words
from evidence.messages import Message
from evidence.model.document import Document
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import PageSummary, Record, Status

# raised with every change that can change a value: ``reread --stale`` re-extracts what an older one made
GRAMMAR = 18


def read_record(document: Document) -> Record:
    """The record of a document; ``unreadable`` where no page has a word. Of several in one file, the first one's.

    The others are its ``parts``: a verdict on such a file is never a plain no.
    """
    first, *others = read_records(document)
    if first.status is Status.UNREADABLE and document.members and not document.pages:
        # a package is nothing but the files inside it
        first = replace(first, status=Status.READ, problems=document.problems)
    whole = replace(first, signatures=document.signatures, envelope=document.envelope, members=document.members)
    return replace(whole, parts=tuple(others))


def read_records(document: Document) -> tuple[Record, ...]:
    """One record for each document that the file holds, in order of pages; all of them name the same source."""
    parts = split_document(document)
    if len(parts) == 1:
        return (_read_one(document),)
    records = [_with_page_range(_read_one(part)) for part in parts]
    params = {"count": str(len(parts)), "pages": _page_ranges(records)}
    problem = Problem(ProblemCode.MIXED_DOCUMENTS, Message("problem-mixed-documents", params))
    first = replace(records[0], problems=(*records[0].problems, problem))
    return (first, *records[1:])


def _with_page_range(record: Record) -> Record:
    return replace(record, first_page=record.pages[0].number, last_page=record.pages[-1].number)


def _page_ranges(records: list[Record]) -> str:
    """``1-2, 3-9``."""
    pairs = ((record.first_page, record.last_page) for record in records)
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in pairs)


def _read_one(document: Document) -> Record:
    """The record of one document: its fields by their places, then held against each other and all that is known."""
    zones = split_zones(document)
    if zones is None:
        return _unreadable(document)
    record = _read_fields(document, zones)
    record = apply_annex_parent(record, document, zones)
    record = complete_citations(record)
    record = corroborate_record(record, document)
    record = check_consistency(record)
    return doubt_strange_words(adjust_confidence(record, document), document)


def _unreadable(document: Document) -> Record:
    """The record of a document without a word."""
    problems = explain_unreadable(document)
    record = Record(document.source, Status.UNREADABLE, _pages(document), problems=problems, grammar=GRAMMAR)
    return replace(record, status=Status.PARTLY_READ) if record.unfinished else record


def _read_fields(document: Document, zones: Zones) -> Record:
    """Every field, each from its place. A consolidated text has its own header at its end (``header``)."""
    own_header = split_consolidated(document, numbered=read_number(zones).raw is not None)
    header = own_header or zones
    number = read_number(header)
    signed = read_signing_days(document)
    date_row = read_date(header, signed)
    if not date_row.date.raw:
        date_row = read_closing_date(document, signed)
    issuer, parent = read_issuer(header)
    signer, recipients = read_signer(document, zones.page.number)
    citations = read_citations(document.pages, number.value)
    is_consolidated = own_header is not None or has_consolidated_heading(document)
    return Record(
        source=document.source,
        status=Status.PARTLY_READ if has_unread_page(document) else Status.READ,
        pages=_pages(document),
        kind=read_consolidated_kind(number) if is_consolidated else read_kind(zones, number),
        number=number,
        date=date_row.date,
        place=date_row.place,
        issuer=issuer,
        parent=parent,
        subject=read_subject(zones),
        signer=signer,
        recipients=recipients,
        citations=citations,
        standards=read_standards(document.pages),
        annexes=read_annexes(document),
        problems=document.problems,
        annex_of=read_annex_parent(document, citations),
        grammar=GRAMMAR,
    )


def _pages(document: Document) -> tuple[PageSummary, ...]:
    return tuple(
        PageSummary(
            page.number, page.width, page.height, page.origin, round(page.confidence, 3), page.engine, page.rotation
        )
        for page in document.pages
    )

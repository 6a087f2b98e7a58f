"""Document -> record: the one call of this room. Pure: no files, no clock, no network."""

from __future__ import annotations

from dataclasses import replace

from evidence.extract import split_documents as parts
from evidence.extract.citations import completion as resolving
from evidence.extract.citations import reader as citations
from evidence.extract.citations import standards
from evidence.extract.fields import annex_parent as belonging
from evidence.extract.fields import annexes, certificates, consolidated, issuer, signer, subject
from evidence.extract.fields import number_date as header
from evidence.extract.layout import zones
from evidence.extract.validation import confidence as credence
from evidence.extract.validation import consistency as checks
from evidence.extract.validation import corroboration as witnesses
from evidence.messages import Message
from evidence.model.document import Document
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import PageSummary, Record, Status

# raised with every change that can change a value: ``reread --stale`` re-extracts what an older one made
GRAMMAR = 8


def read(document: Document) -> Record:
    """The record of a document; ``unreadable`` where no page has a word. Of several in one file, the first one's.

    The others are its ``parts``: a verdict on such a file is never a plain no.
    """
    first, *others = read_all(document)
    if first.status is Status.UNREADABLE and document.members and not document.pages:
        # a package is nothing but the files inside it
        first = replace(first, status=Status.READ, problems=document.problems)
    whole = replace(first, signatures=document.signatures, envelope=document.envelope, members=document.members)
    return replace(whole, parts=tuple(others))


def read_all(document: Document) -> tuple[Record, ...]:
    """One record for each document that the file holds, in order of pages; all of them name the same source."""
    found = parts.split(document)
    if len(found) == 1:
        return (_read(document),)
    records = [_ranged(_read(one)) for one in found]
    said = Message("problem-mixed-documents", {"count": str(len(found)), "pages": _ranges(records)})
    first = replace(records[0], problems=(*records[0].problems, Problem(ProblemCode.MIXED_DOCUMENTS, said)))
    return (first, *records[1:])


def _ranged(record: Record) -> Record:
    return replace(record, first_page=record.pages[0].number, last_page=record.pages[-1].number)


def _ranges(records: list[Record]) -> str:
    """``1-2, 3-9``."""
    pairs = ((one.first_page, one.last_page) for one in records)
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in pairs)


def _read(document: Document) -> Record:
    """The record of one document."""
    pages = tuple(
        PageSummary(page.number, page.width, page.height, page.origin, round(page.confidence, 3), page.engine)
        for page in document.pages
    )
    places = zones.split(document)
    if places is None:
        problems = checks.of_unreadable(document)
        bare = Record(document.source, Status.UNREADABLE, pages, problems=problems, grammar=GRAMMAR)
        return replace(bare, status=Status.PARTLY_READ) if bare.unfinished else bare
    merged = consolidated.split(document, numbered=header.read_number(places).raw is not None)
    consolidates = merged is not None or consolidated.is_announced(document)
    head = merged or places
    number = header.read_number(head)
    row = header.read_date(head, certificates.days(document))
    date = row.date if row.date.raw else header.read_adoption(document)
    own, above = issuer.read(head)
    signed, recipients = signer.read(document, places.page.number)
    cited = citations.read(document.pages, number.value)
    record = Record(
        source=document.source,
        status=Status.PARTLY_READ if checks.has_unread_page(document) else Status.READ,
        pages=pages,
        kind=subject.consolidated_kind(number) if consolidates else subject.read_kind(places, number),
        number=number,
        date=date,
        place=row.place,
        issuer=own,
        parent=above,
        subject=subject.read_subject(places),
        signer=signed,
        recipients=recipients,
        citations=cited,
        standards=standards.read(document.pages),
        annexes=annexes.read(document),
        problems=document.problems,
        annex_of=belonging.read(document, cited),
        grammar=GRAMMAR,
    )
    heard = witnesses.hear(resolving.settle(belonging.settle(record, document, places)), document)
    return credence.weigh(checks.run(heard), document)

"""Document -> record: the one call of this room. Pure: no files, no clock, no network."""

from __future__ import annotations

from evidence.extract import annexes, belonging, checks, citations, consolidated, header, issuer, signer, subject, zones
from evidence.model import Document, PageSummary, Record, Status

# raised with every change that can change a value: ``reread --stale`` re-extracts what an older one made
GRAMMAR = 2


def read(document: Document) -> Record:
    """The record of a document; ``unreadable`` where no page has a word."""
    pages = tuple(
        PageSummary(page.number, page.width, page.height, page.origin, round(page.confidence, 3), page.engine)
        for page in document.pages
    )
    places = zones.split(document)
    if places is None:
        problems = checks.of_unreadable(document)
        return Record(document.source, Status.UNREADABLE, pages, problems=problems, grammar=GRAMMAR)
    merged = consolidated.split(document) if header.read_number(places).raw is None else None
    head = merged or places
    number = header.read_number(head)
    row = header.read_date(head)
    date = row.date if row.date.raw else header.read_adoption(document)
    own, above = issuer.read(head)
    signed, recipients = signer.read(document, places.page.number)
    cited = citations.read(document.pages, number.value)
    record = Record(
        source=document.source,
        status=Status.PARTLY_READ if checks.has_unread_page(document) else Status.READ,
        pages=pages,
        kind=subject.read_kind(places, number) if merged is None else subject.consolidated_kind(number),
        number=number,
        date=date,
        place=row.place,
        issuer=own,
        parent=above,
        subject=subject.read_subject(places),
        signer=signed,
        recipients=recipients,
        citations=cited,
        annexes=annexes.read(document),
        problems=document.problems,
        annex_of=belonging.read(document, cited),
        grammar=GRAMMAR,
    )
    return checks.run(belonging.settle(record, document, places))

"""Document -> record: the one call of this room. Pure: no files, no clock, no network."""

from __future__ import annotations

from evidence.model import Document, Origin, PageSummary, Record, Status

GRAMMAR = 1


def read(document: Document) -> Record:
    """The record of a document; ``unreadable`` where it has no pages."""
    pages = tuple(
        PageSummary(page.number, page.width, page.height, page.origin, round(page.confidence, 3), page.engine)
        for page in document.pages
    )
    legible = any(page.origin is not Origin.BLANK for page in document.pages)
    status = Status.READ if legible else Status.UNREADABLE
    return Record(document.source, status, pages, problems=document.problems, grammar=GRAMMAR)

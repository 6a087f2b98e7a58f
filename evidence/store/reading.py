"""What is asked of the database, inside one transaction of the caller's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evidence.model import Citation, Document, Page, Record, Submission
from evidence.store import rows
from evidence.store.nouns import Refusal, Volume
from evidence.store.tables import (
    CitationRow,
    DocumentRow,
    OutboxRow,
    PageRow,
    RecordRow,
    RefusalRow,
    SubmissionRow,
)


def record(session: Session, sha256: str) -> Record | None:
    row = session.get(RecordRow, sha256)
    return rows.record(row) if row else None


def pages(session: Session, sha256: str) -> tuple[Page, ...]:
    found = session.scalars(select(PageRow).where(PageRow.sha256 == sha256).order_by(PageRow.number))
    return tuple(rows.page(row) for row in found)


def texts(session: Session, sha256: str) -> Iterator[tuple[int, str]]:
    """Number and text of each page, read one by one."""
    found = session.scalars(select(PageRow).where(PageRow.sha256 == sha256).order_by(PageRow.number))
    return ((row.number, rows.text(row)) for row in found)


def document(session: Session, sha256: str) -> Document | None:
    """The document as it was read, from its stored pages."""
    row = session.get(DocumentRow, sha256)
    return rows.document(row, pages(session, sha256)) if row else None


def hashes(session: Session, other_than: int | None = None) -> tuple[str, ...]:
    """All documents; or those whose record another version of the grammar made."""
    query = select(DocumentRow.sha256).order_by(DocumentRow.stored_at, DocumentRow.sha256)
    if other_than is not None:
        query = query.outerjoin(RecordRow, RecordRow.sha256 == DocumentRow.sha256)
        query = query.where((RecordRow.grammar != other_than) | RecordRow.grammar.is_(None))
    return tuple(session.scalars(query))


def submissions(session: Session, sha256: str | None = None) -> tuple[Submission, ...]:
    """What was handed in, in the order it came: all of it, or of one document."""
    query = select(SubmissionRow).order_by(SubmissionRow.id)
    if sha256 is not None:
        query = query.where(SubmissionRow.sha256 == sha256)
    return tuple(rows.submission(row) for row in session.scalars(query))


def refusals(session: Session) -> tuple[Refusal, ...]:
    return tuple(rows.refusal(row) for row in session.scalars(select(RefusalRow).order_by(RefusalRow.id)))


def by_prefix(session: Session, prefix: str) -> tuple[str, ...]:
    """The documents whose hash begins so."""
    query = select(DocumentRow.sha256).where(DocumentRow.sha256.startswith(prefix, autoescape=True))
    return tuple(session.scalars(query.order_by(DocumentRow.sha256)))


def bearers(session: Session, key: str) -> tuple[tuple[str, str | None], ...]:
    """The documents that bear this number, each with its date."""
    query = select(RecordRow.sha256, RecordRow.date).where(RecordRow.number_key == key)
    query = query.order_by(RecordRow.date, RecordRow.sha256)
    return tuple((sha, date) for sha, date in session.execute(query))


def cited_by(session: Session, key: str) -> Iterator[tuple[str, Citation]]:
    """Every place where this number is cited: the citing document and the citation."""
    query = select(CitationRow.sha256, CitationRow.place).where(CitationRow.number_key == key)
    record_of: dict[str, Record | None] = {}
    for sha, place in session.execute(query.order_by(CitationRow.sha256, CitationRow.place)):
        if sha not in record_of:
            record_of[sha] = record(session, sha)
        citing = record_of[sha]
        if citing:
            yield sha, citing.citations[place]


def waiting(session: Session, most: int | None) -> tuple[tuple[int, str], ...]:
    """The first entries of the outbox, or all: place and document."""
    query = select(OutboxRow.id, OutboxRow.sha256).order_by(OutboxRow.id).limit(most)
    return tuple((place, sha) for place, sha in session.execute(query))


def last_waiting(session: Session) -> int:
    return session.scalar(select(func.max(OutboxRow.id))) or 0


def revisions(session: Session) -> dict[str, int]:
    found = session.execute(select(DocumentRow.sha256, DocumentRow.revision))
    return {row.sha256: row.revision for row in found}


def revision(session: Session, sha256: str) -> int:
    return session.get_one(DocumentRow, sha256).revision


def volume(session: Session) -> Volume:
    documents, page_count = session.execute(
        select(func.count(), func.coalesce(func.sum(DocumentRow.page_count), 0)).select_from(DocumentRow)
    ).one()
    handed = session.scalar(select(func.count()).select_from(SubmissionRow)) or 0
    refused = session.scalar(select(func.count()).select_from(RefusalRow)) or 0
    return Volume(documents, page_count, handed, refused)


def records(session: Session, wanted: Iterable[str]) -> dict[str, Record]:
    """Those records that are there, by hash."""
    found = ((sha, record(session, sha)) for sha in wanted)
    return {sha: one for sha, one in found if one is not None}

"""What is asked of the database, inside one transaction of the caller's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evidence.model.assessment import Submission
from evidence.model.document import Document, Page
from evidence.model.record import Citation, Record
from evidence.store import mapping as rows
from evidence.store.corrections import applied
from evidence.store.facts import Correction, Refusal, Volume
from evidence.store.schema import (
    BodyRow,
    CitationRow,
    CorrectionRow,
    DocumentRow,
    OutboxRow,
    PageRow,
    RecordRow,
    RefusalRow,
    SubmissionRow,
)
from evidence.vietnamese.text import fold

LOT = 500


def machine(session: Session, sha256: str) -> Record | None:
    """The record as the machine made it, without anybody's corrections."""
    row = session.get(RecordRow, sha256)
    return rows.record(row) if row else None


def record(session: Session, sha256: str) -> Record | None:
    """The record that holds: the machine's with the corrections."""
    found = machine(session, sha256)
    return applied(found, corrections(session, sha256)) if found else None


def corrections(session: Session, sha256: str | None = None) -> tuple[Correction, ...]:
    """What appraisers corrected, in order: of one document, or all."""
    query = select(CorrectionRow).order_by(CorrectionRow.id)
    if sha256 is not None:
        query = query.where(CorrectionRow.sha256 == sha256)
    return tuple(
        Correction(one.sha256, one.field, one.value, one.author, one.at, one.page) for one in session.scalars(query)
    )


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


def unfinished(session: Session, sha256: str | None = None) -> tuple[str, ...]:
    """The documents whose body is still to be read, in the order of their headers; or that one, if it is."""
    query = select(BodyRow.sha256).order_by(BodyRow.id)
    return tuple(session.scalars(query if sha256 is None else query.where(BodyRow.sha256 == sha256)))


def submissions(
    session: Session, sha256: str | None = None, units: Collection[str] | None = None
) -> tuple[Submission, ...]:
    """What was handed in, in the order it came: all of it, of one document, or by units of those (folded) names."""
    query = select(SubmissionRow).order_by(SubmissionRow.id)
    if sha256 is not None:
        query = query.where(SubmissionRow.sha256 == sha256)
    if units is not None:
        named = [name for name in session.scalars(select(SubmissionRow.unit).distinct()) if fold(name) in units]
        query = query.where(SubmissionRow.unit.in_(named))
    return tuple(rows.submission(row) for row in session.scalars(query))


def citing(session: Session, keys: Sequence[str], relations: Sequence[str]) -> tuple[str, ...]:
    """The documents that stand in one of those relations to a document with one of those numbers."""
    found: set[str] = set()
    for some in _lots(keys):
        query = select(CitationRow.sha256).where(CitationRow.number_key.in_(some))
        found.update(session.scalars(query.where(CitationRow.relation.in_(relations))))
    return tuple(sorted(found))


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


def records(session: Session, wanted: Sequence[str]) -> dict[str, Record]:
    """Those records that are there, by hash. Many at a time: a query each would take four times as long."""
    mended: dict[str, list[Correction]] = {}
    for one in corrections(session):
        mended.setdefault(one.sha256, []).append(one)
    found = {}
    for some in _lots(wanted):
        for sha256, data in session.execute(select(RecordRow.sha256, RecordRow.data).where(RecordRow.sha256.in_(some))):
            found[sha256] = applied(rows.record_of(sha256, data), mended.get(sha256, ()))
    return {sha256: found[sha256] for sha256 in wanted if sha256 in found}


def unchanged(session: Session, handed: Sequence[Submission]) -> set[Submission]:
    """Those submissions that are written down just so, and of whose files no refusal stands."""
    paths = {one.path for one in handed}
    standing = select(SubmissionRow).where(SubmissionRow.path.in_(paths))
    known = {(row.path, row.sha256, row.unit, row.criterion): rows.submission(row) for row in session.scalars(standing)}
    refused = set(session.scalars(select(RefusalRow.path).where(RefusalRow.path.in_(paths))))
    return {one for one in handed if one.path not in refused and _says_nothing_new(one, known)}


def _says_nothing_new(one: Submission, known: dict[tuple[str, str, str, str], Submission]) -> bool:
    old = known.get((one.path, one.sha256, one.unit or "", one.criterion or ""))
    return old is not None and all(getattr(one, name) in (None, getattr(old, name)) for name in rows.CLAIMS)


def _lots(of: Sequence[str]) -> Iterator[list[str]]:
    """As many as a query may name."""
    rest = iter(of)
    while some := list(islice(rest, LOT)):
        yield some

"""What is written, inside one transaction of the caller's."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from evidence.model.document import Document
from evidence.model.record import Record, Status
from evidence.store import mapping, queries
from evidence.store.audit import chain
from evidence.store.corrections import apply_corrections
from evidence.store.facts import Correction, Refusal
from evidence.store.findings.marks import mark_document, mark_unit
from evidence.store.schema import (
    BodyRow,
    CitationRow,
    CorrectionRow,
    DocumentRow,
    PageRow,
    PartNumberRow,
    RecordRow,
    RefusalRow,
    SubmissionRow,
)
from evidence.store.searches.tables import IndexLogRow


def put_document(
    session: Session, document: Document, record: Record, kept: bool, pages: Sequence[PageRow] = ()
) -> bool:
    """Writes a document as it was just read; False where it was read whole meanwhile, and this is its header alone.
    What stands there already as it was read is not written once more.
    ``pages``: packed before anybody has to wait for it (``mapping.pack_pages``)."""
    now, sha256 = current_time(), document.source.sha256
    old = session.get(DocumentRow, sha256)
    if old is not None and record.unfinished and _read_whole(session, sha256):
        return False
    if old is not None and (old.kept or not kept) and _stands_already(session, old, document, record, pages):
        return True
    if old is None:
        session.add(mapping.document_to_row(document, kept, now))
        session.flush()
    else:
        old.head, old.page_count = mapping.encode_head(document), len(document.pages)
        old.kept = old.kept or kept
        session.execute(delete(PageRow).where(PageRow.sha256 == sha256))
    session.add_all(pages)
    write_record(session, record)
    _await_body(session, record)
    action = "stored" if old is None else "read again"
    extent = ", header only" if record.unfinished else ""
    write_audit(session, action, sha256, f"{record.status.value}, grammar {record.grammar}{extent}")
    return True


def replace_record(session: Session, record: Record) -> None:
    """Puts a newly extracted record in the place of the former one; not that of a header in that of a whole document,
    whose body was read while it was made."""
    sha256 = record.source.sha256
    if record.unfinished and _read_whole(session, sha256):
        return
    write_record(session, record)
    write_audit(session, "extracted again", sha256, f"grammar {record.grammar}")


def _stands_already(
    session: Session, old: DocumentRow, document: Document, record: Record, pages: Sequence[PageRow]
) -> bool:
    """Whether all of it is there, byte by byte, as when two workers read the same file at once: nothing was read
    again."""
    sha256 = old.sha256
    awaited = session.scalar(select(BodyRow.id).where(BodyRow.sha256 == sha256)) is not None
    stored = session.scalar(select(RecordRow.data).where(RecordRow.sha256 == sha256))
    if awaited or old.head != mapping.encode_head(document) or stored != mapping.encode_record(record):
        return False
    rows = session.execute(select(PageRow.number, PageRow.data).where(PageRow.sha256 == sha256))
    return {number: data for number, data in rows} == {page.number: page.data for page in pages}  # noqa: C416


def _read_whole(session: Session, sha256: str) -> bool:
    """Whether a record stands that was made of more than the header; one that is unreadable may be replaced."""
    if session.scalar(select(BodyRow.id).where(BodyRow.sha256 == sha256)) is not None:
        return False
    status = session.scalar(select(RecordRow.status).where(RecordRow.sha256 == sha256))
    return status not in (None, Status.UNREADABLE.value)


def _await_body(session: Session, record: Record) -> None:
    """Notes that the document's body is still to be read, or that it has been."""
    own = BodyRow.sha256 == record.source.sha256
    if not record.unfinished:
        session.execute(delete(BodyRow).where(own))
    elif session.scalar(select(BodyRow.id).where(own)) is None:
        session.add(BodyRow(sha256=record.source.sha256))


def write_record(session: Session, record: Record) -> None:
    """Puts the record in the place of the former one."""
    sha256 = record.source.sha256
    session.execute(delete(CitationRow).where(CitationRow.sha256 == sha256))
    held = apply_corrections(record, queries.load_corrections(session, sha256))
    session.merge(mapping.record_to_row(record, held))
    session.add_all(mapping.citations_to_rows(record))
    _write_part_numbers(session, held)
    queue_indexing(session, sha256)


def _write_part_numbers(session: Session, held: Record) -> None:
    """The numbers of the file's further documents, in the place of the former ones."""
    session.execute(delete(PartNumberRow).where(PartNumberRow.sha256 == held.source.sha256))
    session.add_all(mapping.part_numbers_to_rows(held))


def add_correction(session: Session, correction: Correction) -> None:
    """Adds an appraiser's word; those before it stay."""
    sha256 = correction.sha256
    before = _corrected_value(session, correction)
    row = CorrectionRow(
        sha256=sha256,
        field=correction.field,
        value=correction.value,
        author=correction.author,
        at=correction.at,
        page=correction.page,
    )
    session.add(row)
    session.flush()
    held = queries.load_record(session, sha256)
    if held is not None:
        session.execute(update(RecordRow).where(RecordRow.sha256 == sha256).values(**mapping.searched_values(held)))
        _write_part_numbers(session, held)
    queue_indexing(session, sha256)
    action = "corrected" if correction.value is not None else "correction withdrawn"
    write_audit(session, action, sha256, f"{correction.field} · {correction.author}", before, correction.value)


def _corrected_value(session: Session, correction: Correction) -> str | None:
    """What an appraiser wrote of that field before; None: the machine's value held."""
    query = select(CorrectionRow.value).where(
        CorrectionRow.sha256 == correction.sha256,
        CorrectionRow.field == correction.field,
        CorrectionRow.page.is_(correction.page) if correction.page is None else CorrectionRow.page == correction.page,
    )
    return session.scalars(query.order_by(CorrectionRow.id.desc()).limit(1)).first()


def add_refusal(session: Session, refusal: Refusal) -> None:
    """Writes that the file could not be taken in, in the place of what was written of it before."""
    row = mapping.refusal_to_row(refusal, current_time())
    remove_refusal(session, row)
    session.add(row)
    mark_unit(session, row.unit)
    write_audit(session, "refused", row.path, refusal.message.code)


def remove_refusal(session: Session, row: SubmissionRow | RefusalRow) -> None:
    """Takes back what was refused of that file before; another one that is shown by the same name stays refused.

    The file is known by its place on disk; in rows of older archives, by the path it was shown by.
    """
    places = [RefusalRow.path == row.path, *([RefusalRow.path_bytes == row.path_bytes] if row.path_bytes else [])]
    for refused in session.scalars(select(RefusalRow).where(or_(*places))):
        named = refused.path == row.path and _may_be_same_place(refused.path_bytes, row.path_bytes)
        lies_there = row.path_bytes is not None and refused.path_bytes == row.path_bytes
        exact = (refused.unit, refused.criterion) == (row.unit, row.criterion)
        vague = refused.unit in ("", row.unit) and refused.criterion in ("", row.criterion)
        if (named and exact) or (lies_there and vague):
            session.delete(refused)
            mark_unit(session, refused.unit)
    session.flush()


def _may_be_same_place(refused: bytes | None, new: bytes | None) -> bool:
    """Whether a path written down may be that place: an older archive has it as it was given, or not at all."""
    if refused is None or new is None or refused == new:
        return True
    return not refused.startswith(b"/") and refused.rpartition(b"/")[2] == new.rpartition(b"/")[2]


def queue_indexing(session: Session, sha256: str) -> None:
    """Raises the document's revision and asks for its entries in indexes, and what is found on it, to be made anew."""
    session.get_one(DocumentRow, sha256).revision += 1
    session.add(IndexLogRow(sha256=sha256))
    mark_document(session, sha256)


def write_audit(
    session: Session,
    action: str,
    subject: str,
    detail: str = "",
    before: str | None = None,
    after: str | None = None,
) -> None:
    """One line in the audit, by whoever acts now (``audit.actor``); ``before`` and ``after``: the value changed."""
    chain.append_entry(session, current_time(), action, subject, detail, before, after)


def delete_record(session: Session, sha256: str) -> None:
    """Removes a damaged record, so that the file is read anew when it is next handed in."""
    session.execute(delete(CitationRow).where(CitationRow.sha256 == sha256))
    session.execute(delete(PartNumberRow).where(PartNumberRow.sha256 == sha256))
    session.execute(delete(RecordRow).where(RecordRow.sha256 == sha256))
    mark_document(session, sha256)


def current_time() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")

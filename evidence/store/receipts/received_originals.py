"""Originals that a receipt was given for: kept like those of documents, read or not."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from evidence.store.database import Database
from evidence.store.originals import STAGED
from evidence.store.receipts.tables import ReceiptFileRow, UploadDraftRow
from evidence.store.schema import DocumentRow
from evidence.store.searches.stored_bytes import batch_hashes


def is_known_original(database: Database, sha256: str) -> bool:
    """Whether a document or a receipt knows that file."""
    with database.reading() as session:
        return bool(find_known_originals(session, [sha256]))


def is_kept_original(database: Database, sha256: str) -> bool:
    """Whether the original of that hash is kept, as the database says: the object store is not asked."""
    kept = select(DocumentRow.sha256).where(DocumentRow.sha256 == sha256, DocumentRow.kept)
    received = select(ReceiptFileRow.sha256).where(ReceiptFileRow.sha256 == sha256)
    with database.reading() as session:
        return any(session.scalar(query.limit(1)) is not None for query in (kept, received))


def find_known_originals(session: Session, hashes: Sequence[str]) -> set[str]:
    """Those of the files that a document or a receipt knows."""
    known: set[str] = set()
    for lot in batch_hashes(hashes):
        for column in (DocumentRow.sha256, ReceiptFileRow.sha256):
            known.update(session.scalars(select(column).where(column.in_(lot))))
    return known


def name_draft(token: str) -> str:
    """What the file of that draft is called in the archive's temporary folder."""
    return f"{STAGED}upload-{token}"


def name_waiting_drafts(database: Database) -> frozenset[str]:
    """The files that people handed over and have not handed in yet, as they lie in the temporary folder."""
    with database.reading() as session:
        return frozenset(name_draft(token) for token in session.scalars(select(UploadDraftRow.token)))


def list_received(database: Database) -> frozenset[str]:
    """The hashes of all files that receipts were given for."""
    with database.reading() as session:
        return frozenset(session.scalars(select(ReceiptFileRow.sha256).distinct()))

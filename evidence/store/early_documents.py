"""Documents of before the bytes that are hashed were proved to be the bytes that are read: what is stored of them may
be the text of another file. The audit says by which grammar each was read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import select

from evidence.model.document import Origin
from evidence.store import commands, queries
from evidence.store.audit.tables import AuditRow
from evidence.store.schema import BodyRow, DocumentRow
from evidence.store.store import Store

PROVED = 9  # the first version of the grammar whose readings are of the bytes that were hashed
READ = ("stored", "read again")  # what the audit calls a reading; records made of stored pages are none


def list_early_documents(store: Store) -> tuple[str, ...]:
    """The hashes of those whose originals are here and that no later version has read, in the order they came."""
    grammars: dict[str, int] = {}
    with store.database.reading() as session:
        for sha256, detail in session.execute(
            select(AuditRow.subject, AuditRow.detail).where(AuditRow.action.in_(READ)).order_by(AuditRow.id)
        ):
            version = re.search(r"grammar (\d+)", detail)
            grammars[sha256] = int(version[1]) if version else 0
        kept = session.scalars(select(DocumentRow.sha256).where(DocumentRow.kept).order_by(DocumentRow.stored_at))
        return tuple(sha256 for sha256 in kept if grammars.get(sha256, 0) < PROVED)


def load_own_texts(store: Store, sha256: str) -> dict[int, str]:
    """The text of those pages that were read from the file's own text, by number."""
    own = (Origin.TEXT, Origin.WIDGET)
    with store.database.reading() as session:
        return {page.number: page.text for page in queries.load_pages(session, sha256) if page.origin in own}


def queue_reading(store: Store, hashes: Iterable[str]) -> None:
    """Those documents are read anew from their originals, by this run of ``ingest`` or the next. ArchiveError where the
    archive is read-only."""
    store.check_writable()
    for sha256 in hashes:
        with store.database.writing() as session:
            if session.scalar(select(BodyRow.id).where(BodyRow.sha256 == sha256)) is None:
                session.add(BodyRow(sha256=sha256))
                commands.write_audit(session, "to be read again", sha256, "text of another file")

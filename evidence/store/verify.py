"""Is the archive whole: originals against their hashes, the database against itself. Every damage is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from evidence.errors import ArchiveError
from evidence.messages import Message
from evidence.store import queries
from evidence.store.audit import chain
from evidence.store.corrections import is_legible
from evidence.store.facts import Damage
from evidence.store.originals import Originals
from evidence.store.receipts.received_originals import is_known_original
from evidence.store.receipts.tables import ReceiptFileRow
from evidence.store.schema import DocumentRow, PageRow, RecordRow
from evidence.store.store import Store

T = TypeVar("T")
_HASH = re.compile(r"[0-9a-f]{64}")


def find_damages(store: Store) -> Iterator[Damage]:
    """All that is not as it should be, one by one."""
    with store.database.reading() as session:
        yield from store.database.engine.find_faults(session)
        yield from _documents(session)
        kept = _pairs(session, select(DocumentRow.sha256, DocumentRow.kept))
        kept |= dict.fromkeys(session.scalars(select(ReceiptFileRow.sha256)), True)
        yield from _corrections(session)
        yield from _audit(session)
    yield from _lost_originals(store.originals, kept)
    for path in _stray_files(store.originals, kept):
        if not (
            _HASH.fullmatch(path.name) and is_known_original(store.database, path.name)
        ):  # taken in while we looked
            yield Damage(str(path), Message("verify-stray", {"path": str(path)}))


def _documents(session: Session) -> Iterator[Damage]:
    """Every document has its record and all its pages, and they can be read."""
    counts = _pairs(session, select(PageRow.sha256, func.count()).group_by(PageRow.sha256))
    recorded = set(session.scalars(select(RecordRow.sha256)))
    declared = _pairs(session, select(DocumentRow.sha256, DocumentRow.page_count))
    for sha256, pages in declared.items():
        if sha256 not in recorded:
            yield Damage(sha256, Message("verify-no-record", {"sha256": sha256}))
        if counts.get(sha256, 0) != pages:
            params = {"sha256": sha256, "pages": str(pages), "found": str(counts.get(sha256, 0))}
            yield Damage(sha256, Message("verify-pages", params))
        elif not _legible(session, sha256):
            yield Damage(sha256, Message("verify-illegible", {"sha256": sha256}))


def _corrections(session: Session) -> Iterator[Damage]:
    """An appraiser's values that cannot be read as values of their fields, so that the machine's stand instead."""
    for correction in queries.load_corrections(session):
        if not is_legible(correction):
            params = {"sha256": correction.sha256, "field": correction.field, "value": str(correction.value)}
            yield Damage(correction.sha256, Message("verify-correction", params))


def _audit(session: Session) -> Iterator[Damage]:
    """The audit's chain of hashes: the first entry that is not what was written."""
    number = chain.find_break(session)
    if number is not None:
        yield Damage("audit", Message("verify-audit", {"number": str(number)}))


def _pairs(session: Session, query: Select[str, T]) -> dict[str, T]:
    return {row[0]: row[1] for row in session.execute(query)}


def _legible(session: Session, sha256: str) -> bool:
    """Whether the stored bytes are still the nouns they were."""
    try:
        queries.load_document(session, sha256)
        queries.load_record(session, sha256)
    except ArchiveError:
        return False
    finally:
        session.expunge_all()
    return True


def _lost_originals(originals: Originals, kept: dict[str, bool]) -> Iterator[Damage]:
    """Originals that are gone, or are no longer what was handed in."""
    for sha256 in (sha256 for sha256, here in kept.items() if here):
        params = {"sha256": sha256, "path": originals.shown(sha256)}
        digest = originals.read_hash(sha256)
        if digest is None:
            yield Damage(sha256, Message("verify-lost", params))
        elif digest != sha256:
            yield Damage(sha256, Message("verify-changed", params))


def _stray_files(originals: Originals, kept: dict[str, bool]) -> Iterator[Path]:
    """Files among the originals that no document knows. One that is being taken in at this moment is none."""
    for path in originals.walk():
        own = _HASH.fullmatch(path.name) and path == originals.path(path.name)
        if not own or (path.name not in kept and path.name not in originals.intended()):
            yield path

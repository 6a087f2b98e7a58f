"""Which numbers documents cite and bear, over the whole archive. ArchiveError where the database cannot be read."""

from __future__ import annotations

from sqlalchemy import select

from evidence.store.schema import CitationRow, RecordRow
from evidence.store.store import Store

NumberPlace = tuple[str, str]  # key of a number, hash of a document


def list_cited_numbers(store: Store) -> tuple[NumberPlace, ...]:
    """Each number that is cited with each document that cites it."""
    query = select(CitationRow.number_key, CitationRow.sha256).where(CitationRow.number_key.is_not(None)).distinct()
    with store.database.reading() as session:
        return tuple((str(key), sha256) for key, sha256 in session.execute(query))


def list_borne_numbers(store: Store) -> tuple[NumberPlace, ...]:
    """Each number that a document bears with that document."""
    query = select(RecordRow.number_key, RecordRow.sha256).where(RecordRow.number_key.is_not(None))
    with store.database.reading() as session:
        return tuple((str(key), sha256) for key, sha256 in session.execute(query))

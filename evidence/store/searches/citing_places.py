"""Where a number is cited: some laws are cited by a tenth of all documents, so not every place is always looked at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from evidence.model.record import Citation, Relation
from evidence.store import queries
from evidence.store.schema import CitationRow, SubmissionChangeRow, SubmissionRow

Place = tuple[str, int]  # the citing document, and which of its citations


@dataclass(frozen=True, slots=True)
class CitingPlaces:
    """The citing documents with their citations, in order of the documents; ``unread``: how many places more there
    are that were not looked at."""

    citations: tuple[tuple[str, Citation], ...]
    unread: int = 0


def find_citing_places(
    session: Session, key: str, units: Collection[str] | None, most: int, always: Collection[Relation]
) -> CitingPlaces:
    """The first places where that number is cited, and all where it is by one of the relations ``always``. ``units``:
    in documents that one of those had its hands on alone; None: in all."""
    chosen = [CitationRow.number_key == key, *([_handled_by(units)] if units is not None else [])]
    query = select(CitationRow.sha256, CitationRow.place).where(*chosen)
    places = _read(session, query, most + 1)
    unread = 0
    if len(places) > most:
        kept = _read(session, query.where(CitationRow.relation.in_([relation.value for relation in always])), None)
        places = sorted({*places[:most], *kept})
        total = session.scalar(select(func.count()).select_from(CitationRow).where(*chosen)) or 0
        unread = total - len(places)
    return CitingPlaces(tuple(queries.load_citations(session, places)), unread)


def _read(session: Session, query: Select[str, int], most: int | None) -> list[Place]:
    rows = session.execute(query.order_by(CitationRow.sha256, CitationRow.place).limit(most))
    return [(sha256, place) for sha256, place in rows]


def _handled_by(units: Collection[str]) -> ColumnElement[bool]:
    """Documents that one of those units ever handed in, or that were moved to it."""
    named = sorted(units)
    handed = select(SubmissionRow.sha256).where(SubmissionRow.unit.in_(named))
    changed = select(SubmissionChangeRow.submission).where(SubmissionChangeRow.unit.in_(named))
    moved = select(SubmissionRow.sha256).where(SubmissionRow.id.in_(changed))
    return or_(CitationRow.sha256.in_(handed), CitationRow.sha256.in_(moved))

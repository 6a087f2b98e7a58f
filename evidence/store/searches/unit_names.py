"""Units as whoever handed in wrote them: the same unit by its code, by its name, in capitals."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from evidence.store.schema import SubmissionChangeRow, SubmissionRow
from evidence.store.searches.seen_values import SeenValues
from evidence.vietnamese.text import fold

_UNITS = SeenValues(SubmissionRow.unit, SubmissionRow.id)  # no submission is ever changed


def match_units(session: Session, units: Collection[str]) -> ColumnElement[bool]:
    """Which submissions were ever of one of those (folded) units, as handed in or moved."""
    moved = [name for name in session.scalars(select(SubmissionChangeRow.unit).distinct()) if fold(name) in units]
    handed = [name for name in _UNITS.read(session) if fold(name) in units]
    changed = select(SubmissionChangeRow.submission).where(SubmissionChangeRow.unit.in_(moved))
    return or_(SubmissionRow.unit.in_(handed), *([SubmissionRow.id.in_(changed)] if moved else []))

"""Units as whoever handed in wrote them: the same unit by its code, by its name, in capitals."""

from __future__ import annotations

from collections.abc import Collection
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Engine, func, or_, select
from sqlalchemy.orm import Session

from evidence.store.schema import SubmissionChangeRow, SubmissionRow
from evidence.vietnamese.text import fold

_UNITS: WeakKeyDictionary[Engine | Connection, tuple[int, frozenset[str]]] = WeakKeyDictionary()  # up to which number


def match_units(session: Session, units: Collection[str]) -> ColumnElement[bool]:
    """Which submissions were ever of one of those (folded) units, as handed in or moved."""
    moved = [name for name in session.scalars(select(SubmissionChangeRow.unit).distinct()) if fold(name) in units]
    handed = [name for name in _list_units(session) if fold(name) in units]
    changed = select(SubmissionChangeRow.submission).where(SubmissionChangeRow.unit.in_(moved))
    return or_(SubmissionRow.unit.in_(handed), *([SubmissionRow.id.in_(changed)] if moved else []))


def _list_units(session: Session) -> frozenset[str]:
    """The units as whoever handed in wrote them. A submission is never changed, and numbers come in the order of
    commits: those that were looked at through the same connections, which only read, are not looked at again."""
    last = session.scalar(select(func.max(SubmissionRow.id))) or 0
    reader = session.get_bind()
    known, units = _UNITS.get(reader, (0, frozenset[str]()))
    if last > known:
        new = select(SubmissionRow.unit).where(SubmissionRow.id > known, SubmissionRow.id <= last).distinct()
        units |= frozenset(session.scalars(new))
        _UNITS[reader] = last, units
    return units

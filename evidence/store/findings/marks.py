"""Marks for what findings may rest on and changed, inside one transaction of the caller's: the change's own."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.orm import Session

from evidence.store.findings.tables import StaleMarkRow, UnitFindingsRow


def mark_document(session: Session, sha256: str) -> None:
    """The document, or what was handed in as it, changed."""
    _mark(session, sha256=sha256)


def mark_unit(session: Session, unit: str, criteria_set: str = "") -> None:
    """What that unit (as it is written there) has beside documents changed: refusals, figures, for one set or all."""
    _mark(session, unit=unit, criteria_set=criteria_set)


def mark_set(session: Session, criteria_set: str) -> None:
    """Something changed for every unit of that set: a round was opened."""
    _mark(session, criteria_set=criteria_set)


def find_last_mark(session: Session) -> int:
    """The last mark that was ever set, as far as it is there still or findings know of it; 0 for none."""
    waiting, known = (session.scalar(select(func.max(column))) for column in (StaleMarkRow.id, UnitFindingsRow.through))
    return max(waiting or 0, known or 0)


def remove_marks(session: Session, through: int) -> None:
    """Takes away the marks up to that one: all that they reach was made anew. The last one of all stays, so that it
    tells of every change that there was (``DatabaseEngine.read_change``)."""
    session.execute(delete(StaleMarkRow).where(_done(through)))


def _mark(session: Session, sha256: str = "", unit: str = "", criteria_set: str = "") -> None:
    """Sets the mark at the end, in the place of an equal one."""
    equal = (StaleMarkRow.sha256 == sha256, StaleMarkRow.unit == unit, StaleMarkRow.criteria_set == criteria_set)
    session.execute(delete(StaleMarkRow).where(*equal))
    session.add(StaleMarkRow(sha256=sha256, unit=unit, criteria_set=criteria_set))


def count_marks(session: Session, through: int) -> int:
    """How many there are up to that one that may be taken away."""
    return session.scalar(select(func.count()).where(_done(through))) or 0


def _done(through: int) -> ColumnElement[bool]:
    last = select(func.max(StaleMarkRow.id)).scalar_subquery()
    return and_(StaleMarkRow.id <= through, StaleMarkRow.id < last)

"""The audit of one store, read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, func, select

from evidence.model.account import AuditEntry
from evidence.store.audit import chain
from evidence.store.audit.tables import AuditRow
from evidence.store.searches.seen_values import SeenValues
from evidence.store.store import Store

T = TypeVar("T")
BATCH = 1000  # rows between two looks into the database
_ACTIONS = SeenValues(AuditRow.action, AuditRow.id)  # entries are never changed


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which entries. ``since``, ``until``: days (ISO 8601, UTC), both included; the texts are parts of what is
    looked for."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    since: str = ""
    until: str = ""


class AuditStore:
    """The audit of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def count(self, query: AuditQuery) -> int:
        with self._store.database.reading() as session:
            if query == AuditQuery():
                return session.scalar(select(func.max(AuditRow.id))) or 0  # numbered from 1 without a gap (``chain``)
            return session.scalar(_choose(select(func.count()).select_from(AuditRow), query)) or 0

    def page(self, query: AuditQuery, start: int, most: int) -> tuple[AuditEntry, ...]:
        """The latest first, from that place on."""
        chosen = _choose(select(AuditRow), query).order_by(AuditRow.id.desc()).offset(start).limit(most)
        with self._store.database.reading() as session:
            return tuple(_entry(row) for row in session.scalars(chosen))

    def entries(self, query: AuditQuery) -> Iterator[AuditEntry]:
        """All of them in the order in which they were written; no connection is held between batches."""
        last = 0
        while True:
            chosen = _choose(select(AuditRow), query).where(AuditRow.id > last).order_by(AuditRow.id).limit(BATCH)
            with self._store.database.reading() as session:
                batch = [_entry(row) for row in session.scalars(chosen)]
            yield from batch
            if len(batch) < BATCH:
                return
            last = batch[-1].id

    def actions(self) -> tuple[str, ...]:
        """Every kind of action that stands there."""
        with self._store.database.reading() as session:
            return tuple(sorted(_ACTIONS.read(session)))

    def find_break(self) -> int | None:
        """The number of the first entry that was changed or is missing."""
        with self._store.database.reading() as session:
            return chain.find_break(session)


def _choose(chosen: Select[T], query: AuditQuery) -> Select[T]:
    if query.actor:
        chosen = chosen.where(AuditRow.actor == query.actor)
    if query.action:
        chosen = chosen.where(AuditRow.action == query.action)
    if query.subject:
        chosen = chosen.where(
            AuditRow.subject.icontains(query.subject, autoescape=True)
            | AuditRow.detail.icontains(query.subject, autoescape=True)
        )
    if query.since:
        chosen = chosen.where(AuditRow.at >= query.since)
    if query.until:
        chosen = chosen.where(AuditRow.at < f"{query.until}T24")
    return chosen


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(**{name: getattr(row, name) for name in AuditEntry.__slots__})

"""Rounds closed, in one store. What writes raises ArchiveError where the archive is read-only."""

from __future__ import annotations

import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from evidence.errors import UsageError
from evidence.model.appraisal import RoundClosing
from evidence.store import commands
from evidence.store.rounds.tables import RoundClosingRow
from evidence.store.schema import RoundRow
from evidence.store.store import Store


class RoundClosings:
    """The closings of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def close(self, round: int, author: str, note: str) -> RoundClosing:
        """From now on the round takes no decision. UsageError: it is closed already."""
        with self._store.database.writing() as session:
            refuse_closed(session, round)
            row = RoundClosingRow(round=round, author=author, note=note, at=commands.current_time())
            session.add(row)
            opened = session.get_one(RoundRow, round)
            detail = " · ".join(part for part in (opened.stage, opened.criteria_set, author, note) if part)
            commands.write_audit(session, "round closed", str(round), detail)
            return _closing(row)

    def closings(self) -> dict[int, RoundClosing]:
        """Every closed round by its number."""
        with self._store.database.reading() as session:
            return {row.round: _closing(row) for row in session.scalars(select(RoundClosingRow))}


def refuse_closed(session: Session, round: int) -> None:
    """UsageError where that round is closed: who wants to decide opens the next one."""
    row = session.get(RoundClosingRow, round)
    if row is not None:
        raise UsageError("round-closed", number=round, by=row.author, day=row.at[:10])


def _closing(row: RoundClosingRow) -> RoundClosing:
    return RoundClosing(row.round, row.author, row.note, datetime.datetime.fromisoformat(row.at))

"""Drafts, visits, and the counts that an overview shows beside the findings. Every method is one transaction.

ArchiveError where the database fails, or is to be written and the archive is read-only.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from evidence.model.kept_finding import FindingKey
from evidence.store import commands
from evidence.store.findings.tables import FindingRow
from evidence.store.schema import DocumentRow, RecordRow, RefusalRow, SubmissionRow
from evidence.store.store import Store
from evidence.store.worklist.tables import DraftNoteRow, OverviewVisitRow

MOST_SCOPES = 256  # whose counts are kept in memory
LASTING = datetime.timedelta(minutes=30)  # looked at again within it, it is the same visit


@dataclass(frozen=True, slots=True)
class DueDay:
    """So many findings, of so many units, that are not due yet and fall due on that day."""

    day: datetime.date
    findings: int
    units: int


@dataclass(frozen=True, slots=True)
class ReadVolume:
    """What was handed in: files, their pages, and files that could not be read at all."""

    files: int
    pages: int
    unreadable: int


class WorklistStore:
    """The working state of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._volumes: dict[frozenset[str] | None, tuple[str, ReadVolume]] = {}  # by units, as of which change

    def draft(self, account: int, criteria_set: str, key: FindingKey) -> str:
        """What that person is writing on that finding; empty for nothing."""
        with self._store.database.reading() as session:
            row = session.get(DraftNoteRow, (account, criteria_set, key.unit, key.requirement))
            return row.note if row else ""

    def put_draft(self, account: int, criteria_set: str, key: FindingKey, note: str) -> None:
        """Keeps it in the place of what was written before; an empty note is none."""
        with self._store.database.writing() as session:
            name = (account, criteria_set, key.unit, key.requirement)
            row = session.get(DraftNoteRow, name)
            if row is not None and not note:
                session.delete(row)
            elif row is not None:
                row.note, row.at = note, commands.current_time()
            elif note:
                session.add(DraftNoteRow(
                    account=account, criteria_set=criteria_set, unit=key.unit, requirement=key.requirement, note=note,
                    at=commands.current_time(),
                ))  # fmt: skip

    def note_visit(self, account: int, criteria_set: str) -> datetime.datetime | None:
        """The person looks at the overview now; when it was looked at in the visit before this one. In a read-only
        archive visits are not noted, and none was before."""
        now = datetime.datetime.fromisoformat(commands.current_time())
        with self._store.database.reading() as session:
            row = session.get(OverviewVisitRow, (account, criteria_set))
            seen, before = (row.seen_at, row.before) if row else ("", "")
        if not seen or now - datetime.datetime.fromisoformat(seen) > LASTING / 10:
            lasting = seen and now - datetime.datetime.fromisoformat(seen) <= LASTING
            before = before if lasting else seen
            self._put_visit(account, criteria_set, now.isoformat(), before)
        return datetime.datetime.fromisoformat(before) if before else None

    def list_due(
        self, criteria_set: str, whole: bool, units: frozenset[str] | None, first: datetime.date, last: datetime.date
    ) -> tuple[DueDay, ...]:
        """What falls due from the first to the last day, as ``match.upcoming`` has it, by day."""
        where = [
            FindingRow.criteria_set == criteria_set, FindingRow.whole == whole, FindingRow.status == "not_due",
            FindingRow.due >= first.isoformat(), FindingRow.due <= last.isoformat(), *_of(FindingRow.unit, units),
        ]  # fmt: skip
        query = select(FindingRow.due, func.count(), func.count(FindingRow.unit.distinct())).where(*where)
        with self._store.database.reading() as session:
            rows = session.execute(query.group_by(FindingRow.due).order_by(FindingRow.due)).all()
        return tuple(DueDay(datetime.date.fromisoformat(day), findings, among) for day, findings, among in rows if day)

    def measure_read(self, units: frozenset[str] | None) -> ReadVolume:
        """What those units handed in, all of them for None, each document once. Where a submission was moved to is not
        looked at: it counts for the unit that handed it in."""
        with self._store.database.reading() as session:
            change = self._store.database.engine.read_change(session)
            kept = self._volumes.get(units)
            if kept is None or kept[0] != change:
                if len(self._volumes) >= MOST_SCOPES:
                    self._volumes.clear()
                kept = self._volumes[units] = change, _count_read(session, units)
        return kept[1]

    def _put_visit(self, account: int, criteria_set: str, seen_at: str, before: str) -> None:
        if self._store.frozen:
            return
        with self._store.database.writing() as session:
            session.merge(OverviewVisitRow(account=account, criteria_set=criteria_set, seen_at=seen_at, before=before))


def _count_read(session: Session, units: frozenset[str] | None) -> ReadVolume:
    submitted = select(SubmissionRow.sha256).where(*_of(SubmissionRow.unit, units))
    # the quicker way for each: all documents are looked up, or those of the units
    handed = exists(submitted.where(SubmissionRow.sha256 == DocumentRow.sha256).correlate(DocumentRow))
    chosen: ColumnElement[bool] = handed if units is None else DocumentRow.sha256.in_(submitted)
    unread = (
        select(func.count())
        .select_from(RecordRow)
        .where(
            RecordRow.status == text("'unreadable'"),
            exists().where(SubmissionRow.sha256 == RecordRow.sha256, *_of(SubmissionRow.unit, units)),
        )
    )
    refused = select(func.count(RefusalRow.id)).where(*_of(RefusalRow.unit, units))
    files, pages = session.execute(select(func.count(), func.sum(DocumentRow.page_count)).where(chosen)).one()
    return ReadVolume(files, int(pages or 0), (session.scalar(unread) or 0) + (session.scalar(refused) or 0))


def _of(column: InstrumentedAttribute[str], units: frozenset[str] | None) -> list[ColumnElement[bool]]:
    return [] if units is None else [column.in_(sorted(units))]

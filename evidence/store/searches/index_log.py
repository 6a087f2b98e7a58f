"""What indexes have not taken in yet: a log of documents to be written anew, and a cursor for each index that reads it.

Several indexes may read the log, each at its own pace: of two engines, of several machines. A row goes once every
index that is known has passed it. An index that is more than ``MOST`` rows behind, or behind and not heard of for
``SILENT``, is known no more: it must be made anew, and holds nobody's rows back.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from evidence.store.searches.index_cursor import IndexCursor
from evidence.store.searches.tables import IndexConsumerRow, IndexLogRow
from evidence.store.store import Store

MOST = 1_000_000  # rows; about 100 MB
SILENT = timedelta(days=7)
TOUCH = timedelta(hours=1)  # how often an index in step says that it is there
DRAFT = "/draft"  # behind the name: an index of that name that is being made anew


class IndexLog(IndexCursor):
    """The log as whoever writes the index reads it."""

    def __init__(self, store: Store, consumer: str) -> None:
        super().__init__(store.database, consumer)
        self._store = store
        self._place = consumer.partition("@")[2]

    def read(self, most: int) -> tuple[tuple[int, str], ...]:
        """The first rows that the index has not taken in: place and document."""
        query = select(IndexLogRow.id, IndexLogRow.sha256).where(IndexLogRow.id > (self.position() or 0))
        with self._store.database.reading() as session:
            rows = session.execute(query.order_by(IndexLogRow.id).limit(most))
            return tuple((place, sha256) for place, sha256 in rows)

    def find_end(self) -> int:
        """The last place of the log; what comes after it is written after this call."""
        with self._store.database.reading() as session:
            return _find_end(session)

    def draft_start(self) -> int | None:
        """Where the index began that is being made anew and is not finished; None where there is none."""
        with self._store.database.reading() as session:
            row = session.get(IndexConsumerRow, self._consumer + DRAFT)
            return row.position if row else None

    def begin_draft(self, start: int) -> None:
        """Keeps all that is logged behind ``start`` until the index that is being made is finished."""
        with self._store.database.writing() as session:
            _move_consumer(session, self._consumer + DRAFT, start)

    def rewind(self, start: int) -> None:
        """The index is about to be the one that was begun at ``start``: what was logged since, it reads again."""
        with self._store.database.writing() as session:
            _move_consumer(session, self._consumer, start)

    def finish_draft(self) -> None:
        """The index that was being made is the one that answers now."""
        with self._store.database.writing() as session:
            session.execute(delete(IndexConsumerRow).where(IndexConsumerRow.name.endswith(f"@{self._place}{DRAFT}")))
            self._forget_others(session)

    def advance(self, position: int) -> None:
        """The index has taken in the log up to there."""
        with self._store.database.writing() as session:
            self._forget_others(session)
            _move_consumer(session, self._consumer, position)

    def touch(self) -> None:
        """Says that the index is there, though nothing was logged; no oftener than is needed."""
        with self._store.database.reading() as session:
            row = session.get(IndexConsumerRow, self._consumer)
            if row is None or (row.seen or "") > _tell_time(TOUCH):
                return
        with self._store.database.writing() as session:
            known = session.get(IndexConsumerRow, self._consumer)
            if known is not None:
                known.seen = _tell_time()

    def _forget_others(self, session: Session) -> None:
        """One place has one index: what another engine had made there is gone."""
        ours, others = IndexConsumerRow.name.endswith(f"@{self._place}"), IndexConsumerRow.name != self._consumer
        session.execute(delete(IndexConsumerRow).where(ours, others))


def _move_consumer(session: Session, consumer: str, position: int) -> None:
    """Writes the position, forgets the indexes that nobody feeds, and removes the rows that all have passed."""
    session.merge(IndexConsumerRow(name=consumer, position=position, seen=_tell_time()))
    session.flush()
    end = _find_end(session)
    silent = IndexConsumerRow.seen < _tell_time(SILENT)
    session.execute(delete(IndexConsumerRow).where(IndexConsumerRow.position < end - MOST))
    session.execute(delete(IndexConsumerRow).where(IndexConsumerRow.position < end, silent))
    slowest = select(func.min(IndexConsumerRow.position)).scalar_subquery()
    session.execute(delete(IndexLogRow).where(IndexLogRow.id <= slowest))


def _tell_time(before: timedelta = timedelta()) -> str:
    """So long before now."""
    return (datetime.now(UTC) - before).isoformat(timespec="seconds")


def _find_end(session: Session) -> int:
    """The last row; where all are gone, the place of the index that read the last one."""
    last = session.scalar(select(func.max(IndexLogRow.id))) or 0
    return max(last, session.scalar(select(func.max(IndexConsumerRow.position))) or 0)

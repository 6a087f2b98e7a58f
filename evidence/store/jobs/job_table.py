"""The queue of jobs on SQLite: a table, one short transaction an act.

A worker holds a job by a lease that is renewed every few seconds; a killed worker's lease runs out, and the job is
taken again. A job begun ``MOST_ATTEMPTS`` times without an end is one that ends its workers: it fails, with a reason.
"""

from __future__ import annotations

import datetime
import importlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from evidence import codec
from evidence.messages import Message
from evidence.model.job import UNSETTLED, Job, JobKind, JobQueue, JobRequest, JobState, QueueRates
from evidence.store import commands
from evidence.store.jobs.tables import JobRow
from evidence.store.store import Store

ANNOUNCING = "evidence.store.jobs.announcing"
LEASE = 15.0  # seconds; renewed every LEASE / 3
MOST_ATTEMPTS = 4
RUNNING = frozenset({JobState.RUNNING})
KEPT_DAYS = 30  # how long a job that ended can be looked up


class JobTable(JobQueue):
    """The jobs of one store. ``clock``: seconds since 1970."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock

    def add(self, request: JobRequest) -> int:
        with self._store.database.writing() as session:
            return add_job(session, request)

    def take(self, kinds: tuple[JobKind, ...], worker: str) -> Job | None:
        now = self._clock()
        lapsed = and_(JobRow.state == JobState.RUNNING.value, JobRow.lease < now)
        free = or_(JobRow.state == JobState.WAITING.value, lapsed)
        query = select(JobRow).where(JobRow.kind.in_([kind.value for kind in kinds]), free).order_by(JobRow.id).limit(1)
        with self._store.database.reading() as session:
            if session.scalars(query).first() is None:
                return None  # looked up without the lock of a writer: this is asked several times a second
        with self._store.database.writing() as session:
            while (row := session.scalars(query).first()) is not None:
                if row.attempts < MOST_ATTEMPTS:
                    row.state, row.worker, row.lease = JobState.RUNNING.value, worker, now + LEASE
                    row.attempts, row.started_at = row.attempts + 1, commands.current_time()
                    return _job(row)
                _end_poison(row)
                session.flush()
        return None

    def begin(self, number: int, worker: str) -> Job | None:
        with self._changing(number, UNSETTLED) as row:
            if row is None:
                return None
            row.state, row.worker, row.started_at = JobState.RUNNING.value, worker, commands.current_time()
            return _job(row)

    def note_end(self, number: int) -> None:
        with self._changing(number) as row:
            if row is not None:
                row.attempts, row.state = row.attempts + 1, JobState.WAITING.value
                if row.attempts >= MOST_ATTEMPTS:
                    _end_poison(row)

    def give_up(self, number: int) -> None:
        with self._changing(number, UNSETTLED) as row:
            if row is not None:
                _end(row, Message("job-given-up"))

    def announce_lost(self) -> None:
        with self._store.database.writing() as session:
            announcing = _announcing(session)
            if announcing is not None:
                rows = session.scalars(select(JobRow.id).where(JobRow.state.in_(UNSETTLED)).order_by(JobRow.id))
                for number in announcing.list_lost(session, rows.all()):
                    announcing.announce_job(session, number)

    def announce_units(self, units: Sequence[tuple[str, str]]) -> None:
        with self._store.database.reading() as session:
            announcing = _announcing(session)
            if announcing is None or not announcing.list_unannounced(session, units):
                return
        with self._store.database.writing() as session:
            announcing.announce_units(session, units)

    def renew(self, worker: str) -> None:
        self._set(JobRow.worker == worker, lease=self._clock() + LEASE)

    def release(self, worker: str) -> None:
        self._set(JobRow.worker == worker, state=JobState.WAITING.value, lease=0.0)

    def report(self, number: int, done: int, total: int) -> None:
        self._set(JobRow.id == number, done=done, total=total)

    def end(self, number: int, message: Message | None = None) -> None:
        with self._changing(number) as row:
            if row is not None:
                _end(row, message)

    def find(self, kind: JobKind, subject: str) -> tuple[Job, ...]:
        query = select(JobRow).where(JobRow.kind == kind.value, JobRow.subject == subject)
        with self._store.database.reading() as session:
            return tuple(_job(row) for row in session.scalars(query.order_by(JobRow.id)))

    def list_jobs(self, states: frozenset[JobState], most: int) -> tuple[Job, ...]:
        query = select(JobRow).where(JobRow.state.in_([state.value for state in states]))
        with self._store.database.reading() as session:
            return tuple(_job(row) for row in session.scalars(query.order_by(JobRow.id.desc()).limit(most)))

    def count_waiting(self, kinds: tuple[JobKind, ...]) -> int:
        query = select(func.count()).where(JobRow.kind.in_([kind.value for kind in kinds]), JobRow.state.in_(UNSETTLED))
        with self._store.database.reading() as session:
            return session.scalar(query) or 0

    def measure(self) -> QueueRates:
        now = datetime.datetime.fromtimestamp(self._clock(), datetime.UTC)
        hour, day = (now - datetime.timedelta(hours=hours) for hours in (1, 24))
        with self._store.database.reading() as session:
            counted = session.execute(select(JobRow.state, func.count()).group_by(JobRow.state))
            states: dict[str, int] = {state: count for state, count in counted}  # noqa: C416
            ended = session.execute(
                select(JobRow.started_at, JobRow.ended_at).where(
                    JobRow.state == JobState.DONE.value, JobRow.ended_at >= day.isoformat(timespec="seconds")
                )
            ).all()  # fmt: skip
            oldest = session.scalar(select(func.min(JobRow.created_at)).where(JobRow.state == JobState.WAITING.value))
        spans = [(_moment(start), _moment(end)) for start, end in ended if start and end]
        return QueueRates(
            waiting=states.get(JobState.WAITING.value, 0),
            running=states.get(JobState.RUNNING.value, 0),
            failed=states.get(JobState.FAILED.value, 0),
            last_hour=sum(end >= hour for _, end in spans),
            last_day=len(spans),
            mean_seconds=sum((end - start).total_seconds() for start, end in spans) / len(spans) if spans else None,
            oldest=_moment(oldest) if oldest else None,
        )

    def forget_old(self) -> None:
        """Takes away jobs that ended long ago."""
        instant = datetime.datetime.fromtimestamp(self._clock(), datetime.UTC) - datetime.timedelta(KEPT_DAYS)
        with self._store.database.writing() as session:
            session.execute(delete(JobRow).where(JobRow.ended_at < instant.isoformat(timespec="seconds")))

    @contextmanager
    def _changing(self, number: int, states: frozenset[JobState] = RUNNING) -> Iterator[JobRow | None]:
        """The row of that job, to be changed in one transaction; None where it is in none of those states."""
        with self._store.database.writing() as session:
            row = session.get(JobRow, number)
            yield row if row is not None and row.state in states else None

    def _set(self, which: object, **values: object) -> None:
        running = JobRow.state == JobState.RUNNING.value
        with self._store.database.writing() as session:
            session.execute(update(JobRow).where(which, running).values(**values))  # type: ignore[arg-type]


def add_job(session: Session, request: JobRequest) -> int:
    """Adds the job inside a transaction of the caller's; its number, or that of the one that waits for the same."""
    same = (JobRow.kind == request.kind.value, JobRow.subject == request.subject, JobRow.work == request.work)
    waiting = session.scalar(select(JobRow.id).where(*same, JobRow.state == JobState.WAITING.value).limit(1))
    if waiting is not None:
        return waiting
    row = JobRow(
        kind=request.kind.value, subject=request.subject, unit=request.unit or "", state=JobState.WAITING.value,
        work=request.work, attempts=0, worker="", lease=0.0, done=0, total=0, created_at=commands.current_time(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    announcing = _announcing(session)
    if announcing is not None:
        announcing.announce_job(session, row.id, request.alone)
    return row.id


def _announcing(session: Session) -> ModuleType | None:
    """The engine that hands out the jobs on databases that have one."""
    return None if session.get_bind().dialect.name == "sqlite" else importlib.import_module(ANNOUNCING)


def _end_poison(row: JobRow) -> None:
    _end(row, Message("job-poison", {"attempts": str(row.attempts)}))


def _end(row: JobRow, message: Message | None) -> None:
    row.state = (JobState.FAILED if message else JobState.DONE).value
    row.message = codec.encode(message) if message else None
    row.ended_at, row.lease = commands.current_time(), 0.0


def _moment(written: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(written)


def _job(row: JobRow) -> Job:
    return Job(
        id=row.id,
        request=JobRequest(JobKind(row.kind), row.subject, row.work, row.unit or None),
        state=JobState(row.state),
        attempts=row.attempts,
        done=row.done,
        total=row.total,
        message=codec.decode(row.message, Message) if row.message else None,
        created_at=_moment(row.created_at),
        started_at=_moment(row.started_at) if row.started_at else None,
        ended_at=_moment(row.ended_at) if row.ended_at else None,
    )

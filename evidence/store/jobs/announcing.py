"""Jobs announced to Procrastinate, the queue inside PostgreSQL, within the transaction that adds them.

Our own row says what is to be done and how far it is; Procrastinate's says whose turn it is. Both stand or neither.
"""

from __future__ import annotations

from collections.abc import Iterable

import psycopg
from procrastinate import App, SyncPsycopgConnector
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from evidence.model.job import DO_JOB, FIND_ANEW, FINDINGS_QUEUE, READING_QUEUE

_APP = App(connector=SyncPsycopgConnector())
_WAITING = "SELECT queueing_lock FROM procrastinate_jobs WHERE queue_name = :queue AND status IN ('todo', 'doing')"
_JOBS = (
    "SELECT CAST(args ->> 'number' AS bigint) FROM procrastinate_jobs "
    "WHERE queue_name = :queue AND status IN ('todo', 'doing')"
)


def announce_job(session: Session, number: int, alone: str | None = None) -> None:
    """The job of that number waits for a worker, and for those before it that name the same in ``alone``. To be called
    once a number."""
    task = _APP.configure_task(
        DO_JOB, queue=READING_QUEUE, queueing_lock=f"job {number}", lock=alone,
        connection=_driver_connection(session.connection()),
    )  # fmt: skip
    task.defer(number=number)


def list_lost(session: Session, numbers: Iterable[int]) -> list[int]:
    """Those of the jobs whose turn never comes: Procrastinate does not know them."""
    known = set(session.scalars(text(_JOBS), {"queue": READING_QUEUE}))
    return [number for number in numbers if number not in known]


def list_unannounced(session: Session, units: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of the units (set, code) whose findings are neither waiting nor being found anew."""
    known = set(session.scalars(text(_WAITING), {"queue": FINDINGS_QUEUE}))
    return [unit for unit in units if _lock(*unit) not in known]


def announce_units(session: Session, units: Iterable[tuple[str, str]]) -> None:
    """The findings of those units (set, code) wait to be found anew."""
    connection = _driver_connection(session.connection())
    for criteria_set, unit in list_unannounced(session, units):
        task = _APP.configure_task(
            FIND_ANEW, queue=FINDINGS_QUEUE, queueing_lock=_lock(criteria_set, unit), connection=connection
        )  # fmt: skip
        task.defer(criteria_set=criteria_set, unit=unit)


def make_queue(connection: Connection) -> None:
    """Makes Procrastinate's tables where there are none."""
    _driver_connection(connection).execute(_APP.schema_manager.get_schema().encode())


def _lock(criteria_set: str, unit: str) -> str:
    return f"unit {criteria_set} {unit}"


def _driver_connection(connection: Connection) -> psycopg.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver

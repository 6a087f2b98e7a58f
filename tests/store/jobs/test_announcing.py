"""Jobs that the queue inside PostgreSQL hands out: those of one file one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from evidence.model.job import READING_QUEUE, JobKind, JobRequest
from evidence.store.jobs.job_table import JobTable
from evidence.store.store import Store
from tests.support.servers.postgres_archives import PostgresArchives

FETCH = "SELECT CAST(args ->> 'number' AS bigint) FROM procrastinate_fetch_job_v2(CAST(:queues AS varchar[]), NULL)"


def test_jobs_of_one_file_are_handed_out_one_after_the_other(
    tmp_path: Path, postgres_archives: PostgresArchives | None
) -> None:
    if postgres_archives is None:
        pytest.skip("asks PostgreSQL: `make test-postgres` starts one and runs this")
    with Store.open(tmp_path / "home", create=True) as store:
        jobs = JobTable(store)
        requests = [JobRequest(JobKind.READ_UPLOAD, "1", str(at).encode(), alone=of) for at, of in enumerate("aab")]
        first, second, other = (jobs.add(request) for request in requests)

        def fetch() -> int | None:
            with store.database.writing() as session:
                return session.scalar(text(FETCH), {"queues": [READING_QUEUE]})

        assert [fetch(), fetch(), fetch()] == [first, other, None]
        with store.database.writing() as session:
            session.execute(text("DELETE FROM procrastinate_jobs WHERE status = 'doing'"))
        assert fetch() == second

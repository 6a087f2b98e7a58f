"""Jobs are held by a lease: whoever is killed gives them back, whoever is killed by them gives them up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.messages import Message
from evidence.model.job import JobKind, JobRequest, JobState
from evidence.store.jobs.job_table import LEASE, MOST_ATTEMPTS, JobTable
from evidence.store.store import Store

READ, DRAW = (JobKind.READ_UPLOAD, JobKind.REREAD), (JobKind.DRAW_PAGE,)
EVERY = frozenset(JobState)


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def jobs(tmp_path: Path, clock: Clock) -> Iterator[JobTable]:
    with Store.open(tmp_path / "home", create=True, resident=True) as store:
        yield JobTable(store, clock)


def ask(jobs: JobTable, name: str = "a", kind: JobKind = JobKind.READ_UPLOAD) -> int:
    return jobs.add(JobRequest(kind, name, name.encode(), "SA"))


def test_the_oldest_of_its_kinds_is_taken_once(jobs: JobTable) -> None:
    first, second, drawing = ask(jobs), ask(jobs, "b"), ask(jobs, kind=JobKind.DRAW_PAGE)
    assert ask(jobs, "b") == second, "the same is not asked for twice"
    taken = [jobs.take(READ, "one"), jobs.take(READ, "two"), jobs.take(READ, "three")]
    assert [job and job.id for job in taken] == [first, second, None]
    drawn = jobs.take(DRAW, "four")
    assert drawn is not None and drawn.id == drawing and drawn.request.unit == "SA"
    assert jobs.count_waiting(READ) == 2
    jobs.end(first)
    jobs.report(second, 3, 12)
    jobs.end(second, Message("job-gone"))
    states = {job.id: (job.state, job.done, job.total, job.message) for job in jobs.list_jobs(EVERY, 10)}
    assert states[first] == (JobState.DONE, 0, 0, None)
    assert states[second] == (JobState.FAILED, 3, 12, Message("job-gone")) and jobs.count_waiting(READ) == 0


def test_a_lease_runs_out_unless_it_is_renewed(jobs: JobTable, clock: Clock) -> None:
    number = ask(jobs)
    assert jobs.take(READ, "one") is not None
    clock.now += LEASE - 1
    jobs.renew("one")
    clock.now += LEASE - 1
    assert jobs.take(READ, "two") is None
    clock.now += 2
    again = jobs.take(READ, "two")
    assert again is not None and (again.id, again.attempts) == (number, 2)
    jobs.renew("one")  # who comes back late holds nothing any more
    clock.now += LEASE + 1
    assert jobs.take(READ, "three") is not None


def test_who_ends_gives_back_at_once(jobs: JobTable) -> None:
    ask(jobs)
    assert jobs.take(READ, "one") is not None
    jobs.release("one")
    assert jobs.take(READ, "two") is not None


def test_a_job_that_ends_its_workers_fails_with_a_reason(jobs: JobTable) -> None:
    poison, harmless = ask(jobs), ask(jobs, "b")
    for _ in range(MOST_ATTEMPTS):
        taken = jobs.take(READ, "one")
        assert taken is not None and taken.id == poison
        jobs.release("one")
    taken = jobs.take(READ, "one")
    assert taken is not None and taken.id == harmless
    (failed,) = jobs.list_jobs(frozenset({JobState.FAILED}), 10)
    assert failed.id == poison and failed.message == Message("job-poison", {"attempts": str(MOST_ATTEMPTS)})


def test_what_ended_long_ago_is_forgotten(jobs: JobTable, clock: Clock) -> None:
    number = ask(jobs)
    jobs.take(READ, "one")
    jobs.end(number)
    clock.now = 1e11 / 10
    jobs.forget_old()
    assert jobs.find(JobKind.READ_UPLOAD, "a") == ()

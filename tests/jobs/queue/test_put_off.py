"""A job that meets a database or an object store that is away waits for it, however long: no start of it is counted."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest
from procrastinate import App
from procrastinate.testing import InMemoryConnector

from evidence.jobs.queue import worker
from evidence.jobs.queue.worker import MOST_STARTS, Child, ChildEndedError, NotNowError
from evidence.model.job import DO_JOB, READING_QUEUE


class _Refusing:
    """A child that answers so often with an error, and then as if it were done."""

    def __init__(self, error: type[Exception], times: int) -> None:
        self.error, self.left, self.asked = error, times, list[str]()

    async def ask(self, *request: object) -> dict[str, object]:
        self.asked.append(" ".join(map(str, request)))
        if request[0] == "do" and self.left:
            self.left -= 1
            raise self.error
        return {}


def run_job(error: type[Exception], times: int) -> list[str]:
    """What the child of a worker was asked until its queue was empty."""
    child, connector = _Refusing(error, times), InMemoryConnector()
    app = App(connector=connector)
    worker._add_tasks(app, cast(Child, child))

    async def work() -> None:
        async with app.open_async():
            await app.configure_task(DO_JOB, queue=READING_QUEUE, queueing_lock="job 7", lock="a").defer_async(number=7)
            await app.run_worker_async(queues=[READING_QUEUE], wait=False, install_signal_handlers=False)

    asyncio.run(work())
    assert all(row["lock"] == "a" and row["queueing_lock"] == "job 7" for row in connector.jobs.values())
    return child.asked


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "AGAIN", 0)


def test_engines_that_are_away_are_waited_for() -> None:
    assert run_job(NotNowError, MOST_STARTS + 8) == ["do 7"] * (MOST_STARTS + 9)


def test_a_child_that_ends_over_and_over_is_given_up() -> None:
    assert run_job(ChildEndedError, 99) == [*["do 7", "ended 7"] * MOST_STARTS, "give-up 7"]

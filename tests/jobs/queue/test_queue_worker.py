"""Whose fault it is that a job does not come to its end: the file's, a machine's, or nobody's."""

from __future__ import annotations

import asyncio

import pytest

pytest.importorskip("procrastinate", reason="procrastinate is not installed: the extra `cluster` brings it")

from procrastinate import App
from procrastinate.testing import InMemoryConnector

from evidence.jobs.queue import worker
from evidence.jobs.queue.worker import MOST_STARTS, Child, ChildEndedError, NotNowError
from evidence.model.job import DO_JOB, READING_QUEUE


class AskedChild(Child):
    """Answers as it is told, and then always."""

    def __init__(self, *answers: Exception) -> None:
        self.asked: list[str] = []
        self._answers = list(answers)

    async def ask(self, *request: object) -> dict[str, object]:
        self.asked.append(str(request[0]))
        if self._answers:
            raise self._answers.pop(0)
        return {}


def work_off(child: AskedChild, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the child of a worker was asked until its one job, number 7, was done."""
    monkeypatch.setattr(worker, "AGAIN", 0)

    async def run() -> None:
        app = App(connector=InMemoryConnector())
        worker._add_tasks(app, child)
        async with app.open_async():
            await app.configure_task(DO_JOB, queue=READING_QUEUE).defer_async(number=7)
            await app.run_worker_async(queues=[READING_QUEUE], wait=False, install_signal_handlers=False)

    asyncio.run(run())
    return child.asked


def test_engines_that_are_away_for_long_give_no_job_up(monkeypatch: pytest.MonkeyPatch) -> None:
    away = [NotNowError()] * (3 * MOST_STARTS)
    assert work_off(AskedChild(*away), monkeypatch) == ["do"] * (len(away) + 1)


def test_a_job_that_ends_its_child_is_noted_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert work_off(AskedChild(ChildEndedError(), NotNowError()), monkeypatch) == ["do", "ended", "ended", "do"]

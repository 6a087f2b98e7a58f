"""A worker of Procrastinate's: takes jobs one by one and has its child do them.

The child holds the archive and forks; this process holds the connections to the queue and none of the archive's, of
which it imports nothing: it is there in a quarter of a second. Who is killed with a job under way leaves it stalled:
every worker looks for such jobs and gives them back.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

import procrastinate
from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy

from evidence.config import Settings, load_settings
from evidence.errors import ArchiveError
from evidence.jobs.processes import worker_command
from evidence.messages import Message, say
from evidence.model.job import DO_JOB, FIND_ANEW, FINDINGS_QUEUE, READING_QUEUE, WorkerRole

HEARTBEAT = 3.0  # seconds between two signs of life
STALLED = 12.0  # seconds without one until a worker's jobs are given back
RESCUE = 4.0  # seconds between two looks for such jobs
GLANCE = 1.0  # seconds between two looks of a worker for stale findings; one takes 12 ms of processor time
HOUR = 3600.0
AGAIN = 2  # seconds until a job is tried again
GRACE = 0.5  # seconds that a job has to end when its worker is told to: it is done again anyway
MOST_STARTS = 12  # of a job in all, machines that went away with it included; not those that met engines that were away
UNREACHABLE = ArchiveError.exit_code  # of a command whose archive cannot be opened
QUEUES = {WorkerRole.READING: READING_QUEUE, WorkerRole.FINDINGS: FINDINGS_QUEUE}


class ChildEndedError(Exception):
    """The child ended with the job under way."""


class NotNowError(Exception):
    """The archive's engines do not answer."""


class Child:
    """The process that does the jobs, started when it is needed; one request at a time."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._process: Process | None = None
        self._turn = asyncio.Lock()

    async def ask(self, *request: object) -> dict[str, object]:
        """ChildEndedError where it ends without an answer, NotNowError where the archive cannot be reached."""
        async with self._turn:
            process = await self._start()
            assert process.stdin is not None and process.stdout is not None
            try:
                process.stdin.write(json.dumps(request).encode() + b"\n")
                await process.stdin.drain()
                line = await process.stdout.readline()
            except asyncio.CancelledError:
                await self.stop()
                raise
            except OSError as error:
                await self.stop()
                raise ChildEndedError from error
            if not line:
                code = await process.wait()
                raise NotNowError if code == UNREACHABLE else ChildEndedError
        answer: dict[str, object] = json.loads(line)
        if "again" in answer:
            raise NotNowError(answer["again"])
        return answer

    async def stop(self) -> None:
        """Kills it, and what it reads with it."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _start(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=PIPE, limit=1 << 24)
        return self._process


def run_queue(settings: Settings, url: str, role: WorkerRole, worker: str, once: bool) -> None:
    """Works until it is told to end (SIGTERM), or with ``once`` until nothing waits. ``url``: of the database."""
    command = worker_command(settings, "--role", role.value, "--name", worker, "--child")
    asyncio.run(_run(url, role, worker, once, command))


async def _run(url: str, role: WorkerRole, worker: str, once: bool, command: list[str]) -> None:
    child = Child(command)
    app = App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=4))
    _add_tasks(app, child)
    async with app.open_async():
        beside = [asyncio.create_task(_every(RESCUE, lambda: _rescue(app)))]
        if role is WorkerRole.FINDINGS and not once:
            beside.append(asyncio.create_task(_every(GLANCE, lambda: child.ask("announce"))))
            beside.append(asyncio.create_task(_every(HOUR, lambda: child.ask("tidy"))))
        if role is WorkerRole.FINDINGS and once:
            await child.ask("announce")
        try:
            await app.run_worker_async(
                queues=[QUEUES[role]], name=worker, wait=not once, concurrency=1, shutdown_graceful_timeout=GRACE,
                update_heartbeat_interval=HEARTBEAT, stalled_worker_timeout=STALLED, delete_jobs="successful",
                fetch_job_polling_interval=1.0,
            )  # fmt: skip
        finally:
            for each in beside:
                each.cancel()
            await child.stop()


def _add_tasks(app: App, child: Child) -> None:
    retry = RetryStrategy(wait=AGAIN)  # how often a job may end its process our own table says

    @app.task(name=DO_JOB, pass_context=True, retry=retry)
    async def do_job(context: JobContext, number: int) -> None:
        if context.job.attempts >= MOST_STARTS:
            await _ask_until_answered(child, "give-up", number)
            return
        try:
            await child.ask("do", number)
        except ChildEndedError:
            await _ask_until_answered(child, "ended", number)
            raise
        except NotNowError:  # as long as it takes: a store that is away for an hour is no fault of the file
            await asyncio.sleep(AGAIN)
            await _put_off(app, context, number)

    @app.task(name=FIND_ANEW, retry=RetryStrategy(wait=AGAIN, max_attempts=MOST_STARTS))
    async def find_anew(criteria_set: str, unit: str) -> None:
        await child.ask("find", criteria_set, unit)


async def _ask_until_answered(child: Child, *request: object) -> None:
    """What became of a job, told again as long as the archive's engines do not answer. ChildEndedError as of
    ``Child.ask``."""
    while True:
        try:
            await child.ask(*request)
        except NotNowError:
            await asyncio.sleep(AGAIN)
        else:
            return


async def _put_off(app: App, context: JobContext, number: int) -> None:
    """Gives the job another turn, by this worker or another, that is counted anew."""
    job = context.job
    task = app.configure_task(
        DO_JOB, queue=job.queue, queueing_lock=job.queueing_lock, lock=job.lock, schedule_in={"seconds": AGAIN}
    )
    with contextlib.suppress(procrastinate.exceptions.AlreadyEnqueued):
        await task.defer_async(number=number)


async def _every(seconds: float, act: Callable[[], Awaitable[object]]) -> None:
    """Does it at once and again after so many seconds, whatever it meets: the queue or the archive may be away."""
    while True:
        with contextlib.suppress(ChildEndedError, NotNowError, procrastinate.exceptions.ProcrastinateException):
            await act()
        await asyncio.sleep(seconds)


async def _rescue(app: App) -> None:
    """Gives back the jobs of workers that gave no sign of life."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
        with contextlib.suppress(procrastinate.exceptions.ConnectorException):  # another worker was quicker
            await app.job_manager.retry_job(job)


def main() -> None:
    """What ``processes.start_process`` starts: works as the command line says for the queue that its input names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--jobs", type=int, required=True)
    parser.add_argument("--role", type=WorkerRole, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--once", action="store_true")
    arguments, url = parser.parse_args(), sys.stdin.read()
    logging.getLogger().addHandler(logging.NullHandler())  # pages of traces while the database is away
    settings = load_settings(arguments.home, jobs=arguments.jobs)
    try:
        run_queue(settings, url, arguments.role, arguments.name, arguments.once)
    except procrastinate.exceptions.ConnectorException as error:
        detail = str(error.__cause__ or error).strip().splitlines()[0]
        away = {"home": str(settings.home), "database": urlsplit(url).path.lstrip("/"), "detail": detail}
        print(say(Message("database-unreachable", away), settings.language), file=sys.stderr)
        sys.exit(UNREACHABLE)


if __name__ == "__main__":
    main()

"""The worker: processes that are started again when they die, and whose jobs are given back.

SIGTERM ends all of it in two seconds: the processes end at once, what is left of them is killed. A worker
that is killed takes its processes along; their leases run out and the next worker takes their jobs.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.jobs.processes import start_part, start_process
from evidence.jobs.roles import KINDS
from evidence.model.job import WorkerRole

GLANCE = 0.25  # seconds between two looks at the processes
RENEW = 5.0  # seconds between two renewals of the leases
PAUSE = 2.0  # seconds before a process that died is started again
GRACE = 0.5  # seconds that processes have to end when they are told to: what they were at is done again anyway
MOST_STARTS = 50  # of one process with --once


@dataclass
class _WorkerProcess:
    role: WorkerRole
    name: str
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    next_start: float = field(default=0.0)


def run_worker(settings: Settings, once: bool, role: WorkerRole | None = None) -> None:
    """Works until it is told to end; with ``once`` until nothing waits. ``role``: that part of the work alone. Where
    the settings name a database, an empty folder becomes one more of that archive's: a new machine begins so.
    ArchiveError: the archive cannot be opened."""
    with Archive.open(settings, create=settings.database is not None) as archive:
        roles = [role] if role is not None else _list_roles(archive)
        if once:
            _run_once(archive, settings, roles)
            return
        processes = [_WorkerProcess(role, f"{role}-{os.getpid()}") for role in roles]
        renewed = time.monotonic()
        try:
            while True:
                for each in processes:
                    _keep_running(archive, settings, each)
                if time.monotonic() - renewed > RENEW:
                    _renew(archive, processes)
                    renewed = time.monotonic()
                time.sleep(GLANCE)
        finally:
            _end(archive, processes)


@contextmanager
def worker_beside(settings: Settings, role: WorkerRole | None = None) -> Iterator[None]:
    """A worker in a process of its own, as long as the block lasts; ``role``: for that part of the work alone."""
    process = start_part(settings, *(["--role", role.value] if role is not None else []))
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(GRACE + 1.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _run_once(archive: Archive, settings: Settings, roles: Iterable[WorkerRole]) -> None:
    """Reading first: findings rest on what was read. A process that dies is started again: a file that ends
    it fails after some starts."""
    for role in roles:
        each = _WorkerProcess(role, f"{role}-{os.getpid()}")
        while each.starts < MOST_STARTS:
            each.process = _start(archive, settings, each, once=True)
            try:
                while each.process.poll() is None:
                    _renew(archive, [each])
                    _wait(each.process, RENEW)
            finally:
                _end(archive, [each])
            if each.process.returncode == 0:
                break


def _list_roles(archive: Archive) -> list[WorkerRole]:
    """Where nobody else stores anything, whoever stores feeds the index; and not every machine keeps one."""
    follows = archive.queue_url is not None and archive.keeps_index
    return [role for role in WorkerRole if role is not WorkerRole.INDEXING or follows]


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _keep_running(archive: Archive, settings: Settings, each: _WorkerProcess) -> None:
    if each.process is not None and each.process.poll() is not None:
        _release(archive, each)
        each.process, each.next_start = None, time.monotonic() + (PAUSE if each.starts > 1 else 0.0)
    if each.process is None and time.monotonic() >= each.next_start:
        each.process = _start(archive, settings, each, once=False)


def _renew(archive: Archive, processes: list[_WorkerProcess]) -> None:
    if archive.queue_url is not None:
        return  # the queue's own workers tell that they live
    for each in processes:
        if each.process is not None and each.process.poll() is None:
            archive.jobs.renew(each.name)


def _release(archive: Archive, each: _WorkerProcess) -> None:
    if archive.queue_url is None:
        archive.jobs.release(each.name)


def _start(archive: Archive, settings: Settings, each: _WorkerProcess, once: bool) -> subprocess.Popen[bytes]:
    each.starts += 1
    return start_process(settings, each.role, each.name, once, archive.queue_url)


def _end(archive: Archive, processes: list[_WorkerProcess]) -> None:
    """Ends the processes, and gives back their jobs."""
    running = [(each, each.process) for each in processes if each.process is not None]
    for _, process in running:
        if process.poll() is None:
            process.terminate()
    last = time.monotonic() + GRACE
    for each, process in running:
        _wait(process, max(0.0, last - time.monotonic()))
        if process.poll() is None:
            process.kill()
            process.wait()
        if KINDS[each.role]:
            _release(archive, each)

"""One process of a worker, and how it is started: on SQLite it takes jobs from our own table, elsewhere a queue engine
hands them to it."""

from __future__ import annotations

import importlib
import sys

from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.jobs.roles import WorkerRole, run_role

QUEUE_WORKER = "evidence.jobs.queue.worker"  # needs the extra ``cluster``


def worker_command(settings: Settings, *options: str) -> list[str]:
    """What starts a worker of that archive, or with its options a part of one."""
    return [sys.executable, "-m", "evidence", "--home", str(settings.home), "worker", *options]


def run_process(settings: Settings, role: WorkerRole, worker: str, once: bool) -> None:
    """Works until it is told to end (SIGTERM), or with ``once`` until nothing waits. ArchiveError: the archive cannot
    be opened or written."""
    with Archive.open(settings) as archive:
        url = archive.queue_url
    if url is None or role is WorkerRole.INDEXING:  # what an index has to take in the log says, and no job does
        run_role(settings, role, worker, once)
    else:
        importlib.import_module(QUEUE_WORKER).run_queue(settings, url, role, worker, once)

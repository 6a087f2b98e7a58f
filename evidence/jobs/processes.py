"""The processes of a worker, as they are started: on SQLite they take jobs from our own table, elsewhere a queue engine
hands them to a process that opens no archive, and whose child does them."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys

from evidence.config import Settings
from evidence.model.job import WorkerRole

QUEUE_WORKER = "evidence.jobs.queue.worker"  # needs the extra ``cluster``
PR_SET_PDEATHSIG = 1


def worker_command(settings: Settings, *options: str) -> list[str]:
    """What starts a worker of that archive, or with its options a part of one."""
    place = ["--home", str(settings.home), "worker", "--jobs", str(settings.jobs)]
    return [sys.executable, "-m", "evidence", *place, *options]


def start_process(
    settings: Settings, role: WorkerRole, worker: str, once: bool, queue_url: str | None
) -> subprocess.Popen[bytes]:
    """One process of a worker; it ends with this one. ``queue_url``: where a queue engine hands out the jobs, if one
    does; told on its input, where nobody else reads a password."""
    options = ["--role", role.value, "--name", worker, *(["--once"] if once else [])]
    if queue_url is None or role is WorkerRole.INDEXING:  # what an index has to take in the log says, and no job does
        return start_part(settings, *options)
    place = ["--home", str(settings.home), "--jobs", str(settings.jobs)]
    command = [sys.executable, "-m", QUEUE_WORKER, *place, *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, preexec_fn=_die_with_parent)
    assert process.stdin is not None
    with process.stdin as told:
        told.write(queue_url.encode())
    return process


def start_part(settings: Settings, *options: str) -> subprocess.Popen[bytes]:
    """A worker of that archive, or with its options a part of one, which ends with this process."""
    return subprocess.Popen(
        worker_command(settings, *options), stdin=subprocess.DEVNULL, preexec_fn=_die_with_parent
    )  # fmt: skip


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

"""What a child does to itself before it meets a hostile byte."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal

from evidence.config import Limits

PR_SET_PDEATHSIG = 1
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # what the parent may hold back
MOST_FILES = 65_536  # descriptors that a parent may have open


def confine(pipe: int, parent: int, limits: Limits) -> None:
    """Shuts this process in: it keeps the one pipe, dies with its parent, and may cost what the limits say."""
    with contextlib.suppress(OSError):
        os.setpgid(0, 0)
    die_with_parent(parent)
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.closerange(3, pipe)
    os.closerange(pipe + 1, MOST_FILES)
    _limit(resource.RLIMIT_AS, _held() + limits.memory_bytes)
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, limits.unpacked_bytes)
    _limit(resource.RLIMIT_NOFILE, limits.open_files)
    _limit(resource.RLIMIT_CORE, 0)


def die_with_parent(parent: int) -> None:
    """This process dies with its parent."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(71)  # the parent died before the line above


def _held() -> int:
    """The address space that came along from the parent: its libraries count, though they cost nothing here."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 0


def _limit(which: int, value: int) -> None:
    hard = resource.getrlimit(which)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))

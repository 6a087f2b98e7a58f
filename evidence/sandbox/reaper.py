"""Children that have sent their reply: killed at once, reaped when they have ended.

The kernel takes longer to clear a large process away than to fork the next one: nobody waits for it.
"""

from __future__ import annotations

import contextlib
import os
import signal


class Reaper:
    """The children whose exit status nobody has taken yet."""

    def __init__(self) -> None:
        self._pids: list[int] = []

    def end(self, pid: int) -> None:
        """Kills the child now, and takes its exit status later."""
        kill_group(pid)
        self._pids.append(pid)

    def reap(self, wait: bool = False) -> None:
        """Takes the exit statuses of those that have ended; ``wait``: of all of them."""
        self._pids = [pid for pid in self._pids if os.waitpid(pid, 0 if wait else os.WNOHANG)[0] == 0]


def kill_group(pid: int) -> None:
    """Kills a child with all that it started: its process group, which keeps its number until it is reaped."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)

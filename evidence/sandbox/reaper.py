"""Children that have said all they had to say: killed, and left to die.

The kernel takes longer to clear a large process away than to fork the next one: nobody waits for it.
"""

from __future__ import annotations

import contextlib
import os
import signal


class Dying:
    """The children that nobody has buried yet."""

    def __init__(self) -> None:
        self._pids: list[int] = []

    def take(self, pid: int) -> None:
        kill(pid)
        self._pids.append(pid)

    def bury(self, wait: bool = False) -> None:
        """Takes the dead off the kernel's books; ``wait``: all of them."""
        self._pids = [pid for pid in self._pids if os.waitpid(pid, 0 if wait else os.WNOHANG)[0] == 0]


def kill(pid: int) -> None:
    """Kills a child with all that it started: its process group, which keeps its number until it is buried."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)

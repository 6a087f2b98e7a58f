"""A process of its own that says when something changed below some folders: a dot on stdout, nothing more.

``watchfiles`` listens to the system (inotify and its like) on a thread of its own, and a process that has threads must
not fork: so it listens here, and the process that forks reads a pipe (decision 0005). What changed is not told: names
that arrive by events may be gone, doubled or lost when the system's queue overflows; the reader looks for itself.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

from watchfiles import watch

PR_SET_PDEATHSIG = 1


def main(parent: int, folders: list[str]) -> None:
    """Listens until the parent is gone. Leaves with an error where the system cannot be listened to."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        return
    os.set_blocking(1, False)
    os.write(1, b".")
    for _changes in watch(*folders, watch_filter=None, debounce=400, raise_interrupt=False):
        try:
            os.write(1, b".")
        except BlockingIOError:  # the reader is busy and will look anyway
            continue
        except BrokenPipeError:
            return


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])

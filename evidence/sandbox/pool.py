"""The killable processes in which every hostile byte is read.

``Pool`` forks one child a task from the warm, single-threaded parent. The child gets limits on memory, CPU, files and
output, its own process group, no open file of the parent's and no terminal, and the kernel's policy (``policy``): no
network, no files but its own, no programs but those its task names; its answer comes back as bytes over a pipe.
pdfium aborts the whole process when memory runs out and python-docx can be made to run for hours (measured: a 3.8 kB
PDF takes 3 GB, a 630 kB DOCX 3.6 GB), so nothing is ever read in the parent.

Every outcome is one of: the reply, or a ``Failure`` that says why there is none. The parent must hold no threads.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import sys
import time
from dataclasses import dataclass
from types import TracebackType

import msgspec

from evidence.config import Limits
from evidence.sandbox.child import HEAD, run_child
from evidence.sandbox.child_limits import STOPS
from evidence.sandbox.policy import prepare_filters
from evidence.sandbox.reaper import Reaper, kill_group
from evidence.sandbox.task import Failure, FailureReason, Reply, Task
from evidence.sandbox.time_limit import TimeLimit

PAUSE = 0.1  # seconds between looks for children that ended without closing their pipe


@dataclass(slots=True)
class _Child:
    task: Task
    pid: int
    pipe: int
    time_limit: TimeLimit
    received: bytearray


class Pool:
    """At most ``jobs`` children at a time. Leaving the context, however that happens, kills all of them."""

    def __init__(self, jobs: int, limits: Limits) -> None:
        self.jobs = max(1, jobs)
        self.limits = limits
        self._children: dict[int, _Child] = {}
        self._reaper = Reaper()
        self._selector = selectors.DefaultSelector()
        self._away_since = time.monotonic()
        prepare_filters()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def free(self) -> int:
        """How many more tasks may be started now."""
        return self.jobs - len(self._children)

    @property
    def busy(self) -> int:
        """How many children are at work."""
        return len(self._children)

    def start(self, task: Task) -> None:
        """Forks a child for the task and returns at once."""
        ours, theirs = os.pipe()
        parent = os.getpid()
        sys.stdout.flush()
        sys.stderr.flush()
        # Ctrl-C waits until the child is known to us: inside os.fork Python would swallow it (the callbacks that
        # modules such as logging register there cannot raise), and before the next lines the child would be nobody's.
        held = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        try:
            pid = os.fork()
            if pid == 0:
                run_child(task, theirs, parent, self.limits)
            os.close(theirs)
            with contextlib.suppress(OSError):
                os.setpgid(pid, pid)  # the child does the same; whoever comes first
            os.set_blocking(ours, False)
            limit = TimeLimit(task.seconds, self.limits.patience, pid)
            self._children[ours] = _Child(task, pid, ours, limit, bytearray())
            self._selector.register(ours, selectors.EVENT_READ)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)

    def wait(self) -> list[Reply]:
        """The replies of all children that have ended; blocks until there is at least one. Empty if none runs."""
        self._pause_clocks()
        try:
            while self._children:
                replies = self._step()
                if replies:
                    return replies
            return []
        finally:
            self._away_since = time.monotonic()

    def _pause_clocks(self) -> None:
        """The time that the caller spent elsewhere, while no answer was taken, is not the children's."""
        away = time.monotonic() - self._away_since
        for child in self._children.values():
            child.time_limit.forgive(away)

    def close(self) -> None:
        """Kills every child with all that it started."""
        for child in list(self._children.values()):
            self._kill_child(child)
        self._reaper.reap(wait=True)
        self._selector.close()

    def _step(self) -> list[Reply]:
        self._reaper.reap()
        nearest = min(child.time_limit.left for child in self._children.values())
        ready = {key.fd for key, _ in self._selector.select(max(0.0, min(PAUSE, nearest)))}
        return [
            reply for child in list(self._children.values()) if (reply := self._check_child(child, child.pipe in ready))
        ]

    def _check_child(self, child: _Child, ready: bool) -> Reply | None:
        ended = False
        if ready:
            ended = self._receive(child)
        if len(child.received) > HEAD.size + self.limits.reply_bytes:
            return self._reply(child, Failure(FailureReason.TOO_MUCH))
        if _complete(child.received) or ended:
            return self._reply(child, None)
        if child.time_limit.left < 0:
            return self._reply(child, Failure(FailureReason.TIME_OUT, f"{child.task.seconds:g}"))
        if not ready and os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            self._receive(child)
            return self._reply(child, None)
        return None

    def _receive(self, child: _Child) -> bool:
        """Takes what the pipe holds; True at its end."""
        while len(child.received) <= HEAD.size + self.limits.reply_bytes:
            try:
                piece = os.read(child.pipe, 1 << 20)
            except BlockingIOError:
                return False
            if not piece:
                return True
            child.received += piece
        return False

    def _reply(self, child: _Child, failure: Failure | None) -> Reply:
        seconds = child.time_limit.elapsed
        if failure is None and _complete(child.received):
            self._forget(child)
            self._reaper.end(child.pid)
            return Reply(child.task.key, *_decode(bytes(child.received)), seconds)
        status = self._kill_child(child, gently=failure is None)
        return Reply(child.task.key, None, failure or _crash_failure(status), seconds)

    def _kill_child(self, child: _Child, gently: bool = False) -> int:
        """Ends the child and its whole process group; its exit status as ``waitpid`` gives it.

        A child that has closed its pipe without a whole reply gets a second to leave by itself, so that its own exit
        status is seen; the group is killed while the zombie still holds its number, so no stranger can be hit.
        """
        self._forget(child)
        deadline = time.monotonic() + (1.0 if gently else 0.0)
        while time.monotonic() < deadline:
            if os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                break
            time.sleep(0.001)
        kill_group(child.pid)
        return os.waitpid(child.pid, 0)[1]

    def _forget(self, child: _Child) -> None:
        self._selector.unregister(child.pipe)
        os.close(child.pipe)
        self._children.pop(child.pipe, None)


def _complete(received: bytearray) -> bool:
    if len(received) < HEAD.size:
        return False
    size: int = HEAD.unpack_from(received)[1]
    return len(received) >= HEAD.size + size


def _decode(received: bytes) -> tuple[bytes | None, Failure | None]:
    """What the child sent."""
    kind, size = HEAD.unpack_from(received)
    data = received[HEAD.size : HEAD.size + size]
    if kind == b"R":
        return data, None
    try:
        return None, msgspec.json.decode(data, type=Failure)
    except msgspec.MsgspecError as error:
        return None, Failure(FailureReason.BAD_REPLY, str(error))


def _crash_failure(status: int) -> Failure:
    if not os.WIFSIGNALED(status):
        return Failure(FailureReason.CRASHED, f"exit {os.WEXITSTATUS(status)}")
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return Failure(FailureReason.TIME_OUT, "CPU")
    return Failure(FailureReason.CRASHED, signal.Signals(number).name)

"""How long a child may take, and what of that time is not its own.

What counts is the processor time it has used: on a busy machine a good file takes many times as long by the clock. The
clock counts beside it, generously, for a child that sleeps for ever. What the kernel itself ends a process at is
another limit (``child_limits``); all come from ``config.Limits``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

PROCESSOR_CLOCK = 2  # CPUCLOCK_SCHED of the kernel: the processor time of all threads of a process


@dataclass(slots=True)
class TimeLimit:
    """``seconds`` of the processor's time, and ``patience`` times as many by the clock, from the moment the process
    ``pid`` was forked. Where its processor time cannot be known the clock alone counts, as if it were that."""

    seconds: float
    patience: float
    pid: int
    started: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        """Seconds by the clock that count against the child."""
        return time.monotonic() - self.started

    @property
    def left(self) -> float:
        """Seconds by the clock until the child may have to be killed; negative when it should have been."""
        elapsed = self.elapsed
        if elapsed < self.seconds:
            return self.seconds - elapsed
        used = processor_seconds(self.pid)
        rest = self.seconds - (elapsed if used is None else used)
        return min(rest, self.seconds * self.patience - elapsed)

    def forgive(self, seconds: float) -> None:
        """Time in which nobody took the child's answer is not the child's: no more is forgiven than has passed."""
        self.started += min(seconds, self.elapsed)


def processor_seconds(pid: int) -> float | None:
    """The processor time that a running process has used, without that of its children; ``None`` where the system does
    not say (source: ``clock_getcpuclockid`` of glibc)."""
    try:
        return time.clock_gettime(~pid << 3 | PROCESSOR_CLOCK)
    except (OSError, OverflowError):
        return None

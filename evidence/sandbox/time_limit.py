"""How long a child may take by the clock, and what of that time is not its own.

The processor time that a child may use is another limit (``child_limits``); both come from ``config.Limits``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class TimeLimit:
    """``seconds`` by the clock, from the moment the child was forked."""

    seconds: float
    started: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        """Seconds that count against the child."""
        return time.monotonic() - self.started

    @property
    def left(self) -> float:
        """Seconds until the child is killed; negative when it should have been."""
        return self.seconds - self.elapsed

    def forgive(self, seconds: float) -> None:
        """Time in which nobody took the child's answer is not the child's: no more is forgiven than has passed."""
        self.started += min(seconds, self.elapsed)

"""How far a long run is: one line at the foot of the terminal, rewritten by hand.

Drawn only between results and never by a thread of its own: the pipeline forks, and a fork in a process with threads
may hang.
"""

from __future__ import annotations

import sys
import time
from types import TracebackType

from evidence.cli.context import CliContext
from evidence.cli.output import printable

BLANK = "\r\x1b[2K"  # back to the margin, line erased
NAME = 40  # characters of a path that are shown, the last ones: they tell files apart


class Progress:
    """``with Progress(context, total)``: ``hide`` before a line of the product, ``show`` after it.

    Silent where stderr is no terminal or ``-q`` was given.
    """

    def __init__(self, context: CliContext, total: int) -> None:
        self.context = context
        self.drawn = sys.stderr.isatty() and not context.quiet
        self._count("cli-progress", total)

    def __enter__(self) -> Progress:
        self._draw(self.context.say("cli-progress-start", total=self.total))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hide()

    def begin(self, code: str, total: int) -> None:
        """A further round over that many files, told in the words of that code."""
        self._count(code, total)
        self._show("…")

    def _count(self, code: str, total: int) -> None:
        self.code, self.total, self.done, self.began = code, total, 0, time.monotonic()

    def hide(self) -> None:
        self._draw("")

    def show(self, path: str) -> None:
        """One more is done; ``path`` was the last."""
        self.done += 1
        self._show(path)

    def _show(self, path: str) -> None:
        rate = self.done / max(time.monotonic() - self.began, 0.001)
        left = max(0, self.total - self.done) / max(rate, 0.001)
        name = printable(path)
        self._draw(
            self.context.say(
                self.code,
                done=self.done,
                total=self.total,
                rate=f"{rate:.1f}",
                left=format_duration(left) if self.done else "?",
                name=name if len(name) <= NAME else "…" + name[-NAME:],
            )
        )

    def _draw(self, text: str) -> None:
        if self.drawn:
            print(BLANK + text, end="", file=sys.stderr, flush=True)


def format_duration(seconds: float) -> str:
    """Minutes and seconds.

    >>> format_duration(96.4), format_duration(3723)
    ('1:36', '1:02:03')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

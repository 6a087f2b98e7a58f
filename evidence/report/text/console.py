"""A terminal's tables and colours, with nothing hidden in them. Loads ``rich``: the door itself does without."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from evidence.report.text.visible import escape_hidden


class TerminalConsole(Console):
    """A console that shows what is hidden in the texts given to it."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(escape_hidden(segment.text), segment.style)

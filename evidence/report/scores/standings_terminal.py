"""Points and ranks on a terminal: a table a group, in the order of the ranking."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from itertools import groupby

from rich import box
from rich.table import Table
from rich.text import Text

from evidence.messages import Language
from evidence.model.scoring import UnitStanding
from evidence.report.labels import label
from evidence.report.scores.standings_json import format_index
from evidence.report.text.visible import TerminalConsole

NARROWEST = 60
Row = tuple[str, ...]


def render_ranking(standings: Sequence[UnitStanding], language: Language, width: int, colour: bool = False) -> str:
    """Rank, unit, maximum, points, index and grade, each group below its name."""
    heads = [label(f"score-{name}", language) for name in ("rank", "unit", "max", "points", "index", "grade")]
    parts = []
    for group, members in groupby(standings, key=lambda standing: standing.points.group):
        rows = [_row(standing, language) for standing in members]
        title = label("score-group", language, group=group) if group else ""
        parts.append(render_grid(title, heads, rows, width, colour))
    return "\n".join(parts)


def _row(standing: UnitStanding, language: Language) -> Row:
    points = standing.points
    rank = "–" if standing.rank is None else f"{standing.rank}{'*' if standing.is_provisional else ''}"
    return (
        rank, points.name, show_number(str(points.max), language),
        show_span(str(points.lowest), str(points.highest), language), show_index(standing, language),
        standing.grade or "–",
    )  # fmt: skip


def show_index(standing: UnitStanding, language: Language) -> str:
    """The index for reading: a dash where nothing applies."""
    index = format_index(standing)
    if index is None:
        return "–"
    return show_number(index, language) if isinstance(index, str) else show_span(index[0], index[-1], language)


def show_number(text: str, language: Language) -> str:
    """A number for reading: a decimal comma in Vietnamese."""
    return text.replace(".", ",") if language is Language.VI else text


def show_span(low: str, high: str, language: Language) -> str:
    """Points or an index for reading: one number, or from the least to the most."""
    shown = [show_number(text, language) for text in (low, high)]
    return shown[0] if low == high else " – ".join(shown)


def render_grid(title: str, heads: Sequence[str], rows: Sequence[Row], width: int, colour: bool = False) -> str:
    """A table of that width; the column of names takes what the numbers leave."""
    out = StringIO()
    console = TerminalConsole(
        file=out, width=max(width, NARROWEST), force_terminal=colour, color_system="256" if colour else None,
        highlight=False, legacy_windows=False,
    )  # fmt: skip
    if title:
        console.print(Text(title, style="bold"))
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for at, head in enumerate(heads):
        grid.add_column(head, overflow="fold", justify="left" if at == 1 else "right", no_wrap=at != 1)
    for row in rows:
        grid.add_row(*map(Text, row))
    console.print(grid)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"

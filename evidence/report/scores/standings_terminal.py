"""Points and ranks on a terminal: a table a group, in the order of the ranking."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from itertools import groupby

from rich import box
from rich.table import Table
from rich.text import Text

from evidence.messages import Language
from evidence.model.scoring import PartPoints, UnitStanding
from evidence.report.labels import format_decimal, label
from evidence.report.scores.standings_json import format_index, list_parts
from evidence.report.text.console import TerminalConsole

NARROWEST = 60
LONGEST_NUMBER, NARROWEST_NAME = 18, 12  # letters
THOUSANDTH = Decimal("0.001")
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


def render_points(standings: Sequence[UnitStanding], language: Language, width: int, colour: bool = False) -> str:
    """Unit, its points part by part, maximum, points and index, in the order given."""
    parts = list_parts(standing.points for standing in standings)
    heads = [label(f"score-{name}", language) for name in ("unit", "max", "points", "index")]
    rows = [_points_row(standing, parts, language) for standing in standings]
    return render_grid("", [heads[0], *parts, *heads[1:]], rows, width, colour, name_at=0)


def _points_row(standing: UnitStanding, parts: Sequence[str], language: Language) -> Row:
    points = standing.points
    by_name = {part.part: part for part in points.parts}
    shown = [_show_part(by_name.get(name), language) for name in parts]
    return (
        points.name, *shown, show_number(short(points.max), language),
        show_span(short(points.lowest), short(points.highest), language), show_index(standing, language),
    )  # fmt: skip


def _show_part(part: PartPoints | None, language: Language) -> str:
    """Points of a part; a dash where the unit has no such part or it was not assessed."""
    if part is None or part.lowest is None or part.highest is None:
        return "–"
    return show_span(short(part.lowest), short(part.highest), language)


def short(amount: Decimal) -> str:
    """Points with three decimals at most, as tables print surveys.

    >>> short(Decimal("12.28149")), short(Decimal("70.50"))
    ('12.281', '70.5')
    """
    near = amount.quantize(THOUSANDTH, ROUND_HALF_UP)
    return format_decimal(near if near != amount else amount) or ""


def _row(standing: UnitStanding, language: Language) -> Row:
    points = standing.points
    rank = "–" if standing.rank is None else f"{standing.rank}{'*' if standing.is_provisional else ''}"
    return (
        rank, points.name, show_number(short(points.max), language),
        show_span(short(points.lowest), short(points.highest), language), show_index(standing, language),
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


def render_grid(
    title: str, heads: Sequence[str], rows: Sequence[Row], width: int, colour: bool = False, name_at: int = 1
) -> str:
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
        longest = max((len(row[at]) for row in rows), default=0)
        is_text = at == name_at or longest > LONGEST_NUMBER  # numbers stay whole, texts go on in the next line
        grid.add_column(head, overflow="fold", justify="left" if is_text else "right", no_wrap=not is_text,
                        min_width=min(longest, NARROWEST_NAME) if is_text else None)  # fmt: skip
    for row in rows:
        grid.add_row(*map(Text, row))
    console.print(grid)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"

"""Claims, cross-checks and rounds on a terminal: every row is a sentence with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from rich import box
from rich.table import Table
from rich.text import Text

from evidence.messages import Language, Message, say
from evidence.model.geometry import Box
from evidence.report.labels import label
from evidence.report.text.console import TerminalConsole


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """One result: where it belongs, what it is in one word (a message code and a code for machines), why.

    Of a document that claims cite: ``text`` is the citation, ``criteria`` all that cite it (``criterion`` lists them),
    and ``others`` what else is said of it, with the criteria where.
    """

    unit: str
    criterion: str
    code: str
    word: str
    message: Message
    documents: tuple[str, ...] = ()
    page: int | None = None
    box: Box | None = None
    text: str = ""
    criteria: tuple[str, ...] = ()
    others: tuple[tuple[Message, str], ...] = ()


def render_table(title: str, rows: Sequence[AppraisalRow], language: Language, width: int, colour: bool = False) -> str:
    """The rows as a table of that width, and how many there are of each kind."""
    out = StringIO()
    console = TerminalConsole(
        file=out, width=max(width, 60), force_terminal=colour, color_system="256" if colour else None, highlight=False,
        legacy_windows=False,
    )  # fmt: skip
    console.print(Text(title, style="bold"))
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, show_edge=False)
    grid.add_column(label("column-unit", language), min_width=5, overflow="fold")
    grid.add_column(label("column-criterion", language), min_width=6, max_width=24, overflow="fold")
    grid.add_column(label("column-status", language), min_width=14, overflow="fold")
    grid.add_column(label("column-reason", language), ratio=1, overflow="fold")
    for row in rows:
        cells = (row.unit, row.criterion, say(Message(row.word), language), format_reason(row, language))
        grid.add_row(*map(Text, cells))
    if rows:
        console.print(grid)
    console.print(Text(count_rows(rows, language)))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def format_reason(row: AppraisalRow, language: Language) -> str:
    """Why, with the page and the documents that prove it."""
    parts = [say(row.message, language)]
    if row.page:
        parts.append(f"({label('page-proof', language, page=row.page)})")
    parts += [f"{criteria}: {say(message, language)}" for message, criteria in row.others]
    if row.documents:
        parts.append(" " + ", ".join(sha256[:12] for sha256 in row.documents))
    return " ".join(parts)


def count_rows(rows: Sequence[AppraisalRow], language: Language) -> str:
    """How many rows there are of each kind."""
    counted = Counter(row.word for row in rows)
    parts = [f"{say(Message(word), language)}: {count}" for word, count in counted.items()]
    return f"{label('total', language)} {' · '.join(parts) if parts else '0'}"

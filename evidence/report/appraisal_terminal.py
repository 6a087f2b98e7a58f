"""Claims, cross-checks and rounds as text for a terminal and as JSON Lines; every row is a sentence with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evidence.messages import Language, Message, say
from evidence.model.geometry import Box
from evidence.report import record_json
from evidence.report.labels import label


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to tell: where it belongs, what it is in one word (a message code and a code for machines), why."""

    unit: str
    criterion: str
    code: str
    word: str
    message: Message
    documents: tuple[str, ...] = ()
    page: int | None = None
    box: Box | None = None


def table(title: str, lines: Sequence[Line], language: Language, width: int, colour: bool = False) -> str:
    """The lines as a table of that width, and how many there are of each kind."""
    out = StringIO()
    console = Console(
        file=out, width=max(width, 60), force_terminal=colour, color_system="256" if colour else None, highlight=False,
        legacy_windows=False,
    )  # fmt: skip
    console.print(Text(title, style="bold"))
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, show_edge=False)
    grid.add_column(label("column-unit", language), min_width=5, overflow="fold")
    grid.add_column(label("column-criterion", language), min_width=6, overflow="fold")
    grid.add_column(label("column-status", language), min_width=14, overflow="fold")
    grid.add_column(label("column-reason", language), ratio=1, overflow="fold")
    for one in lines:
        grid.add_row(Text(one.unit), Text(one.criterion), Text(say(Message(one.word), language)), _why(one, language))
    if lines:
        console.print(grid)
    console.print(Text(_count(lines, language)))
    return "\n".join(row.rstrip() for row in out.getvalue().splitlines()) + "\n"


def _why(one: Line, language: Language) -> Text:
    text = Text(say(one.message, language))
    if one.page:
        text.append(f" ({label('page-proof', language, page=one.page)})")
    if one.documents:
        text.append("  " + ", ".join(sha[:12] for sha in one.documents))
    return text


def _count(lines: Sequence[Line], language: Language) -> str:
    counted = Counter(one.word for one in lines)
    parts = [f"{say(Message(word), language)}: {count}" for word, count in counted.items()]
    return f"{label('total', language)} {' · '.join(parts) if parts else '0'}"


def tree(one: Line, language: Language) -> dict[str, Any]:
    """The line as JSON that others rely on."""
    return {
        "unit": one.unit,
        "criterion": one.criterion,
        "code": one.code,
        "sentence": say(one.message, language),
        "documents": list(one.documents),
        "page": one.page,
        "box": record_json.box(one.box),
    }


def trees(lines: Iterable[Line], language: Language) -> list[dict[str, Any]]:
    return [tree(one, language) for one in lines]

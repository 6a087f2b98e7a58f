"""Cross-checks on a terminal: by kind, each a sentence with its place; bounded, and counted at the end.

Names of units, criteria and files come from folders and may be as long as a title: in the margin and in a sentence they
are cut in the middle. The JSON has them whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from itertools import groupby

from rich.table import Table
from rich.text import Text

from evidence.messages import Language, Message, say
from evidence.report.appraisal_terminal import AppraisalRow
from evidence.report.labels import label
from evidence.report.text.console import TerminalConsole

NAME, PATH, LIST = 34, 80, 160  # letters of a name in the margin, of a path, and of a list of names in a sentence
PATHS = frozenset({"path", "other"})
NARROWEST = 60
HASH, HASHES = 12, 2  # letters of a hash, and hashes, behind a sentence
MARGIN = 3  # the margin takes one third of the width at most


def shorten_name(text: str, most: int) -> str:
    """The name with its middle left out where it is longer than that: a path's end is what tells it.

    >>> shorten_name("Tờ trình 45 Báo cáo tổng hợp kết quả/bao-cao.docx", 30)
    'Tờ trình 45…t quả/bao-cao.docx'
    """
    if len(text) <= most:
        return text
    begin = (most - 1) * 2 // 5
    return f"{text[:begin].rstrip()}…{text[len(text) - (most - 1 - begin) :].lstrip()}"


def select_rows(rows: Sequence[AppraisalRow], limit: int | None) -> list[AppraisalRow]:
    """At most that many rows, in their order; each kind has its turn, so that none is crowded out."""
    if limit is None or len(rows) <= limit:
        return list(rows)
    turns: dict[str, int] = {}
    order = []
    for at, row in enumerate(rows):
        turns[row.code] = turns.get(row.code, 0) + 1
        order.append((turns[row.code], at))
    return [rows[at] for at in sorted(at for _, at in sorted(order)[:limit])]


def render(
    title: str, rows: Sequence[AppraisalRow], language: Language, width: int, colour: bool = False,
    limit: int | None = None,
) -> str:  # fmt: skip
    """The rows below a heading for each kind, at most ``limit`` in all, and how many there are of each kind."""
    out = StringIO()
    console = TerminalConsole(
        file=out, width=max(width, NARROWEST), force_terminal=colour, color_system="256" if colour else None,
        highlight=False, legacy_windows=False,
    )  # fmt: skip
    console.print(Text(title, style="bold"))
    counts = {code: sum(row.code == code for row in rows) for code in dict.fromkeys(row.code for row in rows)}
    for code, group in groupby(select_rows(rows, limit), key=lambda row: row.code):
        _print_kind(console, list(group), counts[code], language)
    words = {row.code: say(Message(row.word), language) for row in rows}
    totals = " · ".join(f"{words[code]}: {count}" for code, count in counts.items())
    console.print(Text(f"{label('total', language)} {totals or '0'}"))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _print_kind(console: TerminalConsole, rows: list[AppraisalRow], count: int, language: Language) -> None:
    console.print(Text(f"\n{say(Message(rows[0].word), language)} ({count})", style="bold"))
    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(max_width=min(NAME, console.width // MARGIN), overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    for row in rows:
        grid.add_row(Text(_where(row)), _sentence(row, language))
    console.print(grid)
    if count > len(rows):
        console.print(Text(label("crosscheck-more", language, count=count - len(rows)), style="dim"))


def _where(row: AppraisalRow) -> str:
    names = [shorten_name(name, NAME - 2) for name in (row.unit, row.criterion) if name]
    return " · ".join(names) if sum(map(len, names)) < NAME else "\n".join(names)


def _sentence(row: AppraisalRow, language: Language) -> Text:
    text = Text(say(Message(row.message.code, _shortened(row.message.params)), language))
    if row.page:
        text.append(f" ({label('page-proof', language, page=row.page)})")
    marks = [sha[:HASH] for sha in row.documents[:HASHES]]
    text.append("  " + ", ".join([*marks, *(["…"] if len(row.documents) > HASHES else [])]), style="dim")
    return text


def _shortened(params: Mapping[str, str]) -> dict[str, str]:
    return {name: shorten_name(value, PATH) if name in PATHS else _cut_list(value) for name, value in params.items()}


def _cut_list(text: str) -> str:
    return text if len(text) <= LIST else f"{text[: LIST - 1].rstrip(' ,')}…"

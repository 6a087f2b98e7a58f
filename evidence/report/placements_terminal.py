"""What a run took in as unit and criterion, as a table on a terminal."""

from __future__ import annotations

from io import StringIO
from itertools import groupby

from rich import box
from rich.table import Table
from rich.text import Text

from evidence.messages import Language, Message, say
from evidence.model.placement import PlacementCount, PlacementSummary
from evidence.report.labels import label
from evidence.report.text.console import TerminalConsole

MOST_ROWS = 60  # beyond that, a row a unit; what is remarked is always shown


def render(summary: PlacementSummary, language: Language, width: int) -> str:
    """The table, and below it what was moved or withdrawn and how to put right what is remarked."""
    out = StringIO()
    console = TerminalConsole(file=out, width=max(width, 60), highlight=False, legacy_windows=False)
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    grid.add_column(label("column-unit", language), overflow="fold")
    grid.add_column(label("column-criterion", language), overflow="fold")
    grid.add_column(label("column-files", language), justify="right")
    grid.add_column(label("column-note", language), overflow="fold")
    rows = summary.counts if len(summary.counts) <= MOST_ROWS else _by_unit(summary.counts, language)
    for count in rows:
        remarks = "; ".join(say(remark, language) for remark in count.remarks)
        grid.add_row(Text(count.unit or "-"), Text(count.criterion or "-"), str(count.files), Text(remarks))
    console.print(grid)
    for line in _tail(summary):
        console.print(Text(say(line, language)))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def _by_unit(counts: tuple[PlacementCount, ...], language: Language) -> list[PlacementCount]:
    """A row a unit; after it a row for each of its places that is remarked."""
    rows = []
    for unit, group in groupby(counts, key=lambda count: count.unit):
        every = list(group)
        whole = [count for count in every if not count.remarks]
        if whole:
            criteria = label("placed-criteria", language, count=len(whole))
            rows.append(PlacementCount(unit, criteria, sum(count.files for count in whole)))
        rows += [count for count in every if count.remarks]
    return rows


def _tail(summary: PlacementSummary) -> list[Message]:
    lines = []
    if summary.moved:
        lines.append(Message("placed-moved", {"count": str(summary.moved)}))
    if summary.withdrawn:
        lines.append(Message("placed-withdrawn", {"count": str(summary.withdrawn)}))
    remarked = sum(count.files for count in summary.counts if count.remarks)
    if remarked:
        code = "placed-put-right" if summary.criteria_sets else "placed-put-right-no-set"
        sets = {"sets": ", ".join(summary.criteria_sets)} if summary.criteria_sets else {}
        lines.append(Message(code, {"count": str(remarked), **sets}))
    return lines

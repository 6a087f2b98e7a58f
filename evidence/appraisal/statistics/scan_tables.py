"""Tables of scanned pages: words that were recognised one by one, set in rows and columns again.

A table begins at a line that begins with "STT" or "TT". Columns are parted by strips that no word of it touches; rows
are counted by the numbers in its first column, and a line between two of them belongs to the nearer one. Where text
wraps that may be the wrong one: whoever reads figures from such rows holds them for doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from evidence.model.document import Origin, Page, Table
from evidence.model.geometry import Box
from evidence.vietnamese.text import fold, nfc

_HEAD = re.compile(r"(?:s?tt|số tt)\.?")
_ORDER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVX]{1,5}|[a-zđ])[.)]?")
LEAST_STRIP = 0.6  # of the height of a line: the least that parts two columns
FEWEST_COLUMNS, FEWEST_ROWS = 3, 2
HEAD_LINES = 3  # lines of the head above and below the one with "STT"


@dataclass(frozen=True, slots=True)
class _PlacedWord:
    text: str
    box: Box

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


_Row = list[_PlacedWord]


def add_scan_tables(page: Page) -> Page:
    """The page with the tables that its words stand in; as it is where it was not scanned, or has tables already."""
    if page.origin is not Origin.OCR or page.tables:
        return page
    lines = _list_lines(page)
    tables = tuple(_find_tables(lines))
    return replace(page, tables=tables) if tables else page


def _list_lines(page: Page) -> list[_Row]:
    """The words of the page line by line, whatever columns parted them."""
    words = [_PlacedWord(nfc(word.text), word.box) for line in page.lines for word in line.words if word.box]
    height = median([word.box[3] - word.box[1] for word in words]) if words else 0.0
    lines: list[_Row] = []
    for word in sorted(words, key=lambda each: each.middle):
        if lines and word.middle - lines[-1][0].middle < height * 0.6:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda each: each.box[0]) for line in lines]


def _find_tables(lines: Sequence[_Row]) -> Iterator[Table]:
    starts = [at for at, line in enumerate(lines) if len(line) > 2 and _HEAD.fullmatch(fold(line[0].text))]
    for place, at in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(lines)
        first = next((row for row in range(at + 1, end) if _ORDER.fullmatch(lines[row][0].text)), end)
        top = max(0, at - HEAD_LINES + 1, starts[place - 1] + 1 if place else 0)
        if table := _set_table(lines[top:at], lines[at:first], lines[first:end]):
            yield table


def _set_table(above: Sequence[_Row], head: Sequence[_Row], body: Sequence[_Row]) -> Table | None:
    """The table as far as strips part its columns; None where there are too few columns or rows."""
    rows: list[_Row] = []
    columns: list[tuple[float, float]] = []
    for line in body:
        tried = _part_columns([*head, *rows, line])
        if len(tried) < FEWEST_COLUMNS:
            break  # a line of text over the whole width: the table has ended
        rows.append(line)
        columns = tried
    ordered = [at for at, row in enumerate(rows) if _ORDER.fullmatch(row[0].text) and row[0].box[2] <= columns[0][1]]
    if len(ordered) < FEWEST_ROWS:
        return None
    over = [line for line in above if len(_part_columns([*head, *rows, line])) == len(columns)]
    cells = [_fill((*over, *head), columns)]
    groups: dict[int, list[_Row]] = {at: [] for at in ordered}
    for row in rows:
        nearest = min(ordered, key=lambda at: abs(rows[at][0].middle - row[0].middle))
        groups[nearest].append(row)
    cells += [_fill(members, columns) for members in groups.values()]
    boxes = [word.box for line in (*over, *head, *rows) for word in line]
    lowest = max(box[3] for box in boxes)
    box = (min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes), lowest)
    return Table(tuple(cells), box)


def _part_columns(lines: Sequence[_Row]) -> list[tuple[float, float]]:
    """From where to where each column reaches: between strips that no word touches."""
    words = [word for line in lines for word in line]
    least = median([word.box[3] - word.box[1] for word in words]) * LEAST_STRIP
    columns: list[tuple[float, float]] = []
    for left, right in sorted((word.box[0], word.box[2]) for word in words):
        if columns and left - columns[-1][1] < least:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _fill(lines: Sequence[_Row], columns: Sequence[tuple[float, float]]) -> tuple[str, ...]:
    return tuple(
        " ".join(word.text for line in lines for word in line if left <= word.box[0] <= right)
        for left, right in columns
    )  # fmt: skip

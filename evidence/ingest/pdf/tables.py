"""Ruled tables of a PDF page as cells of text: what Word draws around a table is where its cells are.

pdfplumber finds the rulings. Three things are made plain here that the rulings alone leave open:

* a merged cell: ``None`` where a cell goes on from the row above, an empty text where the cell to the left covers it;
* a wrapped line: a line is joined to the next where the next one's first word would not have fitted behind it, so
  that a line break in a cell's text is a paragraph of the author's;
* a table inside a cell, and the false ones that underlinings make: left out, their text stands in the outer cell.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict

from pdfplumber import utils
from pdfplumber.page import Page as PlumberPage
from pdfplumber.table import Table as PlumberTable

from evidence.model.document import Table
from evidence.model.geometry import Box

ROW = 3.0  # points between the tops of two words that still stand in one line
PADDING = 5.4  # what Word leaves between a cell's text and its ruling
BLANK = 2.5  # a blank of 11 points; narrower than any, so that doubt joins
SLACK = 1.5
EDGE = 0.5


class _Text(TypedDict):
    """A character or word, as pdfplumber gives it."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of print: its text, right edge, and the width of its first word."""

    text: str
    right: float
    first: float


def find_tables(page: PlumberPage, hidden: Sequence[tuple[str, Box]] = ()) -> tuple[Table, ...]:
    """The page's ruled tables, from the top. ``hidden``: characters that the page does not show, with their boxes."""
    chars: Sequence[_Text] = page.chars
    if hidden:
        chars = [char for char in chars if not any(char["text"] == text and _within(char, box) for text, box in hidden)]
    return tuple(_read_table(table, chars) for table in _outermost(page.find_tables()))


def _outermost(tables: Sequence[PlumberTable]) -> list[PlumberTable]:
    """Without tables that lie inside another one, in the order in which they stand on the page."""
    kept = [
        table for table in tables if not any(other is not table and _inside(table.bbox, other.bbox) for other in tables)
    ]
    return sorted(kept, key=lambda table: (table.bbox[1], table.bbox[0]))


def _inside(inner: Box, outer: Box) -> bool:
    smaller = (inner[2] - inner[0]) * (inner[3] - inner[1]) < (outer[2] - outer[0]) * (outer[3] - outer[1])
    held = inner[0] >= outer[0] - 1 and inner[1] >= outer[1] - 1 and inner[2] <= outer[2] + 1
    return smaller and held and inner[3] <= outer[3] + 1


def _within(char: _Text, box: Box) -> bool:
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= across < box[2] and box[1] <= down < box[3])


def _read_table(table: PlumberTable, chars: Sequence[_Text]) -> Table:
    """The rows of cells; every row has a place for each column."""
    box: Box = tuple(map(float, table.bbox))  # type: ignore[assignment]
    own = [char for char in chars if _within(char, box)]
    lefts = sorted({round(float(cell[0]), 2) for cell in table.cells})
    tops = sorted({round(float(cell[1]), 2) for cell in table.cells})
    texts = {cell: _join_text(own, cell) for cell in table.cells}
    rows = tuple(tuple(_cell_text(left, top, texts) for left in lefts) for top in tops)
    return Table(rows, box, tuple(lefts))


def _cell_text(left: float, top: float, texts: dict[Box, str]) -> str | None:
    """The text of the cell that begins there; what covers the place where none does."""
    across, down = left + EDGE, top + EDGE
    for (x0, y0, x1, y1), text in texts.items():
        if x0 <= across < x1 and y0 <= down < y1:
            if abs(x0 - left) > EDGE:
                return ""
            return text if abs(y0 - top) <= EDGE else None
    return ""


def _join_text(chars: Sequence[_Text], cell: Box) -> str:
    own = [char for char in chars if _within(char, cell)]
    rows = list(_rows(own))
    limit = max(cell[2] - PADDING, max((row.right for row in rows), default=0.0)) - SLACK
    pieces: list[str] = []
    for count, row in enumerate(rows):
        if count and rows[count - 1].right + BLANK + row.first > limit:
            pieces[-1] = f"{pieces[-1]} {row.text}"
        else:
            pieces.append(row.text)
    return "\n".join(pieces)


def _rows(chars: Sequence[_Text]) -> Iterator[_Row]:
    for words in _words(chars):
        text = unicodedata.normalize("NFC", " ".join(word["text"] for word in words))
        yield _Row(text, float(words[-1]["x1"]), float(words[0]["x1"] - words[0]["x0"]))


def _words(chars: Sequence[_Text]) -> Iterator[list[_Text]]:
    """The words of each line of print, from the top."""
    words = utils.extract_words(list(chars)) if chars else []
    rows = utils.cluster_objects(words, lambda word: (word["top"] + word["bottom"]) / 2, ROW)
    for row in rows:
        yield sorted(row, key=lambda word: word["x0"])

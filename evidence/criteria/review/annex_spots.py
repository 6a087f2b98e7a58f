"""Where a proposal's words stand on the pages of its annex, so that a person sees them as they were printed.

The words of a cell run over several lines of one column: the page's words are put into the columns of its tables, and
the longest run that agrees with the beginning of the proposal's words is taken, of several the one that begins nearest
below its criterion's code. What a page break cut may stand on the next page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.model.document import Page, Word
from evidence.model.geometry import Box, enclose
from evidence.model.review import AnnexSpot, ReviewRow
from evidence.vietnamese.text import fold

LEAST = 3  # words that must agree, or all where there are fewer
MARGIN = 3.0  # points by which a word may stand left of its column's line
NEAR = 6.0  # points by which the words may begin above the code's own line


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    box: Box


def find_spots(pages: Sequence[Page], rows: Iterable[ReviewRow]) -> tuple[AnnexSpot, ...]:
    """The place of every row that names a page of these."""
    columns = {page.number: tuple(_split_columns(page)) for page in pages}
    return tuple(
        AnnexSpot(row.criterion, row.requirement, *_find_place(row, row.page, columns))
        for row in rows
        if row.page is not None and row.page in columns
    )


def _find_place(
    row: ReviewRow, first: int, columns: Mapping[int, tuple[tuple[_Token, ...], ...]]
) -> tuple[int, Box | None]:
    """The page and the box of the words, else of the criterion's title; the row's own page without a box where neither
    stands there."""
    for words in (row.words, row.criterion_title):
        wanted = tuple(text for word in words.split() if (text := _plain(word)))
        for number in (first, first + 1):
            tokens = columns.get(number, ())
            top = _find_code(row.criterion, tokens) if number == first else None
            if best := _choose_run([run for column in tokens for run in _find_runs(wanted, column)], top):
                return number, enclose(tuple(token.box for token in best))
    return first, None


def _choose_run(runs: Sequence[Sequence[_Token]], code: float | None) -> Sequence[_Token]:
    """The longest, of those the nearest to the code; nothing where there is none."""
    longest = max((len(run) for run in runs), default=0)
    return min((run for run in runs if len(run) == longest), key=lambda run: _distance(run[0].box[1], code), default=())


def _find_runs(wanted: Sequence[str], column: Sequence[_Token]) -> Iterator[Sequence[_Token]]:
    """Every run of the column that agrees with the beginning of what is wanted."""
    least = min(LEAST, len(wanted))
    for start, token in enumerate(column):
        if not wanted or token.text != wanted[0]:
            continue
        length = 1
        while length < len(wanted) and start + length < len(column) and column[start + length].text == wanted[length]:
            length += 1
        if length >= least:
            yield column[start : start + length]


def _find_code(code: str, columns: Iterable[Sequence[_Token]]) -> float | None:
    """How far down the criterion's code stands; None where it is not on the page."""
    wanted = _plain(code)
    return next((token.box[1] for column in columns for token in column if token.text == wanted), None)


def _distance(top: float, code: float | None) -> float:
    """What begins below the code is nearer than what stands above it."""
    if code is None:
        return top
    return top - code if top >= code - NEAR else 10_000 + code - top


def _split_columns(page: Page) -> Iterator[tuple[_Token, ...]]:
    """The words of the page by the columns of its tables, each from top to bottom; outside of them, all in one."""
    edges = sorted({edge for table in page.tables for edge in table.columns})
    columns: dict[int, list[_Token]] = {}
    for word in (word for line in page.lines for word in line.words):
        if word.box is not None and (text := _plain(word.text)):
            columns.setdefault(_column(word, edges), []).append(_Token(text, word.box))
    yield from (tuple(tokens) for _, tokens in sorted(columns.items()))


def _column(word: Word, edges: Sequence[float]) -> int:
    return bisect_right(edges, word.box[0] + MARGIN) if word.box else 0


def _plain(text: str) -> str:
    """A word without what stands round it.

    >>> _plain("1.2.1."), _plain("“Kế"), _plain("-")
    ('1.2.1', 'kế', '')
    """
    return fold(text).strip(".,;:()[]“”\"'-–+*•/")

"""Words of fields and annotations set into the lines that OCR read.

A number or day typed into a signature field over a scan is exact; what OCR read in the same place goes. A notice of
signing software stays as lines of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from evidence.ingest import layout, notices
from evidence.model import Box, Line, Word

REACH = 6.0  # line heights that a filling may stand away from the line it belongs to


def merge(read: Sequence[Line], widgets: Sequence[Line]) -> tuple[Line, ...]:
    """The OCR's lines with the widgets' words in place."""
    if not widgets:
        return tuple(read)
    words = [word for line in widgets for word in line.words]
    fillings, apart = notices.part(words)
    kept = [line for line in (_without(line, words) for line in read) if line.words]
    loose: list[Word] = []
    rows = [list(line.words) for line in kept]
    for word in fillings:
        nearest = _nearest(rows, word)
        (rows[nearest] if nearest is not None else loose).append(word)
    lines = [Line(tuple(part)) for row in rows for part in layout.cut(row)]
    return layout.order([*lines, *layout.lines(loose), *apart])


def uncovered(own: Sequence[Word], fillings: Sequence[Word]) -> list[Word]:
    """The page's own words without dots and dashes of a blank that a filling stands on."""
    boxes = [word.box for word in fillings if word.box]
    return [
        word
        for word in own
        if any(map(str.isalnum, word.text)) or not any(_inside(word.box, box) for box in boxes)
    ]


def _without(line: Line, words: Sequence[Word]) -> Line:
    """The line less the words whose middle lies in one of the others' boxes."""
    boxes = [word.box for word in words if word.box]
    left = tuple(word for word in line.words if not any(_inside(word.box, box) for box in boxes))
    return Line(left, line.cell, line.readings)


def _inside(box: Box | None, other: Box) -> bool:
    if box is None:
        return False
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] - 1 <= x <= other[2] + 1 and other[1] <= y <= other[3]


def _nearest(rows: Sequence[Sequence[Word]], word: Word) -> int | None:
    """The row in whose height the word stands, and that is nearest to its side."""
    assert word.box is not None
    middle, height = (word.box[1] + word.box[3]) / 2, word.box[3] - word.box[1]
    best: tuple[float, int] | None = None
    for index, row in enumerate(rows):
        for other in row:
            if other.box is None or not other.box[1] - 0.25 * height <= middle <= other.box[3] + 0.25 * height:
                continue
            gap = max(other.box[0] - word.box[2], word.box[0] - other.box[2], 0.0)
            if gap < REACH * height and (best is None or gap < best[0]):
                best = (gap, index)
    return best[1] if best else None

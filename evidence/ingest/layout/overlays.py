"""The text that signing software and portals print on a page: who signed when, and watermarks.

It is kept, as lines of its own, but it is not the document's text: it never joins a row of the header, and a page on
which nothing else is written counts as having no text layer (the signing time of a portal's copy is not the issue
date).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evidence.ingest.layout.reading_order import group_lines
from evidence.model.document import Line, Word
from evidence.values.overlay import is_overlay

BLOCK_GAP = 1.5  # line heights between lines of one block
BLOCK_LETTERS = 24  # a field's text longer than a number and date is an overlay


def split_overlays(words: Sequence[Word]) -> tuple[list[Word], tuple[Line, ...]]:
    """The words of fields and annotations: those that fill a blank of the text, and the overlays as lines."""
    fillings: list[Word] = []
    overlays: list[Line] = []
    for block in _blocks(group_lines(words)):
        text = " ".join(line.text for line in block)
        if is_overlay(text) or not any(map(str.isdigit, text)) or sum(map(str.isalpha, text)) > BLOCK_LETTERS:
            overlays += block
        else:
            fillings += [word for line in block for word in line.words]
    return fillings, tuple(overlays)


def _blocks(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines that stand closely one below the other, together."""
    blocks: list[list[Line]] = []
    for line in lines:
        for block in blocks:
            if _near(block[-1], line):
                block.append(line)
                break
        else:
            blocks.append([line])
    return blocks


def _near(upper: Line, lower: Line) -> bool:
    above, below = upper.box, lower.box
    if above is None or below is None:
        return False
    aligned = min(above[2], below[2]) - max(above[0], below[0]) > 0
    return aligned and below[1] - above[3] < BLOCK_GAP * (below[3] - below[1])

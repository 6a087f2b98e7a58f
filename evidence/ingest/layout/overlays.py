"""The text that signing software and portals print on a page: who signed when, and watermarks.

It is kept, as lines of its own, but it is not the document's text: it never joins a row of the header, and a page on
which nothing else is written counts as having no text layer (the signing time of a portal's copy is not the issue
date).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evidence.ingest.layout import reading_order as layout
from evidence.model.document import Line, Word
from evidence.values.overlay import is_overlay

BLOCK_GAP = 1.5  # line heights between lines of one block
BLOCK_LETTERS = 24  # a field's text longer than a number and date is a notice


def part(words: Sequence[Word]) -> tuple[list[Word], tuple[Line, ...]]:
    """The words of fields and annotations: those that fill a blank of the text, and the notices as lines."""
    fillings: list[Word] = []
    notices: list[Line] = []
    for block in _blocks(layout.lines(words)):
        text = " ".join(line.text for line in block)
        if is_overlay(text) or not any(map(str.isdigit, text)) or sum(map(str.isalpha, text)) > BLOCK_LETTERS:
            notices += block
        else:
            fillings += [word for line in block for word in line.words]
    return fillings, tuple(notices)


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
    one, two = upper.box, lower.box
    if one is None or two is None:
        return False
    beside = min(one[2], two[2]) - max(one[0], two[0]) > 0
    return beside and two[1] - one[3] < BLOCK_GAP * (two[3] - two[1])

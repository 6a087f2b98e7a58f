"""What OCR read in places of a page that has text of its own, set among its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidence.ingest.layout.reading_order import sort_lines
from evidence.ingest.reader_protocol import PageImage
from evidence.model.document import Line, Origin
from evidence.model.geometry import Box


def merge_places(page: PageImage, lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The page's lines with those of OCR, and the rows that gave way to them.

    A row whose picture OCR could not read stays, as a doubtful one: there is something in its blank.
    """
    kept: list[Line] = []
    lost: list[Line] = []
    for line in page.layer:
        place = next((place for place in page.pictures if place.instead and _lies_in(line.box, place.box)), None)
        if place is None:
            kept.append(line)
        elif any(_lies_in(read.box, place.box) for read in lines):
            lost.append(line)
        else:
            kept.append(replace(line, words=tuple(replace(word, origin=Origin.OCR) for word in line.words)))
    return sort_lines([*kept, *lines]), tuple(lost)


def _lies_in(box: Box | None, place: Box) -> bool:
    """Whether the middle of a line lies in a place."""
    if box is None:
        return False
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return place[0] <= across <= place[2] and place[1] <= down <= place[3]

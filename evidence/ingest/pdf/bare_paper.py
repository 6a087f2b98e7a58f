"""Characters in the colour of the paper with nothing around them, as gazettes hide the numbers of their pages: that
they are not seen needs no picture.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evidence.ingest.pdf.characters import Boxes, Flags
from evidence.ingest.pdf.covers import ObjectBoxes
from evidence.ingest.pdf.page_objects import DrawnObjects
from evidence.ingest.pdf.pdfium_calls import has_transparency, read_fill_colours
from evidence.ingest.pdf.visibility import FAINT

PAPER = 255  # brightness of a page on which nothing is drawn
FILLED = 0  # render mode of text that is filled and nothing else
AROUND = 1.0  # points around a character in which nothing else may stand
MOST = 256  # characters that are looked at


def find_blank(drawn: DrawnObjects, items: Sequence[int], boxes: Boxes, located: ObjectBoxes) -> Flags:
    """Which characters are for sure not seen, of those that these text objects draw in these boxes."""
    blank = np.zeros(len(items), np.bool_)
    known = dict(zip(drawn.items, range(len(drawn.items)), strict=True))
    white = {item for item in set(items[:MOST]) & known.keys() if _is_white(drawn, item, known[item])}
    places = [place for place, item in enumerate(items[:MOST]) if item in white]
    if not places:
        return blank
    others = located.locate(np.arange(len(drawn.items)))
    left, top, right, bottom = (side[:, None] for side in boxes[places].T)
    near = (others[:, 0] < right + AROUND) & (others[:, 2] > left - AROUND)
    near &= (others[:, 1] < bottom + AROUND) & (others[:, 3] > top - AROUND)
    near[np.arange(len(places)), [known[items[place]] for place in places]] = False
    blank[places] = ~near.any(axis=1)
    return blank


def _is_white(drawn: DrawnObjects, item: int, place: int) -> bool:
    if drawn.kinds[place] != FILLED or has_transparency(item):
        return False
    colours, plain = read_fill_colours([item])
    return bool(plain[0]) and PAPER - int(colours[0, :3].min()) < FAINT

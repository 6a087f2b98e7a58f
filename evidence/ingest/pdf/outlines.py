"""Text that is drawn as shapes: a number set by a drawing program, stamped by signing software or written by pen on the
screen. The layer has nothing of it, and its place would be called blank.
"""

from __future__ import annotations

import numpy as np

from evidence.ingest.pdf.characters import Boxes, PageCoordinates
from evidence.ingest.pdf.covers import DARK, LUMINANCE, locate_objects
from evidence.ingest.pdf.page_objects import PATH, DrawnObjects
from evidence.ingest.pdf.pdfium_calls import read_fill_colours
from evidence.model.geometry import Box

HEADER = 0.4  # share of the page's height that is looked at
LOW, TALL, LONG = 3.0, 40.0, 350.0  # points: the height of a letter or figure at least and at most, a row's width
GAP = 0.8  # heights between letters of one row
SAME_ROW = 0.5  # share of the lesser height that shapes of one row have in common
MOST = 600  # shapes of a header; one with more is a drawing


def locate_outlines(drawn: DrawnObjects, coordinates: PageCoordinates) -> list[Box]:
    """The rows of shapes of a letter's height in the page's upper part, each as one box; rules are none."""
    places = [place for place, kind in enumerate(drawn.kinds) if kind == PATH]
    if not places:
        return []
    boxes = locate_objects(drawn, places, coordinates)
    left, top, right, bottom = boxes.T
    high = bottom - top
    fitting = np.flatnonzero(
        (high > LOW) & (high < TALL) & (right - left < LONG) & (bottom < HEADER * coordinates.height)
    )
    if not len(fitting) or len(fitting) > MOST:
        return []
    colours, plain = read_fill_colours([drawn.items[places[index]] for index in fitting.tolist()])
    dark = ~plain | (colours[:, :3] @ LUMINANCE < DARK)
    return _join_rows(boxes[fitting[dark]])


def _join_rows(boxes: Boxes) -> list[Box]:
    rows: list[Box] = []
    for left, top, right, bottom in sorted(map(tuple, boxes.tolist())):
        near = [row for row in reversed(rows) if _continues(row, (left, top, right, bottom))]
        if near:
            rows.remove(near[0])
            first, upper, last, lower = near[0]
            left, top, right, bottom = first, min(top, upper), max(right, last), max(bottom, lower)
        rows.append((left, top, right, bottom))
    return rows


def _continues(row: Box, box: Box) -> bool:
    heights = row[3] - row[1], box[3] - box[1]
    common = min(row[3], box[3]) - max(row[1], box[1])
    return common > SAME_ROW * min(heights) and box[0] - row[2] < GAP * max(heights)

"""What may hide text: shapes, images and shadings that are drawn over it, and dark shapes in the colour of the text.

Whether they do is asked of the picture (``visibility``); here only the places are found where it has to be asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as raw

from evidence.ingest.pdf.characters import Boxes, PageCoordinates
from evidence.ingest.pdf.page_objects import FORM, IMAGE, PATH, DrawnObjects
from evidence.ingest.pdf.pdfium_calls import is_drawn_wider, read_bounds, read_fill_colours, read_matrix
from evidence.model.geometry import Box

CELL = 2.0  # points
THIN = 3.0  # points: rules and underlines hide no text
DARK = 170.0  # brightness of a shape below which text on it may be of its colour
ANY = np.iinfo(np.int32).max  # stands over all text, whenever it is drawn
SHADING = ~raw.FPDF_PAGEOBJ_SHADING
LUMINANCE = np.array([0.299, 0.587, 0.114])
Orders = npt.NDArray[np.int32]
Places = npt.NDArray[np.intp]
MOST = 20_000  # covers of a page that are looked at


@dataclass(frozen=True, slots=True)
class CoverMap:
    """For each cell of the page which of the covers is the last one there, from 1 on (0: none); and the place of each
    among the objects that are drawn, -1 for none."""

    cells: Orders
    orders: Orders


class ObjectBoxes:
    """Where the objects of a page stand, from its top left; pdfium is asked once for each."""

    def __init__(self, drawn: DrawnObjects, coordinates: PageCoordinates) -> None:
        self._drawn, self._coordinates = drawn, coordinates
        self._boxes = np.empty((len(drawn.items), 4))
        self._known = np.zeros(len(drawn.items), np.bool_)

    def locate(self, places: Places) -> Boxes:
        """The boxes of the objects at these places."""
        if (fresh := places[~self._known[places]]).size:
            self._boxes[fresh] = locate_objects(self._drawn, fresh.tolist(), self._coordinates)
            self._known[fresh] = True
        return self._boxes.take(places, axis=0)


def map_covers(drawn: DrawnObjects, located: ObjectBoxes, coordinates: PageCoordinates) -> CoverMap | None:
    """What was drawn last in each cell of the page, of all that may cover text; ``None``: there is none.

    What is drawn before the page's first text covers none, unless it is dark.
    """
    kinds = np.fromiter(drawn.kinds, np.int8, len(drawn.kinds))
    places = np.flatnonzero((kinds == PATH) | (kinds == IMAGE) | (kinds == SHADING))[:MOST]
    if not places.size:
        return None
    boxes = located.locate(places)
    left, top, right, bottom = boxes.T
    wide = ((right - left > THIN) & (bottom - top > THIN)).nonzero()[0].tolist()
    if not wide:
        return None
    places = places.tolist()
    first = np.append(kinds >= 0, True).argmax()  # text
    dark = _find_dark([drawn.items[places[index]] for index in wide])
    orders: list[tuple[int, int]] = []
    for index, black in zip(wide, dark, strict=True):
        place = places[index]
        path = drawn.kinds[place] == PATH
        if ((black and path) or place > first) and not (path and not is_drawn_wider(drawn.items[place], THIN)):
            orders.append((ANY if black and path else place, index))
    return _paint(orders, boxes, coordinates) if orders else None


def _find_dark(items: list[int]) -> list[bool]:
    """Which of the shapes are filled with a colour in which text would be legible on white paper."""
    colours, plain = read_fill_colours(items)
    dark: list[bool] = (~plain | (colours[:, :3] @ LUMINANCE < DARK)).tolist()
    return dark


def _paint(orders: Sequence[tuple[int, int]], boxes: Boxes, coordinates: PageCoordinates) -> CoverMap:
    grid = np.zeros((int(coordinates.height / CELL) + 2, int(coordinates.width / CELL) + 2), np.int32)
    orders = sorted(orders)
    cells = np.clip(boxes[[index for _, index in orders]] / CELL, 0, max(grid.shape)).astype(np.intp)
    for number, (left, top, right, bottom) in enumerate(cells.tolist(), 1):
        grid[top : bottom + 1, left : right + 1] = number
    return CoverMap(grid, np.array([-1, *(order for order, _ in orders)], np.int32))


def look_up(covers: CoverMap, boxes: Boxes) -> Orders:
    """Which place the map tells for the middles of these boxes; -1 where nothing covers them."""
    cells = covers.cells
    across = np.clip((boxes[:, 0] + boxes[:, 2]) / (2 * CELL), 0, cells.shape[1] - 1).astype(np.intp)
    down = np.clip((boxes[:, 1] + boxes[:, 3]) / (2 * CELL), 0, cells.shape[0] - 1).astype(np.intp)
    return covers.orders[cells[down, across]]


def locate_pictures(drawn: DrawnObjects, coordinates: PageCoordinates) -> list[Box]:
    """The boxes of the images on the page."""
    if IMAGE not in drawn.kinds:
        return []
    places = [place for place, kind in enumerate(drawn.kinds) if kind == IMAGE]
    return [
        (left, top, right, bottom) for left, top, right, bottom in locate_objects(drawn, places, coordinates).tolist()
    ]


def locate_objects(drawn: DrawnObjects, places: list[int], coordinates: PageCoordinates) -> Boxes:
    """The boxes of these objects on the page, from its top left."""
    bounds = read_bounds([drawn.items[place] for place in places])
    if not drawn.forms:
        return coordinates.boxes(bounds[:, [0, 3, 2, 1]])
    left, bottom, right, top = bounds.T
    corners = np.stack([np.column_stack((x, y, np.ones_like(x))) for x in (left, right) for y in (bottom, top)])
    where = np.array(places)
    for (start, end), matrix in _matrices(drawn):
        inside = (where > start) & (where < end)
        corners[:, inside] = corners[:, inside] @ matrix
    least, most = corners[..., :2].min(axis=0), corners[..., :2].max(axis=0)
    return coordinates.boxes(np.column_stack((least[:, 0], most[:, 1], most[:, 0], least[:, 1])).astype(np.float32))


def _matrices(drawn: DrawnObjects) -> list[tuple[tuple[int, int], npt.NDArray[np.float64]]]:
    """The forms, inner ones first, and the matrix of each: what is in an inner one is turned by all around it."""
    stretches = sorted(drawn.forms, key=lambda stretch: stretch[1] - stretch[0])
    assert all(drawn.kinds[start] == FORM for start, _ in stretches)
    return [(stretch, read_matrix(drawn.items[stretch[0]])) for stretch in stretches]

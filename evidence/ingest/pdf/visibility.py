"""Which characters the page shows: the page is drawn with and without a text object, and where the two pictures are
alike the object shows nothing, for whatever reason: a layer that is off, a clip, a cover, its colour, its mode.

Objects that do not overlap are left out together, so that a page needs two or three pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

import numpy as np
import numpy.typing as npt
from pypdfium2 import PdfiumError, PdfPage

from evidence.ingest.pdf.characters import Boxes, Flags
from evidence.ingest.pdf.pdfium_calls import set_active

SCALE = 1.5  # pixels a point
PIXELS = 6_000_000  # of a picture at most
ROUNDS = 6  # pictures without some of the objects; what is left then counts as shown
MOST = 4000  # objects that are looked at; the others count as shown
FAINT = 32  # of 255: a difference that no reader sees
INK = 0.02  # share of full ink over a letter's box from which the letter is seen
EDGE = 0.12  # share of a box's sides that is left to its neighbours
Picture = npt.NDArray[np.uint8]
Box = npt.NDArray[np.float64]


def find_unseen(page: PdfPage, boxes: Boxes, letters: Flags, groups: Sequence[frozenset[int]]) -> Flags:
    """Which of the characters the page does not show: their boxes, which of them are letters or figures, and the
    objects that each is drawn by (more than one where it is painted again). PdfiumError where an object cannot be
    left out."""
    unseen = np.zeros(len(groups), np.bool_)
    frame = _Frame(page, boxes)
    whole = frame.draw()
    for objects, places in _rounds(boxes, groups):
        set_shown(objects, False)
        try:
            without = frame.draw()
        finally:
            set_shown(objects, True)
        for place in places:
            rows, columns = frame.cut(boxes[place])
            unseen[place] = not _is_seen(whole[rows, columns], without[rows, columns], bool(letters[place]))
    return unseen


def set_shown(items: Sequence[int], shown: bool) -> None:
    """Leaves objects out of the page, or takes them in again. PdfiumError where pdfium cannot."""
    if not all(list(map(set_active, items, repeat(shown)))):
        raise PdfiumError("An object of the page can be neither hidden nor shown.")


def _is_seen(whole: Picture, without: Picture, letter: bool) -> bool:
    """Whether the two differ so that a reader sees it."""
    if not whole.size or (whole == without).all():
        return False
    difference = (np.maximum(whole, without) - np.minimum(whole, without)).max(axis=2)
    return bool(difference.max() >= FAINT and (not letter or difference.mean() / 255 >= INK))


class _Frame:
    """The part of the page that holds the boxes, drawn as often as it is asked for."""

    def __init__(self, page: PdfPage, boxes: Boxes) -> None:
        self._page = page
        width, height = page.get_size()
        least, most = boxes[:, :2].min(axis=0) - 2, boxes[:, 2:].max(axis=0) + 2
        self._left, self._top = np.clip(least, 0, (width, height)).tolist()
        right, bottom = np.clip(most, 0, (width, height)).tolist()
        area = max((right - self._left) * (bottom - self._top), 1.0)
        self._scale = min(SCALE, float(np.sqrt(PIXELS / area)))
        self._crop = (self._left, height - bottom, width - right, self._top)

    def draw(self) -> Picture:
        picture: Picture = self._page.render(scale=self._scale, crop=self._crop, may_draw_forms=False).to_numpy()
        return picture[..., :3]

    def cut(self, box: Box) -> tuple[slice, slice]:
        """The rows and columns of the picture that show the box, less its edges."""
        left, top, right, bottom = box.tolist()
        across, down = EDGE * (right - left), EDGE * (bottom - top)
        sides = (
            left + across - self._left,
            right - across - self._left,
            top + down - self._top,
            bottom - down - self._top,
        )
        first, last, upper, lower = (round(max(0.0, side) * self._scale) for side in sides)
        return slice(upper, max(lower, upper + 1)), slice(first, max(last, first + 1))


def _rounds(boxes: Boxes, groups: Sequence[frozenset[int]]) -> list[tuple[list[int], list[int]]]:
    """Objects to leave out together, none over another, with the characters that are told by it."""
    places: dict[frozenset[int], list[int]] = {}
    for place, group in enumerate(groups):
        places.setdefault(group, []).append(place)
    met = list(places)[:MOST]
    outlines = np.array([_outline(boxes[places[group]]) for group in met])
    rounds: list[list[int]] = []
    for index, outline in enumerate(outlines):
        for members in rounds:
            if not _overlap(outline, outlines[members]).any():
                members.append(index)
                break
        else:
            if len(rounds) < ROUNDS:
                rounds.append([index])
    return [
        (sorted(set().union(*(met[index] for index in members))), [p for index in members for p in places[met[index]]])
        for members in rounds
    ]


def _outline(boxes: Boxes) -> Box:
    """The box around boxes, less the edges that neighbours share."""
    left, top = boxes[:, :2].min(axis=0)
    right, bottom = boxes[:, 2:].max(axis=0)
    edge = EDGE * (bottom - top)
    return np.array([left + edge, top + edge, right - edge, bottom - edge])


def _overlap(box: Box, others: Boxes) -> Flags:
    apart = (others[:, 0] >= box[2]) | (others[:, 2] <= box[0]) | (others[:, 1] >= box[3]) | (others[:, 3] <= box[1])
    flags: Flags = ~apart
    return flags

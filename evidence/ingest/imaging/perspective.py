"""A sheet photographed on a table: its four corners, the sheet seen from straight above, its light made even.

Only a clear quadrangle is believed: bright paper on darker ground all around, corners of about ninety degrees, a good
part of the picture but not all of it. Otherwise the picture stays as it is: a scan is no photo.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from evidence.ingest.imaging.opencv import Grey, cv, shrink, square_kernel

Corners = NDArray[np.float64]  # four points, clockwise from the top left
LOOK = 800  # pixels of the long side at which corners are looked for
PART = (0.3, 0.96)  # of the picture that the sheet covers
NARROW, STEEP = 0.8, 40.0  # how square corners are: share of the longer of two opposite sides, degrees off ninety
BRIGHTER = 25.0  # levels by which the paper's rim is brighter than the ground beside it
CLEAR = 0.85  # of the rim where that holds
RIM = 8  # pixels from the edge at which both are looked at
A4 = math.sqrt(2.0)
NEARLY = 0.12  # a sheet whose sides differ from A4 by less is A4: perspective shortens
GROUND = 0.04  # of the long side: the window in which the brightest is paper


def find_corners(grey: Grey) -> Corners | None:
    """The corners of the sheet in the picture's pixels, ``None`` where no clear sheet lies on a darker ground."""
    share = min(1.0, LOOK / max(grey.shape))
    small = cv().GaussianBlur(shrink(grey, share), (0, 0), 2)
    if _fills(small):
        return None
    for shape in _shapes(small):
        outline = cv().approxPolyDP(shape, 0.02 * cv().arcLength(shape, True), True).reshape(-1, 2)
        if len(outline) == 4 and cv().isContourConvex(outline.reshape(-1, 1, 2)):
            sheet = _ordered(outline.astype(np.float64))
            if _is_sheet(sheet, small):
                return np.asarray(sheet / share, np.float64)
    return None


def _fills(small: Grey) -> bool:
    """Whether paper reaches the picture's edges, as on a scan: a sheet that lies on a ground shows ground there."""
    edge = np.concatenate((small[0], small[-1], small[:, 0], small[:, -1]))
    return float(np.percentile(edge, 40)) > float(np.percentile(small[::2, ::2], 75)) - BRIGHTER


def _shapes(small: Grey) -> Iterator[NDArray[np.int32]]:
    """Outlines of what may be the sheet: what is bright, at several levels (a shadow makes part of a sheet as dark as
    a table in the light), and what strong edges go around."""
    otsu, _ = cv().threshold(small, 0, 255, cv().THRESH_OTSU)
    for level in (otsu, 0.85 * otsu, 0.7 * otsu):
        bright = cv().morphologyEx((small > level).astype(np.uint8), cv().MORPH_OPEN, square_kernel(9))
        yield from _largest(bright)
    for strong in (60, 30):
        yield from _largest(cv().dilate(cv().Canny(small, strong / 2, strong), square_kernel(5)))


def _largest(mask: Grey) -> Iterator[NDArray[np.int32]]:
    shapes, _ = cv().findContours(mask, cv().RETR_EXTERNAL, cv().CHAIN_APPROX_SIMPLE)
    if shapes:
        yield cv().convexHull(max(shapes, key=lambda shape: float(cv().contourArea(cv().convexHull(shape)))))


def _ordered(points: Corners) -> Corners:
    """Clockwise from the corner that lies nearest the picture's top left."""
    middle = points.mean(axis=0)
    around = points[np.argsort(np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0]))]
    return np.roll(around, -int(np.argmin(around.sum(axis=1))), axis=0)


def _is_sheet(corners: Corners, small: Grey) -> bool:
    area = float(cv().contourArea(corners.astype(np.float32))) / small.size
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    alike = min(min(sides[0], sides[2]) / max(sides[0], sides[2]), min(sides[1], sides[3]) / max(sides[1], sides[3]))
    return PART[0] < area < PART[1] and alike > NARROW and _squareness(corners) < STEEP and _stands_out(corners, small)


def _squareness(corners: Corners) -> float:
    """The largest difference of a corner from ninety degrees."""
    before, after = np.roll(corners, 1, axis=0) - corners, np.roll(corners, -1, axis=0) - corners
    cosines = (before * after).sum(axis=1) / (np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1))
    return float(np.abs(np.degrees(np.arccos(np.clip(cosines, -1, 1))) - 90).max())


def _stands_out(corners: Corners, small: Grey) -> bool:
    """Whether ground is to be seen beside the whole rim, and darker than the paper."""
    middle = corners.mean(axis=0)
    clear = total = 0
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        for part in np.linspace(0.05, 0.95, 19):
            at = start + (end - start) * part
            out = (at - middle) / np.linalg.norm(at - middle) * RIM
            inside, outside = np.rint(at - out).astype(int), np.rint(at + out).astype(int)
            total += 1
            if 0 <= outside[0] < small.shape[1] and 0 <= outside[1] < small.shape[0]:
                clear += float(small[inside[1], inside[0]]) > float(small[outside[1], outside[0]]) + BRIGHTER
    return clear >= CLEAR * total


def perspective_matrix(corners: Corners) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """The matrix that lays the sheet flat, and the flat sheet's size in pixels; an A4 sheet keeps its shape."""
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    wide, tall = float(max(sides[0], sides[2])), float(max(sides[1], sides[3]))
    for ratio in (A4, 1 / A4):
        if abs(tall / wide / ratio - 1) < NEARLY:
            tall = wide * ratio
    size = (round(wide), round(tall))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    return np.asarray(cv().getPerspectiveTransform(corners.astype(np.float32), target), np.float64), size


def even_light(grey: Grey) -> Grey:
    """The sheet with its shadows taken out: each spot against the paper around it."""
    step = 4
    small = cv().resize(grey, None, fx=1 / step, fy=1 / step, interpolation=cv().INTER_AREA)
    side = max(3, round(GROUND * max(small.shape)))
    paper = cv().dilate(small, square_kernel(side))
    paper = cv().resize(cv().GaussianBlur(paper, (0, 0), side / 2), grey.shape[::-1], interpolation=cv().INTER_LINEAR)
    return np.asarray(cv().divide(grey, paper, scale=250), np.uint8)

"""A page image as it came -> one that reads better, and the way back: skew, perspective, black edges, shade.

Engines read the rectified image; every box is carried back, so that boxes always fit the original page, which crops
are cut from. Measured in ``docs/accuracy.md``. Tesseract loses whole rows of a page that lies askew by two degrees and
more; the angle is found to a twentieth of a degree in 20 ms.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evidence.ingest.imaging import borders, perspective, seals
from evidence.ingest.imaging.opencv import Grey, cv, shrink
from evidence.ingest.reader_protocol import PageImage
from evidence.model.document import Line, Page
from evidence.model.geometry import POINTS, Box

Matrix = NDArray[np.float64]
Floats = NDArray[np.float64]
NO_PRINT, FAINT = 25.0, 100.0  # levels between the darkest hundredth and the paper
ASKEW = 0.3  # degrees; below this neither engine reads a page better for being turned


@dataclass(frozen=True, slots=True)
class RectifiedPage:
    """The image to be read, with the page as it is in that image and as it came, and the matrix that takes points of
    the one back to the other."""

    image: Grey
    rectified: PageImage
    original: PageImage
    back: Matrix | None = None  # none: the image lies where it lay
    lying: bool = False  # its rows run up or down: the engine must say which way is up

    def restore_boxes(self, page: Page) -> Page:
        """What was read on the rectified image, turned by the page's rotation, with boxes of the page as it came."""
        if self.back is None:
            return page
        rotation, size = page.rotation, (self.original.width, self.original.height)
        upright = np.linalg.inv(_turn(rotation, self.rectified.width, self.rectified.height))
        there = _turn(rotation, *size) @ self.back @ upright
        width, height = size if rotation in (0, 180) else size[::-1]
        lines, other = transform_lines(page.lines, there), transform_lines(page.other, there)
        return replace(page, width=width, height=height, lines=lines, other=other)


def rectify_page(page_image: PageImage, grey: Grey) -> RectifiedPage:
    """The image of a page rectified; the same image where there is nothing to do."""
    dpi = POINTS / page_image.scale
    image, matrix = _flatten_sheet(grey)
    image = _stretch_contrast(borders.paint_borders(image, dpi))
    image = seals.remove_grey_seals(image, dpi)
    degrees, lying = measure_skew(image, dpi)
    if abs(degrees) >= ASKEW:
        level, size = _rotation(degrees, image.shape[1], image.shape[0])
        paper = int(np.percentile(image[::8, ::8], 90))
        image = cv().warpAffine(image, level[:2], size, flags=cv().INTER_CUBIC, borderValue=paper)
        matrix = level if matrix is None else level @ matrix
    if matrix is None:
        return RectifiedPage(image, page_image, page_image, None, lying)
    return _transformed(page_image, image, matrix, lying)


def _flatten_sheet(grey: Grey) -> tuple[Grey, Matrix | None]:
    """A photographed sheet seen from above in even light, and the matrix that laid it flat; else the image itself."""
    corners = perspective.find_corners(grey)
    if corners is None:
        return grey, None
    matrix, size = perspective.perspective_matrix(corners)
    return perspective.even_light(cv().warpPerspective(grey, matrix, size, flags=cv().INTER_CUBIC)), matrix


def _stretch_contrast(grey: Grey) -> Grey:
    """Faint print made dark; the same image where print is dark enough, or where there is none."""
    ink, paper = (float(level) for level in np.percentile(grey[::4, ::4], (1, 75)))
    if not NO_PRINT < paper - ink < FAINT:
        return grey
    levels = np.clip((np.arange(256) - ink) * 255 / (paper - ink), 0, 255).astype(np.uint8)
    return np.asarray(levels[grey], np.uint8)


def _transformed(original: PageImage, image: Grey, matrix: Matrix, lying: bool) -> RectifiedPage:
    """The page in the new image; ``matrix`` takes pixels of the old one to pixels of the new."""
    high, wide = image.shape
    points = np.diag([original.scale, original.scale, 1.0])
    there = points @ matrix @ np.linalg.inv(points)
    rectified = replace(
        original,
        width=wide * original.scale,
        height=high * original.scale,
        layer=transform_lines(original.layer, there),
        widgets=transform_lines(original.widgets, there),
        aside=transform_lines(original.aside, there),
    )
    return RectifiedPage(image, rectified, original, np.linalg.inv(there).astype(np.float64), lying)


# --- skew -----------------------------------------------------------------------------------------------------------

LOOK_DPI = 100.0
WIDEST = 7.0  # degrees
FEW_INK = 300  # pixels
MOST_INK = 20_000  # pixels looked at
SHARP = 2.0  # times as sharp as the usual angle's profile: below this no rows of print are seen
EDGE = 0.03  # of the page's width that is not looked at: black borders, the gutter


def measure_skew(grey: Grey, dpi: float) -> tuple[float, bool]:
    """By how many degrees clockwise the rows fall, 0 where no rows are seen; and whether they run up or down the page.

    The angle at which the profile of ink across the rows has the steepest edges. A page that lies on its side has its
    rows upright: then the columns' profile is the sharper one. Tesseract reads such a page without doubt and mixes its
    rows, so its confidence does not tell.
    """
    ink = _ink(grey, dpi)
    dots = np.argwhere(ink)
    if len(dots) < FEW_INK:
        return 0.0, False
    y, x = dots[:: len(dots) // MOST_INK + 1].astype(np.float64).T
    rows, columns = _sharpest(y, x), _sharpest(-x, y)
    best = max(rows, columns, key=lambda profile: profile[1])
    return (best[0], best is columns) if best[1] >= SHARP else (0.0, False)


def _ink(grey: Grey, dpi: float) -> Grey:
    """What is darker than its surroundings, at a resolution at which rows are still apart."""
    share = min(1.0, LOOK_DPI / dpi)
    small = shrink(grey, share)
    ink = cv().adaptiveThreshold(small, 255, cv().ADAPTIVE_THRESH_MEAN_C, cv().THRESH_BINARY_INV, 25, 18)
    edge = round(EDGE * ink.shape[1])
    ink[:edge], ink[-edge:], ink[:, :edge], ink[:, -edge:] = 0, 0, 0, 0
    return np.asarray(ink, dtype=np.uint8)


def _sharpest(y: Floats, x: Floats) -> tuple[float, float]:
    """The angle with the sharpest profile, and how many times as sharp that is as the usual one."""
    coarse = np.arange(-WIDEST, WIDEST + 0.01, 0.25)
    seen = [_sharpness(y, x, angle) for angle in coarse]
    middle = float(coarse[int(np.argmax(seen))])
    fine = np.arange(middle - 0.25, middle + 0.251, 0.05)
    near = [_sharpness(y, x, angle) for angle in fine]
    return float(fine[int(np.argmax(near))]), max(near) / max(float(np.median(seen)), 1.0)


def _sharpness(y: Floats, x: Floats, degrees: float) -> float:
    rows = np.rint(y - x * math.tan(math.radians(degrees))).astype(np.int64)
    steps = np.diff(np.bincount(rows - rows.min()).astype(np.float64))
    return float(steps @ steps)


def _rotation(degrees: float, width: int, height: int) -> tuple[Matrix, tuple[int, int]]:
    """The matrix that sets rows level, and the size of the image that holds all of the old one."""
    turn = math.radians(-degrees)
    cos, sin = math.cos(turn), math.sin(turn)
    size = (
        math.ceil(width * abs(cos) + height * abs(sin)),
        math.ceil(width * abs(sin) + height * abs(cos)),
    )
    return (
        np.array([[1, 0, size[0] / 2], [0, 1, size[1] / 2], [0, 0, 1]])
        @ np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
        @ np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]])
    ), size


# --- boxes ----------------------------------------------------------------------------------------------------------


def transform_lines(lines: tuple[Line, ...], matrix: Matrix) -> tuple[Line, ...]:
    """The lines with every word's box carried by the matrix: its middle moved, its width and height kept in measure."""
    return tuple(
        replace(line, words=tuple(replace(word, box=_box(word.box, matrix)) for word in line.words)) for line in lines
    )


def _box(box: Box | None, matrix: Matrix) -> Box | None:
    if box is None:
        return None
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    ends = np.array([[x, y, 1], [left, y, 1], [right, y, 1], [x, top, 1], [x, bottom, 1]]) @ matrix.T
    ends = ends[:, :2] / ends[:, 2:]
    wide, tall = math.dist(ends[1], ends[2]) / 2, math.dist(ends[3], ends[4]) / 2
    x, y = map(float, ends[0])  # numbers of NumPy do not go over the wire
    return (round(x - wide, 2), round(y - tall, 2), round(x + wide, 2), round(y + tall, 2))


def _turn(degrees: int, width: float, height: float) -> Matrix:
    """Takes points of a page to those of the page turned clockwise."""
    turns = {
        0: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        90: [[0, -1, height], [1, 0, 0], [0, 0, 1]],
        180: [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        270: [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
    }
    return np.array(turns[degrees], dtype=np.float64)

"""Names and titles stamped in red around a round seal, told from the seal that they touch.

The signer's name stamped in red stands under the seal or beside it and runs into its rim; seen coarsely both are one
spot. A seal has a ring: the outermost circle in the spot that is red on most of its way. What is red outside that
circle, and on the rows of such ink the circle's lower part, was stamped by another stamp.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from evidence.ingest.imaging.opencv import Grey, PixelBox, cv, square_kernel
from evidence.model.geometry import MM

Mask = NDArray[np.bool_]
INKED = 96  # of 255: a fine pixel of which so much is ink
FINE_DPI = 60  # where rings are looked for
ON_RING = 0.72  # of a seal's outer ring that is inked at least
CLOSE = 0.93  # of the best circle's share: so much the outermost one has too
RIM = 0.45  # mm that ink may be off the circle
MARGIN = 0.9  # mm outside the ring that belong to the seal still
RADII = (9.0, 24.0)  # mm: seals are 30 to 42 mm across, small ones 20
OUTSIDE = 0.4  # of a spot's ink: more of it outside the circle is another seal, or no circle
HIGHEST = 0.25  # of the page's height: above it seals lie over issuers, and red stamps over print
NEAR = (3.0, 6.0, 1.2, 2.5)  # radii to the left, right, above and below in which names and titles are stamped
LOW = 0.45  # radii below the middle: there a stamped name runs into the seal
FEW = 0.004  # of the disc's area: so much red ink on rows beside it is a stamp


@dataclass(frozen=True, slots=True)
class Stamps:
    """Where red ink is let go (``seals``), and where it is made as dark as print (``dark``), seen finely; ``boxes``:
    the parts of the whole picture, of that ``size`` (width, height), in which that is."""

    seals: Grey
    dark: Grey
    boxes: tuple[PixelBox, ...]
    size: tuple[int, int]

    def masks(self, box: PixelBox) -> tuple[Mask, Mask]:
        """Both masks in one of the parts, pixel by pixel of the whole picture."""
        across = np.arange(box[0], box[2]) * self.seals.shape[1] // self.size[0]
        down = np.arange(box[1], box[3]) * self.seals.shape[0] // self.size[1]
        return self.seals[np.ix_(down, across)] > 0, self.dark[np.ix_(down, across)] > 0


@dataclass(frozen=True, slots=True)
class _Disc:
    """A seal in the fine picture, in its pixels."""

    x: float
    y: float
    radius: float


def find_stamps(ink: Grey, labels: NDArray[np.int32], seals: Sequence[int], large: Sequence[int], dpi: float) -> Stamps:
    """What is seal and what was stamped around it. ``labels``: the coarse spots of the red ink; ``seals``: those that
    have a seal's size, which are let go whole where they have no ring; ``large``: those that may hold one."""
    share = min(1.0, FINE_DPI / dpi)
    size = (round(ink.shape[1] * share), round(ink.shape[0] * share))
    fine = cv().resize(ink, size, interpolation=cv().INTER_AREA) > INKED
    spots = cv().resize(labels.astype(np.float32), size, interpolation=cv().INTER_NEAREST).astype(np.int32)
    whole = np.isin(spots, seals).astype(np.uint8)
    dark = np.zeros(fine.shape, np.uint8)
    found: list[_Disc] = []
    for spot in dict.fromkeys((*seals, *large)):
        disc = _find_disc(fine, spots == spot, size[0] / ink.shape[1] * dpi / MM)
        if disc is not None:
            whole[spots == spot] = 0
            found.append(disc)
    for disc in found:
        cv().circle(whole, (round(disc.x), round(disc.y)), round(disc.radius), 1, -1)
    for disc in (disc for disc in found if disc.y > HIGHEST * size[1]):
        dark |= _near(disc, fine, whole)
    whole &= 1 - dark
    used = cv().boundingRect(whole | dark)
    grown = (ink.shape[1] / size[0], ink.shape[0] / size[1])
    left, top = (math.floor(used[i] * grown[i]) for i in (0, 1))
    right, bottom = (min(ink.shape[1 - i], math.ceil((used[i] + used[i + 2]) * grown[i])) for i in (0, 1))
    boxes = ((left, top, right, bottom),) if used[2] and used[3] else ()
    return Stamps(whole, dark, boxes, (ink.shape[1], ink.shape[0]))


def _find_disc(fine: Mask, spot: Mask, measure: float) -> _Disc | None:
    """The seal of a spot; ``measure``: pixels a millimetre."""
    ring = _find_ring((fine & spot).astype(np.uint8), measure)
    if ring is None:
        return None
    disc = _Disc(ring.x, ring.y, ring.radius + MARGIN * measure)
    dots = np.argwhere(fine & spot).astype(np.float64)
    off = np.hypot(dots[:, 0] - disc.y, dots[:, 1] - disc.x)
    return disc if (off > disc.radius).mean() <= OUTSIDE else None


def _find_ring(ink: Grey, measure: float) -> _Disc | None:
    """The outermost circle that is inked on most of its way; ``None`` where there is none of a seal's size."""
    left, top, wide, high = cv().boundingRect(ink)
    near = max(1, round(RIM * measure))
    part = cv().dilate(ink[top : top + high, left : left + wide], square_kernel(2 * near + 1)).astype(np.float32)
    rings: list[tuple[float, _Disc]] = []
    for radius in np.arange(RADII[0] * measure, min(RADII[1] * measure, 0.6 * max(wide, high)), near):
        covered = cv().filter2D(part, -1, _circle(round(radius)), borderType=cv().BORDER_CONSTANT)
        y, x = np.unravel_index(int(np.argmax(covered)), covered.shape)
        rings.append((float(covered[y, x]), _Disc(float(left + x), float(top + y), float(radius))))
    most = max((share for share, _ in rings), default=0.0)
    if most < ON_RING:
        return None
    return max((disc for share, disc in rings if share >= CLOSE * most), key=lambda disc: disc.radius)


@cache
def _circle(radius: int) -> NDArray[np.float32]:
    """A circle one pixel wide, of which all together is one."""
    line = np.zeros((2 * radius + 1, 2 * radius + 1), np.float32)
    cv().circle(line, (radius, radius), radius, 1.0, 1)
    return np.asarray(line / line.sum(), np.float32)


def _near(disc: _Disc, fine: Mask, discs: Grey) -> Grey:
    """Where names and titles are stamped around a seal: beside and below it, and on rows of such ink its lower part."""
    high, wide = fine.shape
    left, right = max(0, round(disc.x - NEAR[0] * disc.radius)), min(wide, round(disc.x + NEAR[1] * disc.radius))
    top, bottom = max(0, round(disc.y - NEAR[2] * disc.radius)), min(high, round(disc.y + NEAR[3] * disc.radius))
    near = np.zeros(fine.shape, np.uint8)
    near[top:bottom, left:right] = 1
    near &= 1 - discs
    rows = (fine & (near > 0)).sum(axis=1)
    low, rim = round(disc.y + LOW * disc.radius), round(disc.y + disc.radius)
    stamped = int(rows[low:rim].sum()) > FEW * np.pi * disc.radius**2
    if stamped:
        used = np.flatnonzero(rows[low:rim] > 0)
        right_side = (fine & (near > 0))[low:rim, round(disc.x) :].any()
        start = round(disc.x - 0.25 * disc.radius) if right_side else left
        end = right if right_side else round(disc.x + 0.25 * disc.radius)
        near[low + used[0] : rim + round(0.3 * disc.radius), start:end] = 1
    return near

"""A PDF page -> a greyscale image for OCR.

At the native resolution of the page's dominant image, between 200 and 300 dpi (upsampling gains nothing), and never
more pixels than the limit: a page 14,400 pt wide took 4.6 GB at a fixed dpi.
"""

from __future__ import annotations

import math
from typing import Any

from evidence.config import Limits
from evidence.ingest.imaging import grayscale as ink
from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.pdf import page_objects as sight
from evidence.model.geometry import POINTS

LOWEST, HIGHEST = 200, 300


def render(page: Any, limits: Limits) -> tuple[Grey, float]:
    """The page as a picture, and how many points one pixel is."""
    width, height = page.get_size()
    dpi = min(_native(page, width, height), fitting(width, height, limits.render_pixels))
    colour = page.render(scale=dpi / POINTS, may_draw_forms=True, rev_byteorder=True).to_numpy()
    return ink.grey(colour, dpi), float(width / colour.shape[1])


def fitting(width: float, height: float, pixels: int) -> float:
    """The highest dpi at which a page of that many points has at most ``pixels`` pixels.

    >>> round(fitting(595, 842, 20_000_000)), round(fitting(14_400, 14_400, 20_000_000))
    (455, 22)
    """
    return POINTS * math.sqrt(pixels / max(width * height, 1.0))


def _native(page: Any, width: float, height: float) -> float:
    """The dpi of the image that covers most of the page, within bounds; the highest where text is drawn as paths."""
    best = (0.0, float(HIGHEST))
    for image in sight.images(page):
        share = sight.share(image, width * height)
        left, bottom, right, top = image.get_bounds()
        if share > best[0]:
            best = (share, POINTS * max(image.get_px_size()) / max(right - left, top - bottom))
    return min(max(best[1], LOWEST), HIGHEST)

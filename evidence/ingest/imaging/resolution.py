"""How finely a page is drawn for OCR.

At the native resolution of the page's dominant image, between 200 and 300 dpi (upsampling gains nothing), and never
more pixels than the limit: a page 14,400 pt wide took 4.6 GB at a fixed dpi.
"""

from __future__ import annotations

import math

from evidence.model.geometry import POINTS

LOWEST_DPI, HIGHEST_DPI = 200, 300


def fit_resolution(width: float, height: float, pixels: int) -> float:
    """The highest dpi at which a page of that many points has at most ``pixels`` pixels.

    >>> round(fit_resolution(595, 842, 20_000_000)), round(fit_resolution(14_400, 14_400, 20_000_000))
    (455, 22)
    """
    return POINTS * math.sqrt(pixels / max(width * height, 1.0))

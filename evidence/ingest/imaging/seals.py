"""Round seals on a page image: where they lie, and the page with the seal's ink let go.

A seal is 30 to 42 mm across (an agency's 36); it lies over a third of the signature, over the issuer's name (annexes),
over text, or across the pages' right edges. Only such a round spot is touched: red print, red stamps of urgency and
name stamps elsewhere stay as they are.

Measured with Tesseract on made scans (``tests/accuracy/ocr_made.py``), letters read wrongly: on four sealed grey pages
of 200 dpi 124 -> 12, on two of 300 dpi 61 -> 2, on four sealed colour pages of 200 dpi 61 -> 46. On 88 pages of real
scans no spot was taken for a seal that was none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evidence.ingest.imaging.opencv import Grey, cv, square_kernel
from evidence.model.geometry import MM

LOOK_DPI = 50  # where spots are looked for
DENSE = 0.10  # share of seal ink in a square of 6 mm
AROUND = 6.0  # mm
ROUND = (20.0, 55.0)  # mm across; blotches and a blurred rim make a seal seem wider than it is
HALF = (25.0, 8.0)  # mm high and wide of what is seen of a seal across the page's edge
FULL = 0.5  # of the spot's own rectangle that it fills; a circle fills 0.79

RED = 28  # by how much red is above green and blue where red ink is
LIFT = 1.2  # times that difference is added to the grey: red ink on paper becomes paper, on print it stays print

MIDDLE = (0.3, 0.85)  # between print (0) and paper (1): where a red seal stands on a grey scan
KEPT = 0.5  # below this is print, also under the seal
STROKE = 3  # pixels, at 200 and 300 dpi alike; the blurred rim of a letter is narrower, a seal's stroke is wider
RIM = 0.9  # mm around the seal's ink that is cleaned with it
PRINT = 60  # levels below the paper from which a pixel is ink
FEW = 200  # pixels of ink needed to know how dark print is


def remove_red_seals(grey: Grey, colour: tuple[Grey, Grey, Grey], dpi: float) -> Grey:
    """The grey picture with the red ink of seals let go. ``colour``: red, green and blue of the same picture."""
    red, green, blue = colour
    more = cv().subtract(red, cv().max(green, blue))
    zone = _zone(cv().inRange(more, RED, 255), dpi)
    if zone is None:
        return grey
    lifted = cv().addWeighted(grey, 1.0, cv().subtract(more, RED // 2), LIFT, 0)
    return np.where(zone, lifted, grey)


def remove_grey_seals(grey: Grey, dpi: float) -> Grey:
    """A grey scan with the seal's middle grey let go, where print is clearly darker."""
    few = grey[::4, ::4]
    paper = float(np.percentile(few, 75))
    dark = few[few < paper - PRINT]
    if len(dark) < FEW:
        return grey
    ink = float(np.percentile(dark, 20))
    span = paper - ink
    mask = cv().inRange(grey, ink + MIDDLE[0] * span, ink + MIDDLE[1] * span)
    mask = cv().morphologyEx(mask, cv().MORPH_OPEN, square_kernel(STROKE))
    zone = _zone(mask, dpi)
    if zone is None:
        return grey
    near = cv().dilate(mask, square_kernel(round(RIM * dpi / MM))) > 0
    levels = np.clip((np.arange(256) - ink) / KEPT + ink, 0, 255).astype(np.uint8)
    return np.where(near & zone, levels[grey], grey)


def _zone(mask: Grey, dpi: float) -> NDArray[np.bool_] | None:
    """Where seals lie, as a mask of the whole picture; ``None`` where there are none."""
    step = max(1, round(dpi / LOOK_DPI))
    small = cv().resize(mask, None, fx=1 / step, fy=1 / step, interpolation=cv().INTER_AREA)
    measure = dpi / step / MM  # pixels a mm
    side = round(AROUND * measure)
    dense = (cv().blur(small, (side, side)) > 255 * DENSE).astype(np.uint8)
    count, labels, spots, _ = cv().connectedComponentsWithStats(dense)
    seals = [spot for spot in range(1, count) if _is_seal([float(v) for v in spots[spot]], measure, dense.shape[1])]
    if not seals:
        return None
    zone = np.isin(labels, seals).astype(np.uint8)
    return np.asarray(cv().resize(zone, mask.shape[::-1], interpolation=cv().INTER_NEAREST) > 0, np.bool_)


def _is_seal(spot: list[float], measure: float, page: int) -> bool:
    """Whether a spot (left, top, width, height, area in pixels) has the size and shape of a seal, or of half of one."""
    left, _, width, height, area = spot
    if area < FULL * width * height:
        return False
    wide, tall = width / measure, height / measure
    if left <= 2 or left + width >= page - 2:
        return HALF[0] <= tall <= ROUND[1] and HALF[1] <= wide <= tall + 4
    return ROUND[0] <= min(wide, tall) and max(wide, tall) <= ROUND[1]

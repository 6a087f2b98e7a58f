"""Round seals on a page image: where they lie, and the page with the seal's ink let go.

A seal is 30 to 42 mm across (an agency's 36); it lies over a third of the signature, over the issuer's name (annexes),
over text, or across the pages' right edges. Only such a round spot is touched: red print, red stamps of urgency and
name stamps elsewhere stay as they are.

A name or a title stamped in red often touches the seal: of a red spot only the round seal itself is let go, and what is
stamped around it is made as dark as print (names that were lifted with the seal were a third of the signers missed on
new scans).

Measured with Tesseract on made scans (``tests/accuracy/ocr_made.py``), letters read wrongly: on four sealed grey pages
of 200 dpi 124 -> 12, on two of 300 dpi 61 -> 2, on four sealed colour pages of 200 dpi 61 -> 46. On 88 pages of real
scans no spot was taken for a seal that was none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evidence.ingest.imaging.opencv import Grey, cv, square_kernel
from evidence.ingest.imaging.stamps import find_stamps
from evidence.model.geometry import MM

LOOK_DPI = 50  # where spots are looked for
DENSE = 0.10  # share of seal ink in a square of 6 mm
AROUND = 6.0  # mm
ROUND = (20.0, 55.0)  # mm across; blotches and a blurred rim make a seal seem wider than it is
HALF = (25.0, 8.0)  # mm high and wide of what is seen of a seal across the page's edge
TOUCHED = (20.0, 160.0)  # mm: the shorter side of a seal with stamps that touch it, and the longer one
MOST_SPOTS = 6  # such spots on a page that are looked at
NARROWEST, SHEET = 148.0, 210.0  # mm: what is narrower is a small picture of a sheet so wide
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
    if grey.shape[1] / dpi * MM < NARROWEST:
        dpi = max(grey.shape[1] / SHEET * MM, LOOK_DPI)
    more = cv().subtract(red, cv().max(green, blue))
    ink = cv().inRange(more, RED, 255)
    labels, spots, measure = _spots(ink, dpi)
    seals = [spot for spot, place in spots if _is_seal(place, measure, labels.shape[1])]
    large = [spot for spot, place in spots if _may_hold_seal(place, measure)]
    if not seals and not large:
        return grey
    stamps = find_stamps(ink, labels, seals, large[:MOST_SPOTS], dpi)
    out = grey.copy()
    for box in stamps.boxes:
        part = (slice(box[1], box[3]), slice(box[0], box[2]))
        lifted = cv().addWeighted(grey[part], 1.0, cv().subtract(more[part], RED // 2), LIFT, 0)
        seal, dark = stamps.masks(box)
        out[part] = np.where(seal, lifted, out[part])
        out[part] = np.where(dark, np.minimum(out[part], cv().min(green[part], blue[part])), out[part])
    return out


def _may_hold_seal(place: list[float], measure: float) -> bool:
    """Whether a spot is large enough for a seal, alone or with the stamps that touch it."""
    shorter, longer = sorted(place[2:4])
    return TOUCHED[0] * measure <= shorter and longer <= TOUCHED[1] * measure


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
    labels, spots, measure = _spots(mask, dpi)
    seals = [spot for spot, place in spots if _is_seal(place, measure, labels.shape[1])]
    if not seals:
        return None
    zone = np.isin(labels, seals).astype(np.uint8)
    return np.asarray(cv().resize(zone, mask.shape[::-1], interpolation=cv().INTER_NEAREST) > 0, np.bool_)


def _spots(mask: Grey, dpi: float) -> tuple[NDArray[np.int32], list[tuple[int, list[float]]], float]:
    """Where ink of the mask is dense, seen coarsely: the spots' labels, each spot's number with its left, top, width,
    height and area in pixels, and pixels a mm."""
    step = max(1, round(dpi / LOOK_DPI))
    small = cv().resize(mask, None, fx=1 / step, fy=1 / step, interpolation=cv().INTER_AREA)
    measure = dpi / step / MM  # pixels a mm
    side = round(AROUND * measure)
    dense = (cv().blur(small, (side, side)) > 255 * DENSE).astype(np.uint8)
    count, labels, places, _ = cv().connectedComponentsWithStats(dense)
    return labels, [(spot, [float(v) for v in places[spot]]) for spot in range(1, count)], measure


def _is_seal(spot: list[float], measure: float, page: int) -> bool:
    """Whether a spot (left, top, width, height, area in pixels) has the size and shape of a seal, or of half of one."""
    left, _, width, height, area = spot
    if area < FULL * width * height:
        return False
    wide, tall = width / measure, height / measure
    if left <= 2 or left + width >= page - 2:
        return HALF[0] <= tall <= ROUND[1] and HALF[1] <= wide <= tall + 4
    return ROUND[0] <= min(wide, tall) and max(wide, tall) <= ROUND[1]

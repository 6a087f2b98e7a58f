"""Red seals are let go, and what is stamped in red around them is made as dark as print, also where it touches them."""

from __future__ import annotations

import numpy as np
import pytest

from evidence.ingest.imaging.grayscale import to_grey
from evidence.ingest.imaging.opencv import Grey, cv
from evidence.model.geometry import MM

DPI = 150
RED = (205, 40, 60)
WIDE, HIGH = round(210 / MM * DPI), round(297 / MM * DPI)


def mm(length: float) -> int:
    return round(length / MM * DPI)


def sheet() -> Grey:
    return np.full((HIGH, WIDE, 3), 250, np.uint8)


def seal(page: Grey, x: float, y: float, radius: float) -> None:
    """Two rings with writing between them and in the middle, as agencies' seals are."""
    for inner in (radius, radius - 1.2, 0.62 * radius):
        cv().circle(page, (mm(x), mm(y)), mm(inner), RED, mm(0.5))
    for angle in np.arange(0, 2 * np.pi, 0.35):
        at = (mm(x + 0.78 * radius * np.cos(angle) - 1), mm(y + 0.78 * radius * np.sin(angle) + 1))
        cv().putText(page, "N", at, cv().FONT_HERSHEY_SIMPLEX, 0.5, RED, 2)
    cv().putText(page, "UBND", (mm(x - 8), mm(y + 2)), cv().FONT_HERSHEY_SIMPLEX, 0.9, RED, 2)


def stamp(page: Grey, x: float, y: float, text: str) -> None:
    cv().putText(page, text, (mm(x), mm(y)), cv().FONT_HERSHEY_SCRIPT_SIMPLEX, 1.0, RED, 2)


def darkest(grey: Grey, left: float, top: float, right: float, bottom: float) -> float:
    """The level that a hundredth of the part is darker than."""
    return float(np.percentile(grey[mm(top) : mm(bottom), mm(left) : mm(right)], 1))


@pytest.mark.parametrize(
    ("radius", "x", "y"),
    [
        (18.0, 125.0, 228.0),  # under the seal, into its rim
        (17.0, 138.0, 214.0),  # beside it
        (15.0, 120.0, 232.0),  # clear of it
    ],
)
def test_stamped_name_stays_and_the_seal_goes(radius: float, x: float, y: float) -> None:
    page = sheet()
    seal(page, 125, 212, radius)
    stamp(page, x, y, "Nguyen Van Phuc")
    grey = to_grey(page, DPI)
    assert darkest(grey, x + 22, y - 5, x + 45, y + 2) < 90
    assert darkest(grey, 125 - radius - 2, 212 - radius - 2, 125, 214) > 170


def test_print_under_a_seal_stays() -> None:
    page = sheet()
    cv().putText(page, "CHU TICH", (mm(115), mm(205)), cv().FONT_HERSHEY_SIMPLEX, 1.0, (20, 20, 20), 3)
    seal(page, 125, 212, 18)
    assert darkest(to_grey(page, DPI), 110, 195, 150, 210) < 60


def test_red_stamp_far_from_any_seal_stays_faint() -> None:
    page = sheet()
    seal(page, 125, 240, 18)
    stamp(page, 30, 40, "HOA TOC")
    assert darkest(to_grey(page, DPI), 28, 32, 70, 44) > 150


def test_seal_over_the_head_of_a_page_darkens_nothing() -> None:
    page = sheet()
    seal(page, 60, 40, 18)
    stamp(page, 80, 45, "Nguyen Van Phuc")
    assert darkest(to_grey(page, DPI), 95, 38, 120, 47) > 150


def test_small_picture_of_a_sheet() -> None:
    page = sheet()
    seal(page, 125, 212, 18)
    stamp(page, 125, 228, "Nguyen Van Phuc")
    small = cv().resize(page, None, fx=0.7, fy=0.7, interpolation=cv().INTER_AREA)
    grey = cv().resize(to_grey(small, 200), (WIDE, HIGH))  # said to be 200 dpi: half a sheet wide
    assert darkest(grey, 147, 223, 170, 230) < 120
    assert darkest(grey, 105, 192, 125, 214) > 170


@pytest.mark.parametrize("size", [(1, 1), (4, 4), (40, 300)])
def test_tiny_red_pictures(size: tuple[int, int]) -> None:
    assert to_grey(np.full((*size, 3), RED, np.uint8), 200).shape == size

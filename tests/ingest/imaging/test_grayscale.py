"""Red ink is let go, black and blue stay."""

from __future__ import annotations

import numpy as np
import pytest

from evidence.ingest.imaging import grayscale as ink


@pytest.mark.parametrize(
    ("colour", "lowest", "highest"),
    [
        ((255, 255, 255), 250, 255),  # paper
        ((15, 15, 15), 0, 30),  # print
        ((30, 40, 150), 0, 60),  # a signature or number in blue ink
        ((215, 30, 40), 180, 255),  # a seal
    ],
)
def test_what_stays_dark(colour: tuple[int, int, int], lowest: int, highest: int) -> None:
    grey = ink.to_grey(np.full((4, 4, 3), colour, np.uint8), 200)
    assert lowest <= grey[1, 1] <= highest


def test_a_grey_picture_stays_as_it_is() -> None:
    levels = np.random.default_rng(7).integers(0, 255, (40, 30), np.uint8)
    assert (ink.to_grey(np.dstack((levels, levels, levels)), 200) == levels).all()


def test_colour_is_seen_in_a_picture_that_is_mostly_grey() -> None:
    """A word of red print keeps a trace; its grey is not that of one channel."""
    page = np.full((60, 60, 3), 250, np.uint8)
    page[20:30, 10:50] = (215, 30, 40)
    grey = ink.to_grey(page, 200)
    assert grey[0, 0] in range(248, 253) and 180 <= grey[25, 30] < 215

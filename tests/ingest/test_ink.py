"""Red ink is let go, black and blue stay."""

from __future__ import annotations

import pytest
from PIL import Image

from evidence.ingest import ink


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
    grey = ink.grey(Image.new("RGB", (4, 4), colour), 200).getpixel((1, 1))
    assert isinstance(grey, int) and lowest <= grey <= highest


def test_a_grey_picture_stays_as_it_is() -> None:
    assert ink.grey(Image.new("L", (2, 2), 77), 200).getpixel((0, 0)) == 77

"""OpenCV, for work on whole page images: loaded when first needed, with one thread, since children are forked."""

from __future__ import annotations

import importlib
from functools import cache
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
PixelBox = tuple[int, int, int, int]  # left, top, right, bottom


@cache
def cv() -> ModuleType:
    """The library, told to use one thread."""
    library = importlib.import_module("cv2")
    library.setNumThreads(0)
    return library


def shrink(picture: Grey, share: float) -> Grey:
    """The picture with its sides shrunk to that share, each pixel the mean of those that it stands for: in whole steps
    first, which is several times as quick; the same picture where it would grow."""
    whole = int(1 / share)
    if whole > 1:
        high, wide = picture.shape
        picture = cv().resize(picture, (wide // whole, high // whole), interpolation=cv().INTER_AREA)
        share *= whole
    if share >= 1:
        return picture
    return np.asarray(cv().resize(picture, None, fx=share, fy=share, interpolation=cv().INTER_AREA), np.uint8)


def square_kernel(side: int) -> Grey:
    """A square of ones: the window that shapes are grown, shrunk and opened with."""
    return np.ones((side, side), np.uint8)

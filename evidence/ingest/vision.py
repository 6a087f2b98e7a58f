"""OpenCV, for work on whole page images: loaded when first needed, with one thread, since children are forked."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
POINTS = 72.0
MM = 25.4  # an inch


@cache
def cv() -> Any:
    """The library, told to use one thread."""
    library: Any = importlib.import_module("cv2")
    library.setNumThreads(0)
    return library


def square(side: int) -> Grey:
    """A square of ones: the window that shapes are grown, shrunk and opened with."""
    return np.ones((side, side), np.uint8)

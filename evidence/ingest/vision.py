"""OpenCV, for work on whole page images. Loaded in the children only: the parent that forks them holds no threads."""

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
    library.setNumThreads(1)
    return library

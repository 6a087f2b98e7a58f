"""Page images of our own making, on their way from the child that draws a page to the one that reads it.

Written as they are (NumPy's format): packing a page of 300 dpi as PNG takes 0.1 s and unpacking it 0.05 s, and a page
image lives for seconds.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from evidence.ingest.imaging.opencv import Grey


def place(folder: Path, number: int) -> Path:
    """Where the picture of the page with that number lies."""
    return folder / f"{number}.npy"


def keep(picture: Grey | Image.Image, folder: Path, number: int) -> Path:
    """Writes the grey picture of the page with that number; where it lies."""
    file = place(folder, number)
    np.save(file, np.asarray(picture, np.uint8), allow_pickle=False)
    return file


def take(file: Path) -> Grey:
    """The picture; ValueError where the file holds none."""
    found: Grey = np.load(file, allow_pickle=False)
    if found.ndim != 2 or found.dtype != np.uint8 or not found.size:
        raise ValueError(f"no grey picture: {found.shape} {found.dtype}")
    return found

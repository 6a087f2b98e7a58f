"""Page images of our own making, on their way from the child that draws a page to the one that reads it.

Written as they are (NumPy's format): packing a page of 300 dpi as PNG takes 0.1 s and unpacking it 0.05 s, and a page
image lives for seconds.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from evidence.ingest.imaging.opencv import Grey


def image_path(folder: Path, number: int) -> Path:
    """Where the image of the page with that number lies."""
    return folder / f"{number}.npy"


def save_image(image: Grey | Image.Image, folder: Path, number: int) -> Path:
    """Writes the grey image of the page with that number; where it lies."""
    file = image_path(folder, number)
    np.save(file, np.asarray(image, np.uint8), allow_pickle=False)
    return file


def load_image(file: Path) -> Grey:
    """The image; ValueError where the file holds none."""
    image: Grey = np.load(file, allow_pickle=False)
    if image.ndim != 2 or image.dtype != np.uint8 or not image.size:
        raise ValueError(f"no grey image: {image.shape} {image.dtype}")
    return image

"""A frame of a picture file, turned as its own notes (EXIF) say."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps


def open_upright(file: Path, frame: int, formats: tuple[str, ...]) -> Image.Image:
    """The frame of that number, from 1 on, in colour. OSError, EOFError, ValueError: it is not there, or broken."""
    Image.MAX_IMAGE_PIXELS = None  # it was measured when it was read
    with Image.open(file, formats=formats) as image:
        image.seek(frame - 1)
        return ImageOps.exif_transpose(image).convert("RGB")

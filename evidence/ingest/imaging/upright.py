"""A frame of a picture file, turned as its own notes (EXIF) say."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps


def open_upright(file: Path, frame: int, formats: tuple[str, ...], least: int = 0) -> Image.Image:
    """The frame of that number, from 1 on, in colour. ``least``: where both sides need no more pixels than that, a JPEG
    is decoded to a half, a quarter or an eighth of its size, in as much less time. OSError, EOFError, ValueError: it is
    not there, or broken."""
    Image.MAX_IMAGE_PIXELS = None  # it was measured when it was read
    with Image.open(file, formats=formats) as image:
        image.seek(frame - 1)
        if least:
            image.draft("RGB", (least, least))
        return ImageOps.exif_transpose(image).convert("RGB")

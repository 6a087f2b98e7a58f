"""The picture of a page fits, whatever stands on it, and loses no more than it must."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from evidence.config import Limits
from evidence.ingest.page_images import MOST_BYTES, PageImageRequest, draw_page, pack_image
from tests.support import papers


def noise(width: int, height: int, strength: int) -> Image.Image:
    grey = np.random.default_rng(1).integers(255 - strength, 255, (height, width, 3), dtype=np.uint8, endpoint=True)
    return Image.fromarray(grey)


@pytest.mark.parametrize(("strength", "least"), [(0, 1200), (60, 300), (255, 100)])
def test_every_picture_fits(strength: int, least: int) -> None:
    data = pack_image(noise(1200, 1697, strength))
    with Image.open(io.BytesIO(data)) as image:
        assert len(data) <= MOST_BYTES and image.format == "WEBP" and image.width >= least
        assert abs(image.height / image.width - 1697 / 1200) < 0.01


@pytest.mark.parametrize("ending", ["jpg", "png"])
@pytest.mark.parametrize("rotation", [0, 90])
def test_pictures_are_shown_as_wide_as_asked(tmp_path: Path, ending: str, rotation: int) -> None:
    """A JPEG is decoded at a part of its size: never to fewer pixels than are shown."""
    file = tmp_path / f"anh.{ending}"
    papers.picture(300).convert("RGB").save(file)
    kind = "image/jpeg" if ending == "jpg" else "image/png"
    data = draw_page(PageImageRequest(file, kind, 1, 480, rotation), Limits())
    assert data is not None
    with Image.open(io.BytesIO(data)) as image:
        assert image.width == 480 and (image.height < 480) is bool(rotation)
        assert np.asarray(image.convert("L")).min() < 120, "letters stay black"

"""The picture of a page fits, whatever stands on it, and loses no more than it must."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from evidence.config import Limits
from evidence.ingest import page_images
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


@pytest.mark.parametrize("rows", [20, 60, 110])
def test_the_size_is_foretold_by_a_small_copy(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full page of text, as most are, is packed once or twice, not once for each sharpness."""
    page = Image.new("RGB", (1200, 1697), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(papers.FONT, 1500 // rows)
    for row in range(rows):
        pen.text(
            (60, 60 + row * 1500 // rows), "Kết quả cải cách hành chính của các sở, ban, ngành; " * 4, "black", font
        )
    tried: list[int] = []

    def count(image: Image.Image, quality: int) -> bytes:
        tried.append(image.width)
        return encode(image, quality)

    encode = page_images._encode
    monkeypatch.setattr(page_images, "_encode", count)
    data = pack_image(page)
    assert tried[0] == 400 and len(tried) <= 3, tried
    assert MOST_BYTES * 0.75 <= len(data) <= MOST_BYTES or tried[1] == 1200, "no smaller than it must be"

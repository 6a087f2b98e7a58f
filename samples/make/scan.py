"""PDF -> what a copier, a fax or a telephone makes of it: skew, noise, tint, blur, perspective, JPEG.

Every picture is seeded, so that the same paper gives the same scan (to the version of the imaging libraries).
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

Overlay = Callable[[Image.Image, int], None]


@dataclass(frozen=True, slots=True)
class Wear:
    """How bad the scanner is. ``skew`` in degrees, ``noise`` in grey levels, ``blur`` in pixels."""

    seed: int
    skew: float = 0.8
    noise: float = 5.0
    blur: float = 0.5
    quality: int = 45
    dpi: int = 200
    grey: bool = False
    shrink: float = 1.0  # below 1: the detail that a copy of a copy has lost


def pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    book = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in book]
    finally:
        book.close()


def scan(pdf: bytes, wear: Wear, overlay: Overlay | None = None) -> list[Image.Image]:
    """The worn pages; ``overlay(picture, page)`` stamps the paper before it goes through the scanner."""
    worn = []
    for order, picture in enumerate(pages(pdf, wear.dpi)):
        if overlay:
            overlay(picture, order)
        worn.append(_worn(picture, wear, order))
    return worn


def _worn(picture: Image.Image, wear: Wear, order: int) -> Image.Image:
    dice = numpy.random.default_rng(wear.seed * 100 + order)
    turn = wear.skew * (1 if order % 2 == 0 else -0.6)
    picture = picture.rotate(turn, Image.Resampling.BICUBIC, fillcolor=(252, 252, 250))
    if wear.shrink < 1:
        small = (round(picture.width * wear.shrink), round(picture.height * wear.shrink))
        picture = picture.resize(small, Image.Resampling.BILINEAR).resize(picture.size, Image.Resampling.BILINEAR)
    picture = picture.filter(ImageFilter.GaussianBlur(wear.blur))
    light = numpy.asarray(picture, dtype=numpy.float32)
    light = light * 0.86 + 30  # ink is never black and paper never white
    tall, wide = light.shape[:2]
    shade = numpy.linspace(0, -9, wide)[None, :, None] + numpy.linspace(2, -4, tall)[:, None, None]
    light = light + shade + dice.normal(0, wear.noise, (tall, wide, 1))
    light[:, 7:11] -= 28  # the streak of a dirty glass
    for _ in range(70):
        y, x, size = dice.integers(0, tall - 4), dice.integers(0, wide - 4), dice.integers(1, 4)
        light[y : y + size, x : x + size] -= 90
    light = light * numpy.array([1.0, 0.988, 0.962], dtype=numpy.float32)
    done = Image.fromarray(light.clip(0, 255).astype(numpy.uint8))
    return done.convert("L") if wear.grey else done


def stamped(stamp: Image.Image, left: float, top: float, turn: float = 2.5) -> Overlay:
    """Puts a stamp on page 1; ``left`` and ``top`` are shares of the page."""

    def put(picture: Image.Image, page: int) -> None:
        if page == 0:
            mark = stamp.rotate(turn, Image.Resampling.BICUBIC, expand=True)
            picture.paste(mark, (round(picture.width * left), round(picture.height * top)), mark)

    return put


def _jpeg(picture: Image.Image, quality: int, dpi: int) -> io.BytesIO:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, dpi=(dpi, dpi), optimize=True)
    out.seek(0)
    return out


def to_pdf(pictures: list[Image.Image], wear: Wear) -> bytes:
    """A PDF of nothing but page images, as a copier sends it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for picture in pictures:
        canvas.drawImage(ImageReader(_jpeg(picture, wear.quality, wear.dpi)), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def to_tiff(pictures: list[Image.Image], dpi: int) -> bytes:
    """A black-and-white fax TIFF of several pages."""
    out = io.BytesIO()
    flat = [picture.convert("L").point(lambda grey: 255 if grey > 150 else 0).convert("1") for picture in pictures]
    flat[0].save(out, "TIFF", save_all=True, append_images=flat[1:], compression="group4", dpi=(dpi, dpi))
    return out.getvalue()


def photo(pdf: bytes, seed: int) -> bytes:
    """Page 1 photographed by hand on a table: perspective, uneven light, a shadow, a little out of focus."""
    sheet = pages(pdf, 170)[0]
    wide, tall = 1500, 2000
    corners = ((92, 70), (1412, 118), (1446, 1930), (48, 1906))
    ground = _table(wide, tall, seed)
    skin = sheet.transform(
        (wide, tall), Image.Transform.PERSPECTIVE, _perspective(corners, sheet.size), Image.Resampling.BICUBIC
    )
    mask = Image.new("L", (wide, tall), 0)
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    ground.paste(skin, (0, 0), mask.filter(ImageFilter.GaussianBlur(1)))
    light = numpy.asarray(ground.filter(ImageFilter.GaussianBlur(0.6)), dtype=numpy.float32)
    y, x = numpy.mgrid[0:tall, 0:wide].astype(numpy.float32)
    lamp = 1.02 - 0.42 * ((x / wide - 0.3) ** 2 + 0.8 * (y / tall - 0.25) ** 2)
    shadow = 1 - 0.22 / (1 + numpy.exp(-(x + 0.5 * y - 1900) / 60))
    tint = numpy.array([1.0, 0.97, 0.90], dtype=numpy.float32)
    noise = numpy.random.default_rng(seed).normal(0, 4, (tall, wide, 1))
    light = light * (lamp * shadow)[:, :, None] * tint + noise
    done = Image.fromarray(light.clip(0, 255).astype(numpy.uint8))
    return _jpeg(done, 62, 72).getvalue()


def _table(wide: int, tall: int, seed: int) -> Image.Image:
    """A wooden table top."""
    dice = numpy.random.default_rng(seed)
    grain = dice.normal(0, 1, (1, wide)).cumsum(axis=1) * 0.5 % 22 + dice.normal(0, 3, (tall, wide))
    wood = numpy.stack([112 + grain, 78 + grain * 0.8, 52 + grain * 0.6], axis=2)
    return Image.fromarray(wood.clip(0, 255).astype(numpy.uint8)).filter(ImageFilter.GaussianBlur(1.5))


def _perspective(corners: tuple[tuple[int, int], ...], size: tuple[int, int]) -> list[float]:
    """The eight numbers that carry the picture's corners back to those of the sheet."""
    wide, tall = size
    rows, right = [], []
    for (x, y), (u, v) in zip(corners, ((0, 0), (wide, 0), (wide, tall), (0, tall)), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return [float(one) for one in numpy.linalg.solve(numpy.array(rows, float), numpy.array(right, float))]

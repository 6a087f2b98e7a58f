"""Printed page -> what a scanner makes of it: dot gain, seal and signature, skew, blur, uneven light, noise, JPEG.

Seals are round, red and semi-transparent (ink soaks into paper: multiplied, blotchy), 36 mm across as the law has
them. Everything is seeded.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SEAL_MM = 36.0
FONT = "/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf"
Light = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wear:
    """``skew`` in degrees, counted clockwise; ``seal`` its middle in points; ``hand`` where a signature stands."""

    seed: int
    dpi: int
    skew: float = 0.0
    colour: bool = False
    seal: tuple[float, float] | None = None
    hand: tuple[float, float] | None = None
    quality: int = 40
    ink: float = 0.0  # 0 as printed; 0.5 half faded
    dark: float = 0.0  # by how much the paper is darkened


def worn(pdf: bytes, index: int, wear: Wear) -> Image.Image:
    """The scan of that page."""
    dice = np.random.default_rng(wear.seed)
    light = _print(pdf, index, wear, dice)
    if wear.hand:
        light *= _inked(light.shape, wear, _signature(wear, dice), (0.25, 0.33, 0.75) if wear.colour else (0.4,) * 3)
    if wear.seal:
        light *= _inked(light.shape, wear, _seal(wear, dice), (0.88, 0.30, 0.34))
    picture = Image.fromarray((light * 255).clip(0, 255).astype(np.uint8))
    if wear.skew:
        picture = picture.rotate(-wear.skew, Image.Resampling.BICUBIC, fillcolor=(250, 250, 250))
    size = (picture.width // 2, picture.height // 2)
    picture = picture.resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(dice.uniform(0.35, 0.6)))
    return _scanned(picture, wear, dice)


def pdf_of(picture: Image.Image, wear: Wear) -> bytes:
    """A PDF that is nothing but the JPEG, as a copier sends it."""
    out, page = io.BytesIO(), io.BytesIO()
    picture.save(page, "JPEG", quality=wear.quality, dpi=(wear.dpi, wear.dpi))
    Image.open(page).save(out, "PDF", resolution=wear.dpi, quality=wear.quality)
    return out.getvalue()


def _print(pdf: bytes, index: int, wear: Wear, dice: np.random.Generator) -> Light:
    """The print at twice the scan's resolution: toner spreads a little and is never quite even."""
    with pypdfium2.PdfDocument(pdf) as book:
        sheet = book[index].render(scale=2 * wear.dpi / 72, grayscale=True).to_pil()
    spread = dice.uniform(0.004, 0.007) * wear.dpi  # dot gain: about a thousandth of an inch more of toner
    soft = np.asarray(sheet.filter(ImageFilter.GaussianBlur(spread)), dtype=np.float32) / 255
    edge = 1 / (1 + np.exp(-(soft - dice.uniform(0.50, 0.62)) * 14))
    black = 0.10 + wear.ink * 0.75
    uneven = _clouds(edge.shape, 40, dice) * 0.06
    flat = np.clip(black + uneven + (1 - black) * edge, 0, 1) * (1 - wear.dark)
    return np.repeat(flat[:, :, None], 3, axis=2).astype(np.float32)


def _clouds(shape: tuple[int, ...], grain: int, dice: np.random.Generator) -> Light:
    """Soft blotches between 0 and 1."""
    small = dice.random((max(2, shape[0] // grain), max(2, shape[1] // grain))).astype(np.float32)
    grown = Image.fromarray(small).resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
    return np.asarray(grown, dtype=np.float32)


def _inked(shape: tuple[int, ...], wear: Wear, cover: Image.Image, colour: tuple[float, ...]) -> Light:
    """What light is left under the ink: 1 where there is none."""
    share = np.asarray(cover, dtype=np.float32)[: shape[0], : shape[1], None] / 255
    return (1 - share * (1 - np.array(colour, dtype=np.float32))).astype(np.float32)


def _seal(wear: Wear, dice: np.random.Generator) -> Image.Image:
    """How much ink the stamp leaves where: rings, star, letters around and inside; blotchy, a little turned."""
    assert wear.seal
    scale = 2 * wear.dpi / 72
    across = round(SEAL_MM / 25.4 * 2 * wear.dpi)
    mark = Image.new("L", (across, across), 0)
    pen = ImageDraw.Draw(mark)
    for inset, wide in ((0.01, 0.022), (0.05, 0.008), (0.24, 0.01)):
        gap = inset * across
        pen.ellipse((gap, gap, across - gap, across - gap), outline=255, width=round(wide * across))
    _star(pen, across)
    for order, row in enumerate(("DỮ LIỆU", "MẪU")):
        font = ImageFont.truetype(FONT, round(across * 0.065))
        pen.text((across / 2, across * (0.61 + 0.075 * order)), row, font=font, fill=255, anchor="mm")
    _ring(mark, "KHÔNG PHẢI CON DẤU THẬT * THỬ NGHIỆM *", across)
    mark = mark.rotate(float(dice.uniform(-12, 12)), Image.Resampling.BICUBIC)
    patches = np.asarray(mark, dtype=np.float32) * (0.55 + 0.45 * _clouds((across, across), across // 12, dice))
    strength = dice.uniform(0.7, 1.0)
    blank = Image.new("L", (round(595 * scale) + across, round(842 * scale) + across), 0)
    left, top = round(wear.seal[0] * scale - across / 2), round(wear.seal[1] * scale - across / 2)
    blank.paste(Image.fromarray((patches * strength).clip(0, 255).astype(np.uint8)), (left, top))
    return blank


def _star(pen: ImageDraw.ImageDraw, across: int) -> None:
    points = []
    for step in range(10):
        radius = across * (0.15 if step % 2 == 0 else 0.06)
        angle = -math.pi / 2 + step * math.pi / 5
        points.append((across / 2 + radius * math.cos(angle), across * 0.42 + radius * math.sin(angle)))
    pen.polygon(points, fill=255)


def _ring(mark: Image.Image, text: str, across: int) -> None:
    font = ImageFont.truetype(FONT, round(across * 0.1))
    side = round(across * 0.16)
    for order, letter in enumerate(text):
        turn = order * 360 / len(text) - 150
        tile = Image.new("L", (side, side), 0)
        ImageDraw.Draw(tile).text((side / 2, side / 2), letter, font=font, fill=255, anchor="mm")
        tile = tile.rotate(-turn, Image.Resampling.BICUBIC)
        x = across / 2 + across * 0.345 * math.sin(math.radians(turn)) - side / 2
        y = across / 2 - across * 0.345 * math.cos(math.radians(turn)) - side / 2
        mark.paste(255, (round(x), round(y)), tile)


def _signature(wear: Wear, dice: np.random.Generator) -> Image.Image:
    """A scribble that spells nothing, between title and name."""
    assert wear.hand
    scale = 2 * wear.dpi / 72
    cover = Image.new("L", (round(595 * scale) + 1, round(842 * scale) + 1), 0)
    t = np.linspace(0, 1, 300)
    x = wear.hand[0] - 60 + 120 * t + dice.uniform(8, 18) * np.sin(2 * math.pi * t * dice.uniform(2, 5))
    y = wear.hand[1] + dice.uniform(8, 16) * np.cos(2 * math.pi * t * dice.uniform(2, 6)) * (1 - 0.4 * t) - 10 * t
    points = [(float(a) * scale, float(b) * scale) for a, b in zip(x, y, strict=True)]
    ImageDraw.Draw(cover).line(points, fill=255, width=round(1.3 * scale), joint="curve")
    return cover


def _scanned(picture: Image.Image, wear: Wear, dice: np.random.Generator) -> Image.Image:
    light = np.asarray(picture, dtype=np.float32)
    tall, wide = light.shape[:2]
    across = np.linspace(-1, 1, wide, dtype=np.float32)[None, :, None] * dice.uniform(-9, 9)
    down = np.linspace(-1, 1, tall, dtype=np.float32)[:, None, None] * dice.uniform(-9, 9)
    gutter = -18 * np.exp(-np.arange(wide, dtype=np.float32) / (0.02 * wide))[None, :, None]
    light = light * 0.93 + 10 + across + down + gutter
    light += dice.normal(0, dice.uniform(3, 6), (tall, wide, 1)).astype(np.float32)
    for _ in range(40):
        y, x, size = (int(dice.integers(0, top)) for top in (tall - 4, wide - 4, 3))
        light[y : y + size, x : x + size] -= 80  # dust
    if wear.colour:
        light *= np.array([1.0, 0.99, 0.965], dtype=np.float32)
    done = Image.fromarray(light.clip(0, 255).astype(np.uint8))
    return done if wear.colour else done.convert("L")

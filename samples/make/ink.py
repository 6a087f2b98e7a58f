"""What is put on paper after printing: seal, signature, ĐẾN stamp. Drawn by Pillow; no seal or hand of anybody.

The ring of every seal says "DỮ LIỆU MẪU" (sample data), so that no picture here can pass for a real seal.
"""

from __future__ import annotations

import io
import math
import random
import zlib
from functools import cache

from PIL import Image, ImageDraw, ImageFont

FONTS = "/usr/share/fonts/truetype/croscore/Tinos"
RED = (200, 22, 30, 235)
BLUE = (28, 52, 150, 240)
STAMP = (38, 60, 168, 235)


def _font(size: int, cut: str = "Bold") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(f"{FONTS}-{cut}.ttf", size)


def _png(picture: Image.Image) -> io.BytesIO:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    out.seek(0)
    return out


def seal(unit: str) -> io.BytesIO:
    """A round red seal with a star, as PNG with a transparent ground."""
    return io.BytesIO(_seal(unit))


@cache
def _seal(unit: str) -> bytes:
    size = 300
    picture = Image.new("RGBA", (size, size), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    for inset, width in ((4, 6), (14, 2), (66, 3)):
        pen.ellipse((inset, inset, size - inset, size - inset), outline=RED, width=width)
    _ring(picture, "DỮ LIỆU MẪU * TỈNH SƠN HÀ *", 108)
    points = []
    for step in range(10):
        radius = 44 if step % 2 == 0 else 17
        angle = -math.pi / 2 + step * math.pi / 5
        points.append((size / 2 + radius * math.cos(angle), size / 2 - 22 + radius * math.sin(angle)))
    pen.polygon(points, fill=RED)
    words = unit.split()
    half = math.ceil(len(words) / 2)
    for order, row in enumerate((" ".join(words[:half]), " ".join(words[half:]))):
        pen.text((size / 2, 184 + 22 * order), row, font=_font(19), fill=RED, anchor="mm")
    return _png(picture).getvalue()


def _ring(picture: Image.Image, text: str, radius: int) -> None:
    """Letters set around the ring, each turned outward."""
    middle = picture.width / 2
    for order, letter in enumerate(text):
        turn = -150 + order * 320 / len(text)
        tile = Image.new("RGBA", (60, 60), (255, 255, 255, 0))
        ImageDraw.Draw(tile).text((30, 30), letter, font=_font(25), fill=RED, anchor="mm")
        tile = tile.rotate(-turn, Image.Resampling.BICUBIC)
        x = middle + radius * math.sin(math.radians(turn)) - 30
        y = middle - radius * math.cos(math.radians(turn)) - 30
        picture.alpha_composite(tile, (round(x), round(y)))


def signature(name: str) -> io.BytesIO:
    """A scribble in blue ink; the same for the same name. It spells nothing."""
    return io.BytesIO(_signature(name))


@cache
def _signature(name: str) -> bytes:
    hand = random.Random(zlib.crc32(name.encode()))
    picture = Image.new("RGBA", (480, 264), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    loops = [(hand.uniform(20, 52), hand.uniform(35, 80), hand.uniform(0.7, 1.5)) for _ in range(4)]
    points = []
    for order, (wide, tall, pace) in enumerate(loops):
        for step in range(60):
            t = step / 60
            x = 60 + order * 80 + 90 * t + wide * math.sin(2 * math.pi * t * pace)
            y = 140 - 18 * order * t + tall * math.cos(2 * math.pi * t * pace + order) * (1 - 0.4 * t)
            points.append((x, y))
    points += [(x, 205 - (x - 60) * 0.12) for x in range(400, 60, -8)]
    pen.line(points, fill=BLUE, width=5, joint="curve")
    return _png(picture.resize((240, 132), Image.Resampling.LANCZOS)).getvalue()


def arrival(agency: str, number: str, day: str) -> Image.Image:
    """The blue stamp ĐẾN of a receiving agency, with its own number and date (NĐ 30/2020, Phụ lục IV)."""
    picture = Image.new("RGBA", (430, 250), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((3, 3, 426, 246), outline=STAMP, width=5)
    pen.line((3, 62, 426, 62), fill=STAMP, width=3)
    pen.text((215, 33), agency, font=_font(27), fill=STAMP, anchor="mm")
    pen.text((70, 150), "ĐẾN", font=_font(46), fill=STAMP, anchor="mm")
    pen.line((140, 62, 140, 246), fill=STAMP, width=3)
    for order, row in enumerate((f"Số: {number}", f"Ngày: {day}", "Chuyển: ............")):
        pen.text((156, 94 + 58 * order), row, font=_font(32, "Italic"), fill=STAMP, anchor="lm")
    return picture.resize((290, 168), Image.Resampling.LANCZOS)

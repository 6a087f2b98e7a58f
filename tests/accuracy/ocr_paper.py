"""A letter -> its printed pages: a PDF, and every row of print with the place where it stands.

Laid out as Nghị định 30/2020/NĐ-CP wants it (A4, margins 20/20/30/18 mm, two-column header, justified text of 12 to 14
points), row by row by ourselves, so that text and place of each row are known exactly.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ocr_text import Letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

A4 = (595.0, 842.0)
LEFT, RIGHT, TOP, BOTTOM = 85.0, 544.0, 57.0, 785.0
CROSCORE = "/usr/share/fonts/truetype/croscore"
FREEFONT = "/usr/share/fonts/truetype/freefont"
CUTS = {  # regular, bold, italic of each face; Debian: fonts-croscore (setup.sh installs it), fonts-freefont-ttf
    "Tinos": tuple(f"{CROSCORE}/Tinos-{cut}.ttf" for cut in ("Regular", "Bold", "Italic")),
    "FreeSerif": tuple(f"{FREEFONT}/FreeSerif{cut}.ttf" for cut in ("", "Bold", "Italic")),
    "Arimo": tuple(f"{CROSCORE}/Arimo-{cut}.ttf" for cut in ("Regular", "Bold", "Italic")),
}
PLAIN, BOLD, ITALIC = 0, 1, 2
WIDTHS = (36.0, 160.0, 85.0, 85.0, 93.0)  # of the table's columns


@dataclass(frozen=True, slots=True)
class Row:
    """A row of print and its box in points from the page's top left (the letters' own height, not the leading)."""

    text: str
    box: tuple[float, float, float, float]


@dataclass(slots=True)
class Printed:
    """The pages; ``marks`` says where the signature stands: (page, left, top)."""

    pdf: bytes = b""
    pages: list[list[Row]] = field(default_factory=list)
    marks: tuple[int, float, float] = (0, 0.0, 0.0)


class _Pen:
    """Writes rows and remembers them."""

    def __init__(self, face: str, size: float) -> None:
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4, invariant=1)
        self.face, self.size, self.leading = _faces(face), size, size * 1.36
        self.pages: list[list[Row]] = [[]]
        self.y = TOP

    def write(self, text: str, x: float, size: float, cut: int = PLAIN, room: float | None = None) -> None:
        """One row from ``x`` on, its blanks stretched to fill ``room``."""
        font = self.face[cut]
        wide = pdfmetrics.stringWidth(text, font, size)
        stretch = (room - wide) / max(1, text.count(" ")) if room else 0.0
        line = self.canvas.beginText(x, A4[1] - self.y - size)
        line.setFont(font, size)
        line.setWordSpace(0)
        if room and stretch > 0:
            at = x  # TrueType faces take no word space: word by word
            for word in text.split(" "):
                line.setTextOrigin(at, A4[1] - self.y - size)
                line.textOut(word)
                at += pdfmetrics.stringWidth(word + " ", font, size) + stretch
            wide = room
        else:
            line.textOut(text)
        self.canvas.drawText(line)
        self.pages[-1].append(Row(text, (x, self.y, x + wide, self.y + size * 1.25)))

    def centred(self, text: str, middle: float, size: float, cut: int = PLAIN) -> None:
        self.write(text, middle - pdfmetrics.stringWidth(text, self.face[cut], size) / 2, size, cut)

    def feed(self, step: float) -> None:
        """Down the page; onto the next one where this one is full."""
        self.y += step
        if self.y + self.leading > BOTTOM:
            self.turn()

    def turn(self) -> None:
        self.canvas.showPage()
        self.pages.append([])
        self.y = TOP - 28
        self.centred(str(len(self.pages)), A4[0] / 2, 13)
        self.y = TOP

    def paragraph(self, text: str, indent: float, cut: int) -> None:
        rows = _wrapped(text, self.face[cut], self.size, RIGHT - LEFT, indent)
        for order, row in enumerate(rows):
            x = LEFT + (indent if order == 0 else 0.0)
            last = order == len(rows) - 1
            self.write(row, x, self.size, cut, None if last else RIGHT - x)
            self.feed(self.leading)
        self.feed(4)


@cache
def _faces(face: str) -> tuple[str, ...]:
    for order, file in enumerate(CUTS[face]):
        if not Path(file).exists():
            raise SystemExit(f"no font at {file}: apt-get install fonts-croscore fonts-freefont-ttf")
        pdfmetrics.registerFont(TTFont(f"{face}{order}", file))
    return tuple(f"{face}{order}" for order in range(3))


def _wrapped(text: str, font: str, size: float, room: float, indent: float) -> list[str]:
    rows, row = [], ""
    for word in text.split():
        longer = f"{row} {word}".strip()
        if pdfmetrics.stringWidth(longer, font, size) > room - (0.0 if rows else indent):
            rows.append(row)
            longer = word
        row = longer
    return [*rows, row]


def draw(letter: Letter, face: str, size: float) -> Printed:
    """The pages of the letter in that face and size."""
    pen = _Pen(face, size)
    _header(pen, letter)
    for style, text in letter.blocks:
        cut = {"head": BOLD, "base": ITALIC}.get(style, PLAIN)
        pen.paragraph(text, 28.0, cut)
    _table(pen, letter)
    printed = Printed(marks=_end(pen, letter))
    pen.canvas.showPage()
    pen.canvas.save()
    printed.pdf, printed.pages = pen.out.getvalue(), pen.pages
    return printed


def _header(pen: _Pen, letter: Letter) -> None:
    for order, (one, two) in enumerate(zip(letter.left, letter.right, strict=True)):
        small = 12 if max(len(one), 22) < 30 else 10.5
        pen.centred(one, 165, small, (PLAIN, BOLD, PLAIN)[order])
        pen.centred(two, 415, 12 if order == 0 else 13, (BOLD, BOLD, ITALIC)[order])
        if order == 1:
            pen.canvas.line(140, A4[1] - pen.y - 17, 190, A4[1] - pen.y - 17)
            pen.canvas.line(335, A4[1] - pen.y - 18, 495, A4[1] - pen.y - 18)
        pen.feed(18 if order == 0 else 26)
    pen.feed(10)
    pen.centred(letter.kind, A4[0] / 2, 14, BOLD)
    pen.feed(20)
    for row in _wrapped(letter.subject, pen.face[BOLD], 13, 380, 0):
        pen.centred(row, A4[0] / 2, 13, BOLD)
        pen.feed(18)
    pen.feed(10)


def _table(pen: _Pen, letter: Letter) -> None:
    high = pen.size + 8
    if pen.y + high * len(letter.table) > BOTTOM:
        pen.turn()
    for order, cells in enumerate(letter.table):
        x = LEFT
        for cell, wide in zip(cells, WIDTHS, strict=True):
            pen.canvas.rect(x, A4[1] - pen.y - high, wide, high)
            pen.y += 2
            pen.centred(cell, x + wide / 2, pen.size - 1, BOLD if order == 0 else PLAIN)
            pen.y -= 2
            x += wide
        pen.y += high
    pen.feed(16)


def _end(pen: _Pen, letter: Letter) -> tuple[int, float, float]:
    """Recipients at the left, title and name at the right; where the signature is put between the two."""
    if pen.y + 140 > BOTTOM:
        pen.turn()
    top = pen.y
    pen.write("Nơi nhận:", LEFT, 12, ITALIC)
    for order, one in enumerate(letter.recipients):
        pen.y = top + 17 + 14 * order
        pen.write(f"- {one}", LEFT, 11)
    pen.y = top
    pen.centred(letter.chief, 440, pen.size, BOLD)
    pen.y = top + 98
    pen.centred(letter.name, 440, pen.size, BOLD)
    return len(pen.pages) - 1, 440.0, top + 58

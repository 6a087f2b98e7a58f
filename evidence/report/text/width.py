"""How wide a text is in Times New Roman, and where it wraps: what row heights of a workbook are worked out from.

Widths of the letters in thousandths of the type size, as the font's metrics (Times-Roman AFM) have them; a letter with
marks is as wide as the one without. No font need be on the machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from evidence.vietnamese.text import strip_marks

_LETTERS = {
    250: " .,", 278: "ijlt/:;", 333: "frI()-'[]!|", 389: "sJ", 444: "acez“”\"?", 500: "bdghknopquvxy0123456789–_*$",
    556: "FPS", 564: "+=<>~", 611: "ELTZ", 667: "BCR", 722: "wADGHKNOQUVXY", 778: "m&", 833: "%", 889: "M", 944: "W",
    1000: "…—✓✗",
}  # fmt: skip
WIDTHS = {letter: width for width, letters in _LETTERS.items() for letter in letters}
OTHER = 700  # of a letter that is not listed
BOLD = 1.07
DIGIT, PADDING = 7.0, 6.0  # pixels of a digit, by which columns are measured, and at the two sides of a cell
PIXELS = 96 / 72  # a point in pixels
SAFETY = 1.04  # programs round the widths of letters differently


@dataclass(frozen=True, slots=True)
class WrappedLine:
    """A line as it stands in a cell; ``end`` is what followed it in the text: a blank, a line break, or nothing."""

    text: str
    end: str


def wrap_text(text: str, column: float, size: float, bold: bool = False) -> tuple[WrappedLine, ...]:
    """The lines of the text in a column of that width (in digits). Put together with their ends they are the text.

    >>> [line.text for line in wrap_text("Sở Nội vụ tỉnh Lạng Sơn", 12, 11)]
    ['Sở Nội vụ', 'tỉnh Lạng', 'Sơn']
    """
    room = max(column * DIGIT - PADDING, DIGIT) / SAFETY
    scale = size * PIXELS / 1000 * (BOLD if bold else 1)
    lines: list[WrappedLine] = []
    paragraphs = text.split("\n")
    for number, paragraph in enumerate(paragraphs, start=1):
        lines += _wrap_paragraph(paragraph, room, scale)
        lines[-1] = WrappedLine(lines[-1].text, "\n" if number < len(paragraphs) else "")
    return tuple(lines)


def _wrap_paragraph(text: str, room: float, scale: float) -> list[WrappedLine]:
    """Broken at blanks; a word longer than the line is broken anywhere."""
    lines: list[WrappedLine] = []
    line, used = "", 0.0
    for at, word in enumerate(text.split(" ")):
        wide = _measure(word) * scale
        blank = _width(" ") * scale
        if at and used + blank + wide <= room:
            line, used = f"{line} {word}", used + blank + wide
            continue
        if at:
            lines.append(WrappedLine(line, " "))
        *pieces, line = _break_word(word, room, scale)
        lines += [WrappedLine(piece, "") for piece in pieces]
        used = _measure(line) * scale
    return [*lines, WrappedLine(line, "")]


def _break_word(word: str, room: float, scale: float) -> list[str]:
    if _measure(word) * scale <= room:
        return [word]
    pieces, piece, used = [], "", 0.0
    for letter in word:
        wide = _width(letter) * scale
        if piece and used + wide > room:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + letter, used + wide
    return [*pieces, piece]


def _measure(text: str) -> float:
    return sum(map(_width, text))


@cache
def _width(letter: str) -> int:
    return WIDTHS.get(letter) or WIDTHS.get(strip_marks(letter)[:1]) or OTHER

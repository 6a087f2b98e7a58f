"""Rows in which fields stand, with all their readings, and the page's lines that take these readings in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from evidence.ingest.layout.reading_order import sort_lines
from evidence.ingest.ocr.fields.header_rows import RowKind
from evidence.model.document import Line, Origin, Word
from evidence.model.geometry import Box
from evidence.model.reading import LineReading
from evidence.values import person
from evidence.vietnamese.text import strip_marks

COVERED = 0.5  # share of the lower of two boxes' heights, and of the narrower's width, that makes them one row
OWN_CONFIDENCE = 0.6  # of words that only the further engines saw: shown as doubtful
CLEAR = 0.88  # of what the detector's engine thinks of a row; specks of seals and signatures stay below
STACKED = 0.2  # share of a line's height by which rows in it may overlap and still stand one above the other
ONE_OF_TWO = 0.75  # share of its height that neither of them reaches
LEFT_OVER = 0.6  # share of a row's width that is not all of it
LETTERS = 5  # that a clear row has at least
NUMBER_ROW = re.compile(r"\bso\b|[/\d]|-[a-z]{2}")  # label, digits or suffix of a number
UNSURE = 0.3  # Tesseract's confidence of letters that it made of a stamp stays below


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A row: its box in points, and what each engine read in it, first the engine that found it."""

    box: Box
    kind: RowKind
    readings: tuple[LineReading, ...]


def merge_rows(lines: Sequence[Line], rows: Sequence[FieldRow]) -> tuple[Line, ...]:
    """The page's lines with the readings of the rows in their places.

    A row that no line covers (OCR lost it under a stamp) becomes a line of its own, if it bears a number or a date.
    A line that the engine made of two rows, one above the other, or of the end of one, gives way to them.
    """
    torn = {index for index, line in enumerate(lines) if _is_torn(line, lines, rows)}
    lines = [line for index, line in enumerate(lines) if index not in torn]
    readings: dict[int, tuple[LineReading, ...]] = defaultdict(tuple)
    lost: list[Line] = []
    hidden: set[int] = set()
    for row in rows:
        covering = _covering(lines, row)
        if row.kind is RowKind.NUMBER and covering and all(_is_ink(lines[index]) for index in covering):
            hidden.update(covering)
            covering = []
        for index in covering:
            readings[index] += row.readings
        if not covering and _is_legible(row):
            lost.append(_line_of(row))
    kept = [
        replace(line, readings=line.readings + readings[index])
        for index, line in enumerate(lines)
        if index not in hidden
    ]
    return sort_lines([*kept, *lost]) if lost else tuple(kept)


def _is_torn(line: Line, lines: Sequence[Line], rows: Sequence[FieldRow]) -> bool:
    """Whether a line is two rows in one (``LIÊN TỈNH ĐOÀN LÂM LAO ĐỒNG ĐỘNG``), or what is left of a row of which no
    other line has the rest, where further engines read these rows clearly."""
    if line.box is None:
        return False
    there = [row for row in rows if row.kind is not RowKind.NAME and is_same_row(line.box, row.box)]
    clear = sorted((row for row in there if _is_clear(row)), key=lambda row: row.box[1])
    if len(clear) == len(there) > 1:
        return _are_stacked([row.box for row in clear], line.box[3] - line.box[1])
    if len(there) != 1 or not clear:
        return False
    row = clear[0].box
    beside = [other for other in lines if other is not line and other.box and is_same_row(other.box, row)]
    return not beside and line.box[2] - line.box[0] < LEFT_OVER * (row[2] - row[0])


def _are_stacked(boxes: Sequence[Box], high: float) -> bool:
    """Whether rows from top to bottom stand one above the other in a line that is so high."""
    low = all(box[3] - box[1] < ONE_OF_TWO * high for box in boxes)
    return low and all(below[1] >= above[3] - STACKED * high for above, below in pairwise(boxes))


def _is_clear(row: FieldRow) -> bool:
    first = row.readings[0]
    return first.confidence >= CLEAR and sum(map(str.isalpha, first.text)) >= LETTERS


def _covering(lines: Sequence[Line], row: FieldRow) -> list[int]:
    """The places of the lines that stand where the row does."""
    covering = [index for index, line in enumerate(lines) if line.box and is_same_row(line.box, row.box)]
    if row.kind is RowKind.NAME:  # what the engine made of a seal covers no name
        return [index for index in covering if person.search(lines[index].text, glued=True)]
    return covering


def is_same_row(line: Box, row: Box) -> bool:
    """Whether two boxes cover each other so far that they are one row."""
    across = min(line[2], row[2]) - max(line[0], row[0])
    down = min(line[3], row[3]) - max(line[1], row[1])
    narrow, low = min(line[2] - line[0], row[2] - row[0]), min(line[3] - line[1], row[3] - row[1])
    return across > COVERED * narrow and down > COVERED * low


def _is_ink(line: Line) -> bool:
    """Whether the engine made letters of a stamp or a stroke: no label, suffix or digit, and in doubt about it."""
    anchored = NUMBER_ROW.search(strip_marks(line.text).lower())
    return not anchored and min(word.confidence for word in line.words) < UNSURE


def _is_legible(row: FieldRow) -> bool:
    """Whether a row that the page's engine lost is worth a line: number and date rows, and clear words."""
    return row.kind is not RowKind.OTHER or _is_clear(row)


def _line_of(row: FieldRow) -> Line:
    """The row's first reading as words, laid out as if all characters were of one width; its further readings stay.

    The first is no second witness of itself.
    """
    first, *others = row.readings
    left, top, right, bottom = row.box
    each = (right - left) / len(first.text)
    confidence = min(OWN_CONFIDENCE, first.confidence)
    words = []
    for match in re.finditer(r"\S+", first.text):
        box = (round(left + match.start() * each, 2), top, round(left + match.end() * each, 2), bottom)
        words.append(Word(match.group(), box, confidence, Origin.OCR))
    return Line(tuple(words), None, tuple(others), first.engine)

"""A second look at the header of a scanned page: further engines read its rows, the number and the date rows at several
crops; all that they read goes on as data in ``Line.readings``. Nothing is judged here (``extract/voting`` does that).

Each engine may be missing: then its readings are, and without the one that finds the rows there are none at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from evidence.ingest.imaging.opencv import Grey, PixelBox
from evidence.ingest.layout import reading_order as layout
from evidence.ingest.ocr.engines import digits, ppocr
from evidence.ingest.ocr.engines import trueocr_rows as trueocr_engine
from evidence.ingest.ocr.fields import covered_names as under_ink
from evidence.ingest.ocr.fields import stamped_titles as stamped
from evidence.ingest.ocr.fields.header_rows import (
    HEADER,
    RowKind,
    Seen,
    candidates,
    closing,
    crop,
    digit_places,
    widened,
)
from evidence.model.document import Line, LineReading, Origin, Word
from evidence.model.geometry import Box
from evidence.values import person
from evidence.vietnamese.text import strip_marks

LONG_SIDE = 960  # pixels that the header zone is shrunk to for finding rows
FIRST = (0.0, 0.0)
CROPS = ((0.0, 0.1), (0.1, 0.1), (0.2, 0.1), (0.35, 0.1))  # row heights above, beside
MORE_CROPS = (*CROPS, (0.2, 0.2), (0.35, 0.35), (0.3, 0.0))  # for the engine that costs 5 ms a crop, not 45
MOSTLY = 0.75  # of the crops at which an engine reads the same
FIGURES = {RowKind.NUMBER: 1, RowKind.DATE: 3}  # that a row has at least
PLACING = 0.1  # row heights around the row in which PP-OCR says where each character stands
DIGIT_CROPS = ((0.15, 0.0), (0.25, 0.1), (0.38, 0.0))
COVERED = 0.5  # share of the lower of two boxes' heights, and of the narrower's width, that makes them one row
OWN_CONFIDENCE = 0.6  # of words that only the second look saw: shown as doubtful
CLEAR = 0.88  # of what the finder's engine thinks of a row; specks of seals and signatures stay below
WIDER = (
    (0.1, 1.5),
    (0.15, 3.0),
)  # row heights: a stroke of the signature through a name hides its first word from the finder
NUMBER_ROW = re.compile(r"\bso\b|[/\d]|-[a-z]{2}")  # label, digits or suffix of a number
UNSURE = 0.3  # Tesseract's confidence of letters that it made of a stamp stays below


class Reader(Protocol):
    def read(self, crops: Sequence[Grey]) -> list[tuple[str, float]]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the header: its box in points, and what each engine read in it."""

    box: Box
    kind: RowKind
    readings: tuple[LineReading, ...]


def warm() -> None:
    """Loads the further engines."""
    for engine in (trueocr_engine, ppocr, digits):
        engine.load()


def look_at(
    image: Grey, scale: float, head: float | None, foot: float | None = None, lines: Sequence[Line] = ()
) -> tuple[Row, ...]:
    """The rows of a page's picture: down to ``head`` points, and from ``foot`` points down. ``lines``: what the page's
    engine read there.

    Nothing where an engine fails: the page is read without it.
    """
    try:
        rows = look(image, scale, head, lines) if head is not None else ()
        return (*rows, *look_below(image, scale, foot, rows)) if foot is not None else rows
    except Exception:  # ONNX Runtime and OpenCV raise classes of their own, straight from Exception
        return ()


def look(image: Grey, scale: float, end: float | None = None, lines: Sequence[Line] = ()) -> tuple[Row, ...]:
    """The rows of the header zone of a page image (``scale`` points a pixel), down to ``end``, with all readings."""
    finder = trueocr_engine.load()
    if finder is None:
        return ()
    bottom = image.shape[0] * HEADER if end is None else end / scale
    zone = np.ascontiguousarray(image[: round(bottom)])
    boxes = finder.rows(zone, LONG_SIDE)
    first = finder.read([crop(zone, box, *FIRST) for box in boxes])
    seen = [Seen(box, text, sure) for box, (text, sure) in zip(boxes, first, strict=True) if text]
    kinds = candidates(seen, image.shape[0])
    clear = stamped.cleared(zone, [row for row in seen if row.box not in kinds], finder)
    rows = []
    for row in (clear.get(one.box, one) for one in seen):
        kind = kinds.get(row.box, RowKind.OTHER)
        whole = widened(row, seen) if kind is RowKind.NUMBER else row
        rows.append(_row(zone, whole, kind, finder, scale, lines))
    return tuple(rows)


def look_below(image: Grey, scale: float, top: float, known: Sequence[Row] = ()) -> tuple[Row, ...]:
    """The rows from ``top`` points down, each read once: names and titles that seals and signatures lie over.

    Number and date of a consolidated text, which stand there, are read like those of a header; a name that is missing
    under the signer's title is looked for.
    """
    finder = trueocr_engine.load()
    start = round(top / scale)
    zone = np.ascontiguousarray(image[start:])
    if finder is None or zone.shape[0] < 8:
        return ()
    boxes = finder.rows(zone, LONG_SIDE)
    first = finder.read([crop(zone, box, *FIRST) for box in boxes])
    seen = [Seen(box, text, sure) for box, (text, sure) in zip(boxes, first, strict=True) if text]
    kinds = closing(seen)
    rows = []
    for one in seen:
        row = _row(zone, one, kinds.get(one.box, RowKind.OTHER), finder, scale)
        if _may_be_name(one.text):
            wider = _readings(zone, one.box, trueocr_engine.NAME, finder, WIDER)
            row = replace(row, readings=(*row.readings, *wider))
        rows.append(row)
    hidden = under_ink.search(zone, seen)
    if hidden:
        place = _points(hidden[0], scale)
        there = [row for row in rows if _same(place, row.box)]
        rows = [row for row in rows if row not in there]
        rows.append(Row(place, RowKind.NAME, (*hidden[1], *(one for row in there for one in row.readings))))
    lower = [replace(row, box=_lower(row.box, start * scale)) for row in rows]
    return tuple(row for row in lower if not any(_same(row.box, other.box) for other in known))


def _points(box: PixelBox, scale: float) -> Box:
    left, top, right, bottom = (round(value * scale, 2) for value in box)
    return left, top, right, bottom


def _lower(box: Box, by: float) -> Box:
    return box[0], round(box[1] + by, 2), box[2], round(box[3] + by, 2)


def _row(zone: Grey, row: Seen, kind: RowKind, finder: Reader, scale: float, lines: Sequence[Line] = ()) -> Row:
    place = _points(row.box, scale)
    readings = [LineReading(f"{trueocr_engine.NAME}@0", row.text, round(row.confidence, 3))]
    if kind is not RowKind.OTHER:
        readings += _readings(zone, row.box, trueocr_engine.NAME, finder, MORE_CROPS)
        other = _readings(zone, row.box, ppocr.NAME, ppocr.load(), CROPS[:2])
        printed = [line.text for line in lines if line.box and _same(line.box, place)]
        if not _alike(readings, other, printed, FIGURES[kind]):
            other += _readings(zone, row.box, ppocr.NAME, ppocr.load(), CROPS[2:])
            other += _digits(zone, row, kind)
        readings += other
    return Row(place, kind, tuple(readings))


def _alike(some: Sequence[LineReading], others: Sequence[LineReading], printed: Sequence[str], least: int) -> bool:
    """Whether all three engines read the same figures, ``least`` or more: the page's own in its line, one at most crops
    and the other at both. That is print, which the page's engine reads and handwriting it does not: another look shows
    nothing new.

    >>> def read(text): return Reading("", text, 0.9)
    >>> dates = "ngày 16 tháng 01 năm 2025", "ngày tháng 01 năm 2025"
    >>> [_alike([read(one)] * 4, [read(two)] * 2, [two], 3) for one in dates for two in dates]
    [True, False, False, False]
    """
    told = {_figures(text) for text in (*printed, *(one.text for one in others))}
    if len(printed) != 1 or len(others) < 2 or len(told) > 1 or any(len(one) < least for one in told):
        return False
    return sum(_figures(one.text) in told for one in some) >= MOSTLY * len(some)


def _figures(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", text))


def _digits(zone: Grey, row: Seen, kind: RowKind) -> list[LineReading]:
    """The digit network's readings, written with the anchors that stand around its places."""
    network, placer = digits.load(), ppocr.load()
    if network is None or placer is None:
        return []
    margin = min(row.box[0], round(PLACING * row.height))
    signs = placer.place(crop(zone, row.box, PLACING, PLACING))
    middles = [x - margin + row.box[0] for sign, x in signs for _ in sign]
    places = digit_places("".join(sign for sign, _ in signs), middles, kind, row.height)
    boxes: list[PixelBox] = [(max(0, round(left)), row.box[1], round(right), row.box[3]) for left, right in places]
    if not boxes or any(right - left < 8 for left, _, right, _ in boxes):
        return []
    found = []
    for above, beside in DIGIT_CROPS:
        read = network.read([crop(zone, box, above, beside) for box in boxes])
        text = _written(kind, [text for text, _ in read])
        found.append(LineReading(f"{digits.NAME}@{above:g},{beside:g}", text, round(min(sure for _, sure in read), 3)))
    return found


def _written(kind: RowKind, texts: list[str]) -> str:
    if kind is RowKind.NUMBER:
        return f"Số: {texts[0]}~"
    day, month = texts
    return f"ngày {day} tháng {month} năm "


def _readings(
    zone: Grey, box: PixelBox, name: str, reader: Reader | None, crops: Sequence[tuple[float, float]]
) -> list[LineReading]:
    if reader is None:
        return []
    read = reader.read([crop(zone, box, *padding) for padding in crops])
    return [
        LineReading(f"{name}@{above:g},{beside:g}", text, round(sure, 3))
        for (above, beside), (text, sure) in zip(crops, read, strict=True)
        if text
    ]


def merge(lines: Sequence[Line], rows: Sequence[Row]) -> tuple[Line, ...]:
    """The page's lines with the readings of the rows in their places.

    A row that no line covers (OCR lost it under a stamp) becomes a line of its own, if it bears a number or a date.
    """
    taken: dict[int, tuple[LineReading, ...]] = {}
    lost = []
    hidden: set[int] = set()
    for row in rows:
        covering = [i for i, line in enumerate(lines) if line.box and _same(line.box, row.box)]
        if row.kind is RowKind.NAME:  # what the engine made of a seal covers no name
            covering = [i for i in covering if person.search(lines[i].text, glued=True)]
        if row.kind is RowKind.NUMBER and covering and all(_is_ink(lines[i]) for i in covering):
            hidden.update(covering)
            covering = []
        for index in covering:
            taken[index] = (*taken.get(index, ()), *row.readings)
        if not covering and _legible(row):
            lost.append(_line(row))
    read = [
        replace(line, readings=(*line.readings, *taken.get(i, ()))) for i, line in enumerate(lines) if i not in hidden
    ]
    return layout.order([*read, *lost]) if lost else tuple(read)


def _is_ink(line: Line) -> bool:
    """Whether the engine made letters of a stamp or a stroke: no label, suffix or digit, and in doubt about it."""
    anchored = NUMBER_ROW.search(strip_marks(line.text).lower())
    return not anchored and min(word.confidence for word in line.words) < UNSURE


def _may_be_name(text: str) -> bool:
    """Whether a row may be a name under a signature, or what ink has left of it.

    >>> [_may_be_name(text) for text in ("Phước Hiền", "ThịLê Vân", "CHỦ TỊCH", "- Sở Nội vụ (b/c);")]
    [True, True, False, False]
    """
    letters = [char for char in text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    return (
        4 <= len(letters) <= 30
        and 1 <= capitals <= 6
        and capitals < 0.5 * len(letters)
        and not re.search(r"[-;:(/\d]", text)
    )


def _legible(row: Row) -> bool:
    """Whether a row that the first engine lost is worth a line: number and date rows, and clear words."""
    first = row.readings[0]
    return row.kind is not RowKind.OTHER or (first.confidence >= CLEAR and sum(map(str.isalpha, first.text)) >= 5)


def _same(line: Box, row: Box) -> bool:
    across = min(line[2], row[2]) - max(line[0], row[0])
    down = min(line[3], row[3]) - max(line[1], row[1])
    narrow, low = min(line[2] - line[0], row[2] - row[0]), min(line[3] - line[1], row[3] - row[1])
    return across > COVERED * narrow and down > COVERED * low


def _line(row: Row) -> Line:
    """The row's first reading as words, laid out as if all characters were of one width; its further readings stay.

    The first is no second witness of itself.
    """
    text = row.readings[0].text
    left, top, right, bottom = row.box
    each = (right - left) / len(text)
    sure = min(OWN_CONFIDENCE, row.readings[0].confidence)
    words = []
    for found in re.finditer(r"\S+", text):
        box = (round(left + found.start() * each, 2), top, round(left + found.end() * each, 2), bottom)
        words.append(Word(found.group(), box, sure, Origin.OCR))
    return Line(tuple(words), None, row.readings[1:])

"""One row of a header or a signature block, read by every engine at several crops. Nothing is judged here.

Each engine may be missing: then its readings are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from evidence.ingest.imaging.opencv import Grey, PixelBox, cv
from evidence.ingest.ocr.engines import digits, ppocr, trueocr_rows
from evidence.ingest.ocr.fields.header_rows import BEHIND_MARK, DetectedRow, RowKind, crop_row, locate_digits
from evidence.model.reading import WHOLE_ROW, EngineProfile, LineReading, RowPlaces

# The paper around a row (row heights above and below, beside) that crops are tried with. A reading's ``crop`` is a
# place in this list, which is stored with it: new ones go to the end.
PADDINGS = (
    (0.0, 0.0),
    (0.0, 0.1), (0.1, 0.1), (0.2, 0.1), (0.35, 0.1), (0.2, 0.2), (0.35, 0.35), (0.3, 0.0),
    (0.1, 1.5), (0.15, 3.0),
    (0.15, 0.0), (0.25, 0.1), (0.38, 0.0),
)  # fmt: skip
FIRST_CROPS, MORE_CROPS = (1, 2), (3, 4)  # for the engine that costs 45 ms a crop
QUICK_CROPS = (1, 2, 3, 4, 5, 6, 7)  # for the one that costs 5
WIDER_CROPS = (8, 9)  # a stroke of the signature through a name hides its first word from the detector
DIGIT_CROPS = (10, 11, 12)
MOSTLY = 0.75  # of the crops at which an engine reads the same
FIGURES = {RowKind.NUMBER: 1, RowKind.DATE: 3}  # that a row has at least
PLACING = 0.1  # row heights around the row in which PP-OCR says where each character stands
NARROWEST = 8  # pixels of a place that digits are read in
STROKE_HIGH, STROKE_INK = 0.3, 0.02  # row heights; row heights squared: smaller ink is dots, leaders, specks
MARK_AND_BEHIND = BEHIND_MARK + 0.25  # row heights of a serial's place that the mark and what follows take up


class RowRecogniser(Protocol):
    """Reads single rows: text and confidence of each crop. EngineError where it fails."""

    def read(self, crops: Sequence[Grey]) -> list[tuple[str, float]]: ...


def first_reading(row: DetectedRow) -> LineReading:
    """What the detector's own recogniser read in the row as it stands."""
    return LineReading(trueocr_rows.PROFILE, row.text, round(row.confidence, 3), WHOLE_ROW)


def read_figures(
    zone: Grey, row: DetectedRow, kind: RowKind, recogniser: RowRecogniser, printed: Sequence[str]
) -> list[LineReading]:
    """A number or date row at many crops, the first reading first. ``printed``: what the page's own engine read there.

    Where all read the same figures no further crop is tried.
    """
    own = [first_reading(row), *read_crops(zone, row.box, trueocr_rows.PROFILE, recogniser, QUICK_CROPS)]
    other = read_crops(zone, row.box, ppocr.PROFILE, ppocr.load(), FIRST_CROPS)
    if not _agree(own, other, printed, FIGURES[kind]):
        other += read_crops(zone, row.box, ppocr.PROFILE, ppocr.load(), MORE_CROPS)
        other += _read_places(zone, row, kind)
    return own + other


def read_wider(zone: Grey, box: PixelBox, recogniser: RowRecogniser) -> list[LineReading]:
    """What stands beside the row too."""
    return read_crops(zone, box, trueocr_rows.PROFILE, recogniser, WIDER_CROPS)


def read_crops(
    zone: Grey, box: PixelBox, profile: EngineProfile, recogniser: RowRecogniser | None, crops: Sequence[int]
) -> list[LineReading]:
    """The row at those crops; none where the engine is missing."""
    if recogniser is None:
        return []
    texts = recogniser.read([crop_row(zone, box, *PADDINGS[number]) for number in crops])
    return [
        LineReading(profile, text, round(confidence, 3), number)
        for number, (text, confidence) in zip(crops, texts, strict=True)
        if text
    ]


def _agree(own: Sequence[LineReading], others: Sequence[LineReading], printed: Sequence[str], least: int) -> bool:
    """Whether all three engines read the same figures, ``least`` or more: the page's own in its line, one at most crops
    and the other at both. That is print, which the page's engine reads and handwriting it does not: another look shows
    nothing new.

    >>> def read(text): return LineReading(ppocr.PROFILE, text, 0.9)
    >>> dates = "ngày 16 tháng 01 năm 2025", "ngày tháng 01 năm 2025"
    >>> [_agree([read(own)] * 4, [read(other)] * 2, [other], 3) for own in dates for other in dates]
    [True, False, False, False]
    """
    figures = {_figures(text) for text in (*printed, *(reading.text for reading in others))}
    if len(printed) != 1 or len(others) < 2 or len(figures) > 1 or any(len(each) < least for each in figures):
        return False
    return sum(_figures(reading.text) in figures for reading in own) >= MOSTLY * len(own)


def _figures(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", text))


def _read_places(zone: Grey, row: DetectedRow, kind: RowKind) -> list[LineReading]:
    """The digit network's readings of the row's places; PP-OCR says where these lie."""
    network, placer = digits.load(), ppocr.load()
    if network is None or placer is None:
        return []
    margin = min(row.box[0], round(PLACING * row.height))
    signs = placer.place(crop_row(zone, row.box, PLACING, PLACING))
    middles = [x - margin + row.box[0] for sign, x in signs for _ in sign]
    places = locate_digits("".join(sign for sign, _ in signs), middles, kind, row.height)
    boxes: list[PixelBox] = [(max(0, round(left)), row.box[1], round(right), row.box[3]) for left, right in places]
    if not boxes or any(right - left < NARROWEST for left, _, right, _ in boxes):
        return []
    strokes = count_strokes(zone, row.box, boxes[0]) if kind is RowKind.NUMBER else None
    readings = []
    for number in DIGIT_CROPS:
        read = network.read([crop_row(zone, box, *PADDINGS[number]) for box in boxes])
        texts = [text for text, _ in read]
        least = round(min(confidence for _, confidence in read), 3)
        parts = row_places(kind, texts, strokes)
        readings.append(LineReading(digits.PROFILE, " ".join(texts), least, number, places=parts))
    return readings


def count_strokes(zone: Grey, row: PixelBox, place: PixelBox) -> int:
    """The pieces of ink as high as a figure in a row's place between the label and the mark behind a number. What
    touches the left edge belongs to the label."""
    height = row[3] - row[1]
    end = place[2] - round(MARK_AND_BEHIND * height)
    if end - place[0] < NARROWEST:
        return 0
    whole = np.ascontiguousarray(zone[row[1] : row[3], row[0] : row[2]])
    level, _ = cv().threshold(whole, 0, 255, cv().THRESH_OTSU)
    ink = (zone[place[1] : place[3], place[0] : end] <= level).astype(np.uint8)
    _, _, pieces, _ = cv().connectedComponentsWithStats(ink)
    high, heavy = STROKE_HIGH * height, STROKE_INK * height**2
    return sum(bool(x > 0 and tall >= high and area >= heavy) for x, _, _, tall, area in pieces[1:])


def row_places(kind: RowKind, texts: Sequence[str], strokes: int | None = None) -> RowPlaces:
    """What was read in the places of a row, by name.

    >>> row_places(RowKind.NUMBER, ["281/"], 3)
    RowPlaces(serial='281', mark='/', day=None, month=None, strokes=3)
    """
    if kind is RowKind.NUMBER:
        marked = texts[0].endswith(("/", "-"))
        serial, mark = (texts[0][:-1], texts[0][-1]) if marked else (texts[0], "")
        return RowPlaces(serial=serial, mark=mark, strokes=strokes)
    day, month = texts
    return RowPlaces(day=day, month=month)

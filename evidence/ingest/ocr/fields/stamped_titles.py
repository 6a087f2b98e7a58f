"""Lines of a title that a stamp in the margin runs into: read again without the stamp.

``CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ / ĐẾN …`` is stamped beside the title, often on the beginning of the subject; the
detector of rows then takes both for one row. But title and subject are centred (NĐ 30/2020, Phụ lục I, ô 5a): where the
right half of a line ends tells where its left half begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from evidence.ingest.imaging.opencv import Grey, PixelBox
from evidence.ingest.ocr.engines.trueocr_rows import TrueOcr
from evidence.ingest.ocr.fields.header_rows import DetectedRow
from evidence.values import kind as kinds
from evidence.vietnamese.text import strip_marks

CENTRED = 0.17  # of the page's width: how far from its middle a title's middle may be
REACH = 9.0  # title heights below the title in which its subject stands
OFF = 1.0  # row heights that a row begins before it should
BEFORE = (0.35, 0.6, 0.15)  # row heights before the place where it should: crops are tried so
ABOVE = (0.0, 0.1)


def clear_of_stamps(zone: Grey, rows: Sequence[DetectedRow], recogniser: TrueOcr) -> dict[PixelBox, DetectedRow]:
    """The rows that a stamp runs into, by their boxes, cut to where they should begin and read there."""
    title = _title(rows, zone.shape[1])
    if title is None:
        return {}
    middle = (title.box[0] + title.box[2]) / 2
    cleared = {}
    for row in rows:
        start = 2 * middle - row.box[2]
        if _in_subject(row, title, middle) and row.box[0] < start - OFF * row.height:
            cleared[row.box] = _best(zone, row, start, recogniser)
    return cleared


def _title(rows: Sequence[DetectedRow], width: int) -> DetectedRow | None:
    near = [row for row in rows if abs((row.box[0] + row.box[2]) / 2 - width / 2) < CENTRED * width]
    named = (row for row in sorted(near, key=lambda row: row.box[1]) if kinds.read_title_line(row.text))
    return next(named, None)


def _in_subject(row: DetectedRow, title: DetectedRow, middle: float) -> bool:
    below = 0.5 * title.height < row.box[1] - title.box[1] < REACH * title.height
    over = row.box[0] < middle < row.box[2] - 2 * row.height
    return below and over and not strip_marks(row.text).lower().startswith(("can cu", "kinh gui"))


def _best(zone: Grey, row: DetectedRow, start: float, recogniser: TrueOcr) -> DetectedRow:
    """The crop that is read with most confidence."""
    top, right, bottom = row.box[1:]
    crops, boxes = [], []
    for before in BEFORE:
        left = max(0, round(start - before * row.height))
        for above in ABOVE:
            high = round(above * row.height)
            crops.append(np.ascontiguousarray(zone[max(0, top - high) : bottom + high, left:right]))
            boxes.append((left, top, right, bottom))
    read = [
        replace(row, box=box, text=text, confidence=sure)
        for box, (text, sure) in zip(boxes, recogniser.read(crops), strict=True)
    ]
    return max(read, key=lambda row: row.confidence)

"""A second look at the header and the end of a scanned page: further engines read the rows there, number and date rows
at several crops; all that they read goes on as data in ``Line.readings``. Nothing is judged here (``extract/voting``
does that).

Each engine may be missing: then its readings are, and without the one that detects the rows there are none at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from evidence.ingest.imaging.opencv import Grey, PixelBox
from evidence.ingest.ocr.engines import digits, ppocr, trueocr_rows
from evidence.ingest.ocr.engines.failure import EngineError
from evidence.ingest.ocr.engines.trueocr_rows import TrueOcr
from evidence.ingest.ocr.fields import covered_names
from evidence.ingest.ocr.fields.field_rows import FieldRow, is_same_row
from evidence.ingest.ocr.fields.header_rows import (
    HEADER,
    DetectedRow,
    RowKind,
    choose_candidates,
    crop_row,
    find_closing_rows,
    widen_row,
)
from evidence.ingest.ocr.fields.row_readings import PADDINGS, first_reading, read_figures, read_wider
from evidence.ingest.ocr.fields.stamped_titles import clear_of_stamps
from evidence.model.document import Line
from evidence.model.geometry import Box
from evidence.model.reading import WHOLE_ROW

LONG_SIDE = 960  # pixels that the zone is shrunk to for detecting rows
LOWEST_ZONE = 8  # pixels


@dataclass(frozen=True, slots=True)
class FieldZones:
    """The rows of a page's header and end. ``failure``: the engine that gave up on them, and why; then there are
    none."""

    rows: tuple[FieldRow, ...] = ()
    failure: EngineError | None = None


def preload() -> None:
    """Loads the further engines."""
    for engine in (trueocr_rows, ppocr, digits):
        engine.load()


def read_zones(
    image: Grey, scale: float, head: float | None, foot: float | None = None, lines: Sequence[Line] = ()
) -> FieldZones:
    """The rows of a page image: down to ``head`` points, and from ``foot`` points down. ``lines``: what the page's
    engine read there."""
    try:
        rows = read_header(image, scale, head, lines) if head is not None else ()
        return FieldZones((*rows, *read_end(image, scale, foot, rows)) if foot is not None else rows)
    except EngineError as error:
        return FieldZones(failure=error)


def read_header(
    image: Grey, scale: float, end: float | None = None, lines: Sequence[Line] = ()
) -> tuple[FieldRow, ...]:
    """The rows of the header zone of a page image (``scale`` points a pixel), down to ``end``, with all readings.

    EngineError where an engine fails.
    """
    detector = trueocr_rows.load()
    if detector is None:
        return ()
    bottom = image.shape[0] * HEADER if end is None else end / scale
    zone = np.ascontiguousarray(image[: round(bottom)])
    detected = _detect(zone, detector)
    kinds = choose_candidates(detected, image.shape[0])
    cleared = clear_of_stamps(zone, [row for row in detected if row.box not in kinds], detector)
    rows = []
    for row in (cleared.get(row.box, row) for row in detected):
        kind = kinds.get(row.box, RowKind.OTHER)
        whole = widen_row(row, detected) if kind is RowKind.NUMBER else row
        rows.append(_read_row(zone, whole, kind, detector, scale, lines))
    return tuple(rows)


def read_end(image: Grey, scale: float, top: float, known: Sequence[FieldRow] = ()) -> tuple[FieldRow, ...]:
    """The rows from ``top`` points down, each read once: names and titles that seals and signatures lie over.

    Number and date of a consolidated text, which stand there, are read like those of a header; a name that is missing
    under the signer's title is looked for. EngineError where an engine fails.
    """
    detector = trueocr_rows.load()
    start = round(top / scale)
    zone = np.ascontiguousarray(image[start:])
    if detector is None or zone.shape[0] < LOWEST_ZONE:
        return ()
    detected = _detect(zone, detector)
    kinds = find_closing_rows(detected, zone.shape[1])
    rows = []
    for row in detected:
        read = _read_row(zone, row, kinds.get(row.box, RowKind.OTHER), detector, scale)
        if _may_be_name(row.text):
            read = replace(read, readings=(*read.readings, *read_wider(zone, row.box, detector)))
        rows.append(read)
    rows = _with_hidden_name(zone, detected, rows, scale)
    lowered = [replace(row, box=_lowered(row.box, start * scale)) for row in rows]
    return tuple(row for row in lowered if not any(is_same_row(row.box, other.box) for other in known))


def _detect(zone: Grey, detector: TrueOcr) -> list[DetectedRow]:
    """The rows of a zone with what was read in each as it stands; those without any text are left out."""
    boxes = detector.rows(zone, LONG_SIDE)
    texts = detector.read([crop_row(zone, box, *PADDINGS[WHOLE_ROW]) for box in boxes])
    return [DetectedRow(box, text, sure) for box, (text, sure) in zip(boxes, texts, strict=True) if text]


def _read_row(
    zone: Grey, row: DetectedRow, kind: RowKind, detector: TrueOcr, scale: float, lines: Sequence[Line] = ()
) -> FieldRow:
    box = _in_points(row.box, scale)
    if kind is RowKind.OTHER:
        return FieldRow(box, kind, (first_reading(row),))
    printed = [line.text for line in lines if line.box and is_same_row(line.box, box)]
    return FieldRow(box, kind, tuple(read_figures(zone, row, kind, detector, printed)))


def _with_hidden_name(
    zone: Grey, detected: Sequence[DetectedRow], rows: list[FieldRow], scale: float
) -> list[FieldRow]:
    """The rows, and a name that ink hides in the place of what was detected there; a stamped one as it was read by the
    engine that can, alone."""
    name = covered_names.find_name(zone, detected)
    stamped = None if name and name.is_clear else covered_names.find_stamped_name(zone, detected)
    name = stamped or name
    if name is None:
        return rows
    box = _in_points(name.box, scale)
    there = [row for row in rows if is_same_row(box, row.box)]
    others = () if stamped else tuple(reading for row in there for reading in row.readings)
    return [*(row for row in rows if row not in there), FieldRow(box, RowKind.NAME, (*name.readings, *others))]


def _in_points(box: PixelBox, scale: float) -> Box:
    left, top, right, bottom = (round(value * scale, 2) for value in box)
    return left, top, right, bottom


def _lowered(box: Box, by: float) -> Box:
    return box[0], round(box[1] + by, 2), box[2], round(box[3] + by, 2)


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

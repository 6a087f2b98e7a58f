"""Names that a seal or a stroke of the pen hides from the row detector: looked for blindly under the signer's title.

And names stamped in a script: the first recogniser is trained on print, the other engine reads them.
The detector takes a name that touches a seal for a part of the drawing. But a name stands in the same column as the
title over it, one to six centimetres below: so that column is read window by window, and the window in which a name is
read best is the row. Nothing is judged here: all readings go on as data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evidence.ingest.imaging.opencv import Grey, PixelBox
from evidence.ingest.ocr.engines import ppocr, trueocr_rows
from evidence.ingest.ocr.engines.trueocr_rows import TrueOcr
from evidence.ingest.ocr.fields.header_rows import DetectedRow
from evidence.model.reading import LineReading
from evidence.values import person
from evidence.vietnamese.text import capital_share, strip_marks

OFFICE = re.compile(
    r"\b(?:chu tich|giam doc|bo truong|thu truong|thu tuong|chanh van phong|vu truong|cuc truong|chu nhiem|truong phong"
    r"|truong ban|tong cuc truong|hieu truong|vien truong|chanh thanh tra|tong thanh tra|tong thu ky|bi thu|chanh an"
    r"|chi huy truong|tong kiem toan|thong doc|tu lenh|cuc pho|pho truong)\W*$"
)
# "TM. CHÍNH PHỦ": where a seal hides the office, the authority above it stands in its place
AUTHORITY = re.compile(r"\W{0,2}(?:TM|T/M|KT|K/T|TL|TUQ)\b\s*[./,]?\s*(?=[A-ZĐÀ-Ỹ]{2})")
STAMPED = (0.0, 0.1, 0.15, 0.2, 0.3)  # row heights of paper around a stamped name that it is read with
PLAIN = 0.75  # of what the other engine thinks of such a name
WINDOWS, STEP = (0.65, 0.8, 1.0), 0.25  # of the title's height: how high windows are, and how far the next one is below
SEEDS = (0.7, 0.85, 1.0, 1.15, 1.3)  # of a found row's height: how high windows around it are
FAR = 10.0  # title heights from the title to the name at most: six centimetres
WIDE = 4.5  # title heights to either side of its middle: "Nguyễn Thị Minh Khai"
HEIGHTS = (0.7, 0.8, 0.9, 1.0, 1.15, 1.3)  # of windows around the best one
LEAST = 6  # letters of what may be left of a name
MOST = 10  # windows that the other engine reads too
VERY_CLEAR = 0.95  # the same for a name with a syllable that stands in no list
CLEAR = 0.88  # of what the detector's own rows say of a name: then none is hidden
LEGIBLE = 0.65  # of what an engine thinks of a window: the strokes of seals and signatures stay below


@dataclass(frozen=True, slots=True)
class HiddenName:
    """Where a name is hidden, and how it was read in each window, the best one first."""

    box: PixelBox
    readings: tuple[LineReading, ...]

    @property
    def is_clear(self) -> bool:
        """Whether the first recogniser, which is trained on print, reads it clearly: then it is no script."""
        return any(reading.engine == trueocr_rows.PROFILE and reading.confidence >= CLEAR for reading in self.readings)


@dataclass(frozen=True, slots=True)
class _Window:
    box: PixelBox
    text: str
    confidence: float

    @property
    def name(self) -> str | None:
        return person.search(self.text, glued=True)


def find_name(image: Grey, rows: Sequence[DetectedRow]) -> HiddenName | None:
    """The name that is hidden under the last title of ``rows``; ``None`` where none is missing or none can be read.

    EngineError where an engine fails.
    """
    title, recogniser = _title(rows, image.shape[1]), trueocr_rows.load()
    if title is None or recogniser is None or any(_names(row, title) for row in rows):
        return None
    windows = _best_windows(image, title, rows, recogniser)
    return HiddenName(windows[0].box, _readings(image, windows)) if windows else None


def find_stamped_name(image: Grey, rows: Sequence[DetectedRow]) -> HiddenName | None:
    """The name under the last title of ``rows`` in a row that the first recogniser cannot read and the other one can;
    ``None`` where there is none. EngineError where an engine fails."""
    titles, other = _titles(rows, image.shape[1]), ppocr.load()
    if other is None or any(_names(row, title) for row in rows for title in titles):
        return None
    for row in rows:
        if row.confidence >= CLEAR or not any(_may_hold(row, title) for title in titles):
            continue
        crops = [_widened(image, row, round(share * row.height)) for share in STAMPED]
        texts = [(text, sure) for text, sure in other.read(crops) if sure >= PLAIN and _is_usual_name(text)]
        if texts:
            texts.sort(key=lambda read: -read[1])
            readings = (LineReading(ppocr.PROFILE, text, round(sure, 3), at) for at, (text, sure) in enumerate(texts))
            return HiddenName(row.box, tuple(readings))
    return None


def _widened(image: Grey, row: DetectedRow, by: int) -> Grey:
    """The row with so many pixels of paper above and below, and twice as many beside it."""
    left, top, right, bottom = row.box
    return np.ascontiguousarray(image[max(0, top - by) : bottom + by, max(0, left - 2 * by) : right + 2 * by])


def _is_usual_name(text: str) -> bool:
    """Whether a text holds a name whose words, marks aside, are all names; one without any marks was not read well.

    >>> [_is_usual_name(text) for text in ("TS: Ngó Xuân Hoàrg", "-Nguyên Vān Phuc", "Văn Jhuc", "Iquyēn Van Phúc")]
    [True, True, False, False]
    """
    name = person.search(text, glued=True) if strip_marks(text) != text else None
    return name is not None and all(person.is_given(person.usual_given_name(word)) for word in name.split()[1:])


def _best_windows(image: Grey, title: DetectedRow, rows: Sequence[DetectedRow], recogniser: TrueOcr) -> list[_Window]:
    """The windows of one row in which a name can be read, the best one first."""
    seeds = [row for row in rows if _may_hold(row, title)]
    wide = max([WIDE * title.height, *(_reach(row.box, title) for row in seeds)])
    tried = [_window(image, title, _level(row.box), share * row.height, wide) for row in seeds for share in SEEDS]
    windows = _read(image, tried, recogniser)
    if not windows:
        levels = _levels(title, image.shape[0])
        blind = [_window(image, title, level, high * title.height, wide) for high in WINDOWS for level in levels]
        windows = _read(image, blind, recogniser)
    if not windows:
        return []
    best = max(windows, key=lambda window: window.confidence)
    around = [_window(image, title, level, high, wide) for level, high in _around(best, title)]
    windows = sorted([*windows, *_read(image, around, recogniser)], key=lambda window: -window.confidence)
    return [window for window in windows if abs(_level(window.box) - _level(best.box)) < 0.5 * title.height]


def _readings(image: Grey, windows: Sequence[_Window]) -> tuple[LineReading, ...]:
    """What was read in the windows, and what the other engine reads in the best of them."""
    readings = [
        LineReading(trueocr_rows.PROFILE, window.text, round(window.confidence, 3), number)
        for number, window in enumerate(windows)
    ]
    other = ppocr.load()
    if other is not None:
        for number, window in enumerate(windows[:MOST]):
            left, top, right, bottom = window.box
            text, confidence = other.read([image[top:bottom, left:right]])[0]
            readings.append(LineReading(ppocr.PROFILE, text, round(confidence, 3), number))
    return tuple(reading for reading in readings if reading.text)


def _title(rows: Sequence[DetectedRow], width: int) -> DetectedRow | None:
    """The lowest title."""
    return max(_titles(rows, width), key=lambda row: row.box[1], default=None)


def _titles(rows: Sequence[DetectedRow], width: int) -> list[DetectedRow]:
    """The rows in the right half that name an office, in capitals; else those that say for whom it is signed."""
    right = [row for row in rows if _middle(row.box) > 0.45 * width]
    return [row for row in right if _is_title(row.text)] or [row for row in right if AUTHORITY.match(row.text)]


def _is_title(text: str) -> bool:
    """
    >>> [_is_title(text) for text in ("PHÓ THỦ TƯỚNG", ":PHÓ CHỦ TỊCH", "Phó Chủ tịch UBND tỉnh", "CHÍNH PHỦ")]
    [True, True, False, False]
    """
    return capital_share(text) > 0.8 and bool(OFFICE.search(strip_marks(text).lower()))


def _names(row: DetectedRow, title: DetectedRow) -> bool:
    """Whether the row is a name under the title that is read well: there is nothing to look for then."""
    name = person.search(row.text, glued=True) if _under(row, title) and row.confidence >= CLEAR else None
    if name is None or not person.has_family_name(name):
        return False
    return row.confidence >= VERY_CLEAR or all(map(person.is_given, name.split()[1:]))


def _may_hold(row: DetectedRow, title: DetectedRow) -> bool:
    """Whether a row under the title may be what ink has left of a name."""
    letters = [char for char in row.text if char.isalpha()]
    return _under(row, title) and len(letters) >= LEAST and sum(map(str.islower, letters)) > 0.5 * len(letters)


def _under(row: DetectedRow, title: DetectedRow) -> bool:
    below = 0 < row.box[1] - title.box[1] < 1.2 * FAR * title.height
    return below and abs(_middle(row.box) - _middle(title.box)) < WIDE * title.height


def _level(box: PixelBox) -> float:
    return (box[1] + box[3]) / 2


def _middle(box: PixelBox) -> float:
    return (box[0] + box[2]) / 2


def _levels(title: DetectedRow, height: int) -> list[float]:
    """The middles of the windows that the column under the title is read in."""
    first = title.box[3] + 1.5 * title.height
    last = min(title.box[3] + FAR * title.height, height - 0.5 * title.height)
    return [float(level) for level in np.arange(first, last, STEP * title.height)]


def _around(best: _Window, title: DetectedRow) -> list[tuple[float, float]]:
    """Middles and heights of windows that lie around the best one, and a little off it."""
    shifts = (-0.2, -0.1, 0.0, 0.1, 0.2)
    return [(_level(best.box) + shift * title.height, high * title.height) for high in HEIGHTS for shift in shifts]


def _reach(box: PixelBox, title: DetectedRow) -> float:
    """How far a row reaches to either side of the title's middle: a rank may stand before the name."""
    middle = _middle(title.box)
    return max(middle - box[0], box[2] - middle) + 0.3 * title.height


def _window(image: Grey, title: DetectedRow, level: float, high: float, wide: float) -> PixelBox:
    middle = _middle(title.box)
    left, right = max(0, round(middle - wide)), min(image.shape[1], round(middle + wide))
    return left, max(0, round(level - high / 2)), right, min(image.shape[0], round(level + high / 2))


def _read(image: Grey, boxes: Sequence[PixelBox], recogniser: TrueOcr) -> list[_Window]:
    """The windows in which a name of a known family can be read."""
    crops = [np.ascontiguousarray(image[top:bottom, left:right]) for left, top, right, bottom in boxes]
    windows = [_Window(box, text, sure) for box, (text, sure) in zip(boxes, recogniser.read(crops), strict=True)]
    return [window for window in windows if window.confidence >= LEGIBLE and window.name]

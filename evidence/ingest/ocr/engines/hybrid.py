"""The default engine: TrueOCR reads every page, Tesseract reads where fields stand and where TrueOCR fails.

TrueOCR with its spelling model is quicker and reads print better than Tesseract; but a field is sure only where
engines that fail differently agree (``extract/voting``), so header and end zones are read by both. A page of which
TrueOCR makes little (it lies on its side, it is no print) is Tesseract's; so is every page where TrueOCR is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property

import numpy as np

from evidence.ingest.imaging.opencv import Grey, cv
from evidence.ingest.layout.reading_order import sort_lines
from evidence.ingest.ocr.engines import trueocr_pages, trueocr_rows
from evidence.ingest.ocr.engines.tesseract import Tesseract
from evidence.model.document import Line
from evidence.model.geometry import POINTS, Box
from evidence.model.reading import LineReading, ReadingRole
from evidence.vietnamese import bigrams
from evidence.vietnamese.bigrams import BigramCounts, BigramModel
from evidence.vietnamese.text import fold, strip_marks

BEST = POINTS / 200  # points a pixel at which TrueOCR reads best
FINE = POINTS / 230  # and below which an image is made coarser for it
BLUR = 0.7  # pixels: passages of real scans 0.56 -> 0.47 % wrong letters
# Of 144 real scans none had a smaller share of letters in syllables that are known, as read, than 0.92, and none was
# less sure than 0.84; on their sides and heads they have 0.09 or are sure by 0.5.
KNOWN, SURE = 0.7, 0.7
FEW = 40  # letters: too few to judge by
WORD = re.compile(r"[^\W\d_]{2,}")
PRINT, CLEAR = 5, 0.6  # letters and confidence of each word from which a line is print, wherever it stands
HALF = 0.5  # share of its height on a row, and of that row's height, which a line of print has at least
MARGIN = 2.0  # points of paper above and below a zone


class HybridEngine:
    """TrueOCR for the page, Tesseract for its zones."""

    def __init__(self) -> None:
        self._tesseract = Tesseract()
        self._own_counts: BigramCounts | None = None

    def learn_spelling(self, counts: BigramCounts | None) -> None:
        self._own_counts = counts

    @property
    def name(self) -> str:
        """With the mark of the archive's own counts, where rows are spelled by them."""
        version = trueocr_rows.version()
        if not version:
            return self._tesseract.name
        taught = f" ({self._own_counts.mark})" if self._own_counts else ""
        return f"{trueocr_rows.NAME} {version}{taught} + {self._tesseract.name}"

    @cached_property
    def _model(self) -> BigramModel:
        return bigrams.teach_model(self._own_counts) if self._own_counts else bigrams.load_model()

    @property
    def programs(self) -> tuple[str, ...]:
        return self._tesseract.programs

    def check(self) -> None:
        self._tesseract.check()

    def preload(self) -> None:
        self._tesseract.preload()
        if trueocr_rows.load() is not None:
            _ = bigrams.load_model(), self._model

    def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
        engine = trueocr_rows.load()
        if engine is None:
            return self._tesseract.read(image, scale)
        smooth, points = _smooth(image, scale)
        lines = trueocr_pages.read_page(smooth, points, engine, self._model)
        if (lines and not is_poor(lines)) or self.detect_rotation(image):
            return lines  # what lies on its side is turned first (``ocr.page``)
        other = self._tesseract.read(image, scale)
        return max(lines, other, key=lambda lines: count_known_letters(lines)[0])

    def reread_zones(
        self, image: Grey, scale: float, lines: Sequence[Line], head: float | None, foot: float | None
    ) -> tuple[Line, ...]:
        """The lines with those down to ``head`` points, and from ``foot`` points down, by Tesseract."""
        if trueocr_rows.load() is None:
            return tuple(lines)
        high = image.shape[0]
        for top, bottom in _zone_bounds(lines, high * scale, head, foot):
            first, last = max(0, round(top / scale)), min(high, round(bottom / scale))
            own = self._tesseract.read_part(image, scale, first, last)
            inside = [line for line in lines if top <= _middle(line) < bottom]
            kept = _join_row_parts([line for line in own if _is_print(line, inside)], inside)
            kept = [_with_spelled_reading(line, inside) for line in kept]
            lines = [*(line for line in lines if not top <= _middle(line) < bottom), *kept]
        return sort_lines(lines)

    def detect_rotation(self, image: Grey) -> int:
        return self._tesseract.detect_rotation(image)


def _smooth(image: Grey, scale: float) -> tuple[Grey, float]:
    """The image without the grain that the recogniser takes for marks: at 200 dpi, or a little blurred; its scale."""
    if scale < FINE:
        size = round(image.shape[1] * scale / BEST), round(image.shape[0] * scale / BEST)
        return np.asarray(cv().resize(image, size, interpolation=cv().INTER_AREA), np.uint8), BEST
    return np.asarray(cv().GaussianBlur(image, (0, 0), BLUR), np.uint8), scale


def _zone_bounds(
    lines: Sequence[Line], height: float, head: float | None, foot: float | None
) -> list[tuple[float, float]]:
    """From where to where Tesseract reads, between rows."""
    boxes = [line.box for line in lines if line.box]
    end = 0.0 if head is None else max((box[3] for box in boxes if (box[1] + box[3]) / 2 < head), default=head) + MARGIN
    start = None if foot is None else min((box[1] for box in boxes if (box[1] + box[3]) / 2 >= foot), default=foot)
    if start is None:
        return [] if head is None else [(0.0, end)]
    start = max(0.0, start - MARGIN)
    if head is None:
        return [(start, height)]
    return [(0.0, height)] if start <= end else [(0.0, end), (start, height)]


def _join_row_parts(lines: Sequence[Line], rows: Sequence[Line]) -> list[Line]:
    """Tesseract's lines; what it cut out of one row of the finder's as one: a part of a row is no witness of it."""
    groups: dict[int, list[Line]] = {}
    for at, line in enumerate(lines):
        middle = _middle(line)
        holds = (n for n, row in enumerate(rows) if row.box and line.box and _holds(row.box, line.box, middle))
        groups.setdefault(next(holds, -1 - at), []).append(line)
    made = []
    for parts in groups.values():
        words = sorted((word for part in parts for word in part.words), key=lambda word: word.box[0] if word.box else 0)
        made.append(replace(parts[0], words=tuple(words)))
    return made


def _with_spelled_reading(line: Line, rows: Sequence[Line]) -> Line:
    """Tesseract's line with what TrueOCR, spelled, made of it, where both read the same letters with other marks: of
    ``TỈNH LÂM ĐÔNG`` and ``LÂM ĐỎNG`` the spelling model knew the province. Figures are never spelled."""
    letters = strip_marks(line.text).lower()
    if any(map(str.isdigit, letters)):
        return line
    for row in rows:
        if row.text != line.text and strip_marks(row.text).lower() == letters:
            sure = round(min(word.confidence for word in row.words), 3)
            spelled = LineReading(trueocr_rows.PROFILE, row.text, sure, role=ReadingRole.SPELLED)
            return replace(line, readings=(*line.readings, spelled))
    return line


def _holds(row: Box, part: Box, middle: float) -> bool:
    return row[1] < middle < row[3] and row[0] < (part[0] + part[2]) / 2 < row[2]


def _is_print(line: Line, rows: Sequence[Line]) -> bool:
    """Whether a line of Tesseract's is more than ink of stamps and signatures: it stands on a row that the finder of
    rows found too, or it reads well."""
    box = line.box
    letters = sum(map(str.isalnum, line.text))
    if box is None or (letters >= PRINT and min(word.confidence for word in line.words) >= CLEAR):
        return box is not None
    height = box[3] - box[1]
    beside = (row.box for row in rows if row.box and row.box[0] < box[2] and box[0] < row.box[2])
    shared = ((min(box[3], row[3]) - max(box[1], row[1]), height / max(row[3] - row[1], 1.0)) for row in beside)
    return any(common > HALF * height and share > HALF for common, share in shared)


def _middle(line: Line) -> float:
    box = line.box
    return (box[1] + box[3]) / 2 if box else 0.0


def is_poor(lines: Sequence[Line]) -> bool:
    """Whether the recogniser made little of the page: it doubts its letters, or they make no Vietnamese."""
    good, total = count_known_letters(lines)
    sure = sum(len(word.text) * word.confidence for line in lines for word in line.words)
    size = sum(len(word.text) for line in lines for word in line.words)
    return sure < SURE * size or (total >= FEW and good < KNOWN * total)


def count_known_letters(lines: Sequence[Line]) -> tuple[int, int]:
    """How many letters stand in known syllables, words as they were read, and of how many.

    Capitals (``UBND``) and single letters say nothing.
    """
    good = total = 0
    for line in lines:
        raw = next((reading.text for reading in line.readings if reading.role is ReadingRole.RAW), line.text)
        for word in WORD.findall(raw):
            if not word.isupper():
                total += len(word)
                good += len(word) if _knows(word) else 0
    return good, total


@cache
def _knows(word: str) -> bool:
    return bigrams.load_model().knows(fold(word))

"""A page image -> lines, by TrueOCR and the model of syllables: 0.34 s of processor time a page, Tesseract's is 0.75.

Rows are found by a network, read in batches of like width and spelled (``spelling``). A word's box is the ink between
the blanks on either side of it. Where spelling changed a word, the row as it was read stays in ``Line.readings`` with
the role ``RAW``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from evidence.ingest.imaging.opencv import Grey, PixelBox
from evidence.ingest.layout.reading_order import cut_row, sort_lines
from evidence.ingest.ocr.decoding import spelling
from evidence.ingest.ocr.decoding.spelling import SpelledWord
from evidence.ingest.ocr.engines import trueocr_rows
from evidence.ingest.ocr.engines.trueocr_rows import TrueOcr
from evidence.model.document import Line, Origin, Word
from evidence.model.reading import LineReading, ReadingRole
from evidence.vietnamese import bigrams
from evidence.vietnamese.bigrams import BigramModel

REPAIRED = 0.89  # the most that a word can be sure of whose spelling was chosen: just below sure
BLACK, PAPER = 0.02, 0.8  # shares of a row's pixels that are darker
DARK = 0.45  # of the way from ink to paper: what is darker is ink
ALIKE = 0.7  # share of the lower row's height that two pieces of one printed row have in common
BESIDE = 1.2  # row heights between such pieces


def read_page(image: Grey, scale: float, engine: TrueOcr, model: BigramModel | None = None) -> tuple[Line, ...]:
    """The lines of a page image in reading order; boxes in points (``scale`` points a pixel). Spelled by the shipped
    model where no other is given."""
    boxes = _in_order(engine.page_rows(image))
    letters = engine.spell(image, boxes)
    words = spelling.spell_rows(letters, model or bigrams.load_model())
    rows = [(box, spelt, _words(image, box, spelt, scale)) for box, spelt in zip(boxes, words, strict=True) if spelt]
    lines = [line for printed in _printed(rows) for line in _lines(printed)]
    return sort_lines(lines)


_Row = tuple[PixelBox, list[SpelledWord], list[Word]]


def _in_order(boxes: Sequence[PixelBox]) -> list[PixelBox]:
    """Rows as they are read, so that a sentence's rows follow each other: top to bottom, then left to right."""
    if not boxes:
        return []
    words = [Word(str(at), tuple(map(float, box)), 1.0, Origin.OCR) for at, box in enumerate(boxes)]  # type: ignore[arg-type]
    return [boxes[int(line.text)] for line in sort_lines(Line((word,)) for word in words)]


def _printed(rows: Sequence[_Row]) -> list[list[_Row]]:
    """The pieces that the finder took apart though they are one printed row, together."""
    printed: list[list[_Row]] = []
    for row in rows:
        for other in reversed(printed[-3:]):
            if _goes_on(other[-1][0], row[0]):
                other.append(row)
                break
        else:
            printed.append([row])
    return printed


def _goes_on(box: PixelBox, following: PixelBox) -> bool:
    low = min(box[3] - box[1], following[3] - following[1])
    shared = min(box[3], following[3]) - max(box[1], following[1])
    return shared > ALIKE * low and -0.5 * low < following[0] - box[2] < BESIDE * low


def _lines(printed: Sequence[_Row]) -> list[Line]:
    """One printed row, cut where its words stand apart; what was read before spelling goes with its part."""
    raws = {id(word): spelled.raw for _, row, words in printed for spelled, word in zip(row, words, strict=True)}
    lines = []
    for part in cut_row([word for _, _, words in printed for word in words]):
        raw = " ".join(raws[id(word)] for word in part)
        line = Line(tuple(part), engine=trueocr_rows.PROFILE)
        sure = round(min(word.confidence for word in part), 3)
        reading = LineReading(trueocr_rows.PROFILE, raw, sure, role=ReadingRole.RAW)
        lines.append(replace(line, readings=(reading,)) if raw != line.text else line)
    return lines


def _words(image: Grey, box: PixelBox, spelled: Sequence[SpelledWord], scale: float) -> list[Word]:
    """Each word with the box of its ink; from the middle of one blank to the middle of the next where none is seen."""
    left, top, right, bottom = box
    row = image[top:bottom, left:right]
    levels = np.bincount(row[::2, ::2].ravel(), minlength=256).cumsum()
    black, paper = (int(np.searchsorted(levels, share * levels[-1])) for share in (BLACK, PAPER))
    ink = row < black + DARK * (paper - black)
    ends = [(word.letters[0].left - left, word.letters[-1].right - left) for word in spelled]
    cuts = [0.0, *((a[1] + b[0]) / 2 for a, b in pairwise(ends)), float(right - left)]
    words = []
    for at, word in enumerate(spelled):
        start, stop = max(0, round(cuts[at])), min(right - left, round(cuts[at + 1]))
        x0, y0, x1, y1 = _ink(ink[:, start:stop])
        place = (left + start + x0, top + y0, left + start + x1, top + y1)
        sure = word.sure if word.text == word.raw else min(word.sure, REPAIRED)
        x, y, z, w = (round(value * scale, 2) for value in place)
        words.append(Word(word.text, (x, y, z, w), round(sure, 3), Origin.OCR))
    return words


def _ink(dark: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """The box around the dark pixels; the whole where there are none."""
    high, wide = dark.shape
    across, down = np.flatnonzero(dark.any(0)), np.flatnonzero(dark.any(1))
    if not len(across):
        return 0, 0, max(1, wide), high
    return int(across[0]), int(down[0]), int(across[-1]) + 1, int(down[-1]) + 1

"""TrueOCR (PyPI ``trueocr``, Apache-2.0, weights in the wheel): finds the rows of a page and reads Vietnamese print.

Beside Tesseract it is a witness, which reads nearly every printed number and date and about half of the handwritten
ones; for whole pages it is the quick reader (``together``). Young (0.1.x, one author), so nothing needs it: where it is
not installed, ``load`` gives ``None``.

Of the package the models are used and the preparing of rows; the recogniser's own probabilities are taken out of its
graph, for what else each letter may be (``spelling``).
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidence.ingest.imaging.opencv import Grey, PixelBox, cv
from evidence.ingest.ocr.decoding.ctc import Letter, decode_greedy, decode_letters
from evidence.ingest.ocr.engines.failure import engine_errors
from evidence.ingest.ocr.engines.onnx import Session, expose_outputs, open_session
from evidence.model.reading import Alphabet, EngineProfile, Handwriting
from evidence.third_party import TRUEOCR_CHARSET, TRUEOCR_DETECTOR, TRUEOCR_PAGE, TRUEOCR_RECOGNISER, TRUEOCR_ROWS

NAME = "trueocr"
PROFILE = EngineProfile(NAME, Handwriting.PARTLY, Alphabet.VIETNAMESE)
PAGE_SIDE = 1024  # pixels that a page's long side is shrunk to for finding rows: what the finder was made for
LOWEST_ROW, SMALL_ROW, FINEST = 9.0, 12.0, 2048  # rows lower than this are looked for again, larger (pixels)
WIDEST = 1024  # pixels at a height of 32: a longer row is squeezed
STRIDE = 4  # pixels a step of the recogniser
BATCH = 2500  # pixel columns read at a time, three rows: 0.17 s a page; 40,000, as the package does it: 0.24 s


class TrueOcr:
    """Row detection and row recognition, one thread, no more models than these two."""

    def __init__(self) -> None:
        charset, detector, recogniser = (
            part.locate() for part in (TRUEOCR_CHARSET, TRUEOCR_DETECTOR, TRUEOCR_RECOGNISER)
        )
        if charset is None or detector is None or recogniser is None:
            raise FileNotFoundError(NAME)
        cv()  # the package draws on it too: told to use one thread before it does
        self._page: Any = importlib.import_module(TRUEOCR_PAGE.name)
        self._preparing: Any = importlib.import_module(TRUEOCR_ROWS.name)
        self._signs: list[str] = json.loads(charset.read_text("utf-8"))["charset"]
        self._detector = _session(detector)
        self._recogniser = _session(expose_outputs(recogniser.read_bytes(), ["topi", "topv"]))

    @engine_errors(NAME)
    def rows(self, image: Grey, long_side: int) -> list[PixelBox]:
        """The rows of text, in pixels; the image is looked at with its long side shrunk to ``long_side``."""
        return _boxes(*self._detect(image, long_side), image.shape)

    @engine_errors(NAME)
    def page_rows(self, image: Grey) -> list[PixelBox]:
        """The rows of a whole page; looked for again, larger, where most are too low to be told apart."""
        rows, scale = self._detect(image, PAGE_SIDE)
        if len(rows) >= 8:
            low = float(np.median(rows[:, 3] - rows[:, 1]))
            if low < LOWEST_ROW:
                rows, scale = self._detect(image, int(min(FINEST, PAGE_SIDE * SMALL_ROW / max(low, 1.0))) // 32 * 32)
        return _boxes(rows, scale, image.shape)

    def _detect(self, image: Grey, long_side: int) -> tuple[NDArray[np.float32], float]:
        """The rows (left, top, right, bottom, score) of the shrunk image, and by how much it was shrunk."""
        ink, scale = self._page.det_input(image, long_side)
        return self._page.decode_lines(self._detector.run(None, {"x": ink[None, None]})[0][0]), scale

    @engine_errors(NAME)
    def read(self, crops: Sequence[Grey]) -> list[tuple[str, float]]:
        """Text and confidence (mean of the CTC peaks: not calibrated) of each crop."""
        rows = [self._preparing.prepare_gray(crop) for crop in crops]
        texts = [("", 0.0)] * len(rows)
        for index, signs, sure in self._run(rows, ("ids", "conf")):
            texts[index] = decode_greedy(signs, sure, self._signs)
        return texts

    @engine_errors(NAME)
    def spell(self, image: Grey, boxes: Sequence[PixelBox]) -> list[list[Letter]]:
        """The letters of each row of the image, with all that the recogniser thought of each.

        Rows are cut out with what stands above and below them, as the recogniser was taught: 3 % fewer errors than
        with white there.
        """
        rows, places = [], []
        for left, top, right, bottom in boxes:
            crop = self._preparing.crop_line(image, (left, top, right, bottom), window=3, max_width=WIDEST)
            margin = int(np.floor(left - 0.3 * (bottom - top)))
            across = int(np.ceil(right + 0.3 * (bottom - top))) - margin
            rows.append(crop)
            places.append((float(margin), across / crop.shape[1]))
        spelt: list[list[Letter]] = [[] for _ in rows]
        for index, signs, scores in self._run(rows, ("topi", "topv")):
            start, each = places[index]
            spelt[index] = decode_letters(signs, scores, self._signs, start, STRIDE * each)
        return spelt

    def _run(
        self, rows: Sequence[NDArray[np.float32]], names: tuple[str, str]
    ) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.float32]]]:
        """Two outputs of the recogniser for each row, signs and scores, cut to the row's steps; rows of like width are
        read together."""
        for batch in self._preparing.width_batches([row.shape[1] for row in rows], max_area=BATCH):
            pixels, widths = self._preparing.pad_batch([rows[index] for index in batch])
            signs, scores, lengths = self._recogniser.run([*names, "lengths"], {"x": pixels, "widths": widths})
            for place, index in enumerate(batch):
                steps = int(lengths[place])
                yield index, signs[place, :steps], scores[place, :steps]


def _session(model: Path | bytes) -> Session:
    session = open_session(model, arena=True)
    if session is None:
        raise ImportError("onnxruntime")
    return session


def _boxes(rows: NDArray[np.float32], scale: float, shape: tuple[int, ...]) -> list[PixelBox]:
    """The detected rows in whole pixels of the image; specks are left out."""
    high, wide = shape
    boxes = []
    for left, top, right, bottom, _ in rows:
        box = (int(left / scale), int(top / scale), int(np.ceil(right / scale)), int(np.ceil(bottom / scale)))
        box = (max(0, box[0]), max(0, box[1]), min(wide, box[2]), min(high, box[3]))
        if box[2] - box[0] >= 8 and box[3] - box[1] >= 8:
            boxes.append(box)
    return boxes


def version() -> str | None:
    """The installed version; ``None`` where there is none."""
    try:
        return importlib.metadata.version(NAME)
    except importlib.metadata.PackageNotFoundError:
        return None


@cache
def load() -> TrueOcr | None:
    """The engine, loaded once a process; ``None`` where the package is not installed."""
    try:
        return TrueOcr()
    except (ImportError, FileNotFoundError):
        return None

"""PP-OCRv6's small recogniser, as PyPI's ``rapidocr`` (Apache-2.0) ships it: the second pair of eyes for digits.

It knows hardly any Vietnamese vowel, but reads handwritten digits better than any other engine measured (44 of 54
numbers together with TrueOCR). Only its ONNX file is used: the package itself imports a dozen others. Not installed:
``None``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.ocr.engines.failure import engine_errors
from evidence.ingest.ocr.engines.onnx import Session, open_session
from evidence.model.reading import Alphabet, EngineProfile, Handwriting
from evidence.third_party import PPOCR_RECOGNISER

NAME = "ppocr"
PROFILE = EngineProfile(NAME, Handwriting.WELL, Alphabet.LATIN)
HIGH = 48  # pixels: the network's fixed height
LAST_LATIN = "\u1eff"  # 18,000 Chinese characters stand beyond; a Vietnamese row has none


class PpOcr:
    """One session, one thread. Rows are read one by one: a batch pads all to the widest and changes what is read."""

    def __init__(self, session: Session) -> None:
        self._session = session
        signs = session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._signs = ["", *signs, " "]
        self._foreign = np.array([bool(sign) and sign > LAST_LATIN for sign in self._signs])

    @engine_errors(NAME)
    def read(self, crops: Sequence[Grey]) -> list[tuple[str, float]]:
        """Text and mean peak probability of each crop."""
        return [self._read_crop(crop) for crop in crops]

    @engine_errors(NAME)
    def place(self, crop: Grey) -> list[tuple[str, float]]:
        """Each character read and the middle of its place, in pixels from the crop's left edge."""
        scores = self._scores(crop)
        best = scores.argmax(1)
        each = max(320 / HIGH, crop.shape[1] / crop.shape[0]) * crop.shape[0] / len(best)
        return [(self._signs[best[step]], (step + 0.5) * each) for step in find_peaks(best)]

    def _read_crop(self, crop: Grey) -> tuple[str, float]:
        return decode_greedy(self._scores(crop), self._signs)

    def _scores(self, crop: Grey) -> NDArray[np.float32]:
        wide = max(16, round(crop.shape[1] * HIGH / crop.shape[0]))
        small = Image.fromarray(crop).resize((wide, HIGH), Image.Resampling.BILINEAR)
        pixels = np.asarray(small, np.float32) / 127.5 - 1.0
        padded = np.zeros((HIGH, max(320, wide)), np.float32)
        padded[:, :wide] = pixels
        scores: NDArray[np.float32] = self._session.run(None, {"x": np.repeat(padded[None, None], 3, 1)})[0][0]
        scores[:, self._foreign[: scores.shape[1]]] = 0.0
        return scores


def decode_greedy(scores: NDArray[np.float32], signs: Sequence[str]) -> tuple[str, float]:
    """The best sign of each step, repeats and blanks (sign 0) dropped, and the mean of their probabilities.

    >>> decode_greedy(np.array([[.1, .9, 0], [.2, .8, 0], [.9, .1, 0], [.1, .7, .2], [0, .2, .8]]), ["", "1", "2"])
    ('112', 0.8)
    """
    best = scores.argmax(1)
    kept = find_peaks(best)
    if not kept:
        return "", 0.0
    return "".join(signs[best[step]] for step in kept), round(float(np.mean([scores[s, best[s]] for s in kept])), 3)


def find_peaks(best: NDArray[np.intp]) -> list[int]:
    """The steps at which a new sign begins: blanks (sign 0) and repeats dropped."""
    return [step for step, sign in enumerate(best) if sign and (step == 0 or best[step - 1] != sign)]


@cache
def load() -> PpOcr | None:
    """The engine, loaded once a process; ``None`` where the package or ONNX Runtime is not installed."""
    model = PPOCR_RECOGNISER.locate()
    session = open_session(model) if model else None
    return PpOcr(session) if session else None

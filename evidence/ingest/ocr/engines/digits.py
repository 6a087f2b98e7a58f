"""Our own small network for the digits between ``Số:`` and the suffix and in the day's and the month's place.

Trained on synthetic rows only (training/digits). It reads a narrow crop and knows nothing but digits and the ``/`` or
``-`` after a number; where the crop lies is found by PP-OCR, which says where each character stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.ocr.engines.failure import engine_errors
from evidence.ingest.ocr.engines.onnx import Session, open_session
from evidence.ingest.ocr.engines.ppocr import decode_greedy
from evidence.model.reading import Alphabet, EngineProfile, Handwriting

NAME = "digits"
PROFILE = EngineProfile(NAME, Handwriting.WELL, Alphabet.FIGURES)
MODEL = Path(__file__).parent / "data" / "digits.onnx"
HIGH = 40
SIGNS = ["", *"0123456789/-"]


class Digits:
    def __init__(self, session: Session) -> None:
        self._session = session

    @engine_errors(NAME)
    def read(self, crops: Sequence[Grey]) -> list[tuple[str, float]]:
        """The digits of each crop, with the mark after a number."""
        return [self._read_crop(crop) for crop in crops]

    def _read_crop(self, crop: Grey) -> tuple[str, float]:
        wide = max(16, round(crop.shape[1] * HIGH / crop.shape[0]))
        small = np.asarray(Image.fromarray(crop).resize((wide, HIGH), Image.Resampling.BOX), np.float32)
        low, high = np.percentile(small, (1, 85))
        ink = np.clip((high - small) / max(float(high - low), 40.0), 0, 1).astype(np.float32)
        scores = np.exp(self._session.run(None, {"x": ink[None, None]})[0][0])
        return decode_greedy(scores, SIGNS)


@cache
def load() -> Digits | None:
    """The network, loaded once a process; ``None`` where ONNX Runtime is not installed."""
    session = open_session(MODEL)
    return Digits(session) if session else None

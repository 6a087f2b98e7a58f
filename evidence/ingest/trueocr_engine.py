"""TrueOCR (PyPI ``trueocr``, Apache-2.0, weights in the wheel): finds the rows of a page and reads Vietnamese print.

As a witness beside Tesseract it reads nearly every printed number and date and about half of the handwritten ones.
Young (0.1.x, one author), so nothing here needs it: where it is not installed, ``load`` gives ``None``.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
PixelBox = tuple[int, int, int, int]
NAME = "trueocr"


class TrueOcr:
    """Row detection and row recognition, one thread, no more models than these two."""

    def __init__(self) -> None:
        package = importlib.import_module("trueocr")
        self._page: Any = importlib.import_module("trueocr.page")
        recogniser: Any = importlib.import_module("trueocr.recognizer")
        folder = Path(str(package.__file__)).parent / "models"
        self._finder = recogniser.session(folder / "det.onnx", 1)
        self._reader = recogniser.Recognizer(folder, threads=1)

    def rows(self, image: Grey, long_side: int) -> list[PixelBox]:
        """The rows of text, in pixels; the image is looked at with its long side shrunk to ``long_side``."""
        ink, scale = self._page.det_input(image, long_side)
        found = self._page.decode_lines(self._finder.run(None, {"x": ink[None, None]})[0][0])
        high, wide = image.shape
        boxes = []
        for left, top, right, bottom, _ in found:
            box = (int(left / scale), int(top / scale), int(np.ceil(right / scale)), int(np.ceil(bottom / scale)))
            box = (max(0, box[0]), max(0, box[1]), min(wide, box[2]), min(high, box[3]))
            if box[2] - box[0] >= 8 and box[3] - box[1] >= 8:
                boxes.append(box)
        return boxes

    def read(self, crops: Sequence[Grey]) -> list[tuple[str, float]]:
        """Text and confidence (mean of the CTC peaks: not calibrated) of each crop."""
        return [(one.text, float(one.confidence)) for one in self._reader.predict(list(crops))]


@cache
def load() -> TrueOcr | None:
    """The engine, loaded once a process; ``None`` where the package is not installed."""
    try:
        return TrueOcr()
    except (ImportError, FileNotFoundError):
        return None

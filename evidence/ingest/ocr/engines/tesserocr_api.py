"""Tesseract as a library in this process (PyPI ``tesserocr``, MIT; libtesseract in its wheel), with Debian's models.

The program that pytesseract starts is fed by files and started anew for each page: 1.4 s of processor time where the
library takes 1.0 on the same page. Text and boxes are the same but for a letter in two hundred on pages that lie askew
(5.5 against Debian's 5.3; wrong letters 2.34 and 2.48 %). Not installed: ``load`` gives ``None``, the program is used.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from evidence.ingest.imaging.opencv import Grey
from evidence.model.geometry import POINTS

LANGUAGE = "vie"
VARIABLES = {"thresholding_method": "2"}
FOLDERS = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata")
COLUMNS = (
    "level", "page_num", "block_num", "par_num", "line_num", "word_num",
    "left", "top", "width", "height", "conf", "text",
)  # fmt: skip


class TesseractLibrary:
    """The library with the language loaded. The parent holds one, and its children use it: it starts no thread."""

    def __init__(self, folder: Path) -> None:
        self._package: Any = importlib.import_module("tesserocr")
        self._reader: Any = self._package.PyTessBaseAPI(path=f"{folder}/", lang=LANGUAGE, psm=self._package.PSM.AUTO)
        for name, value in VARIABLES.items():
            self._reader.SetVariable(name, value)

    @property
    def version(self) -> str:
        return str(self._package.tesseract_version()).split()[1]

    def table(self, picture: Grey, scale: float) -> dict[str, list[str]]:
        """Tesseract's table of a grey picture, column by column, as pytesseract gives it. ``scale``: points a pixel."""
        high, wide = picture.shape
        self._reader.SetImageBytes(picture.tobytes(), wide, high, 1, wide)
        self._reader.SetSourceResolution(round(POINTS / scale))
        rows = [row.split("\t") for row in str(self._reader.GetTSVText(0)).splitlines()]
        self._reader.Clear()
        full = [row for row in rows if len(row) == len(COLUMNS)]
        return {name: [row[at] for row in full] for at, name in enumerate(COLUMNS)}


def find_models_folder(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Where the language's model lies."""
    named = environ.get("TESSDATA_PREFIX")
    for place in (named,) if named else FOLDERS:
        if (Path(place) / f"{LANGUAGE}.traineddata").is_file():
            return Path(place)
    return None


@cache
def load() -> TesseractLibrary | None:
    """The library, loaded once a process; ``None`` where it or the model is not installed."""
    place = find_models_folder()
    try:
        return TesseractLibrary(place) if place else None
    except (ImportError, RuntimeError):
        return None

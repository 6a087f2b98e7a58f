"""Tesseract 5 with Debian's ``vie`` (tessdata_fast): in this process where the library is installed, else the program.

Measured: one thread a process is 7.7 times as fast as the default (``evidence/__init__.py``), in process saves a third
(``libtesseract``); one call gives text and boxes;
``thresholding_method=2`` takes photos from 16 % to 0.24 % wrong characters for 4 % more time; page segmentation 3 keeps
the header's two columns apart where 6 mixes them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

import pytesseract
from PIL import Image

from evidence.errors import MissingProgramError
from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.layout.reading_order import cut_row, sort_lines
from evidence.ingest.ocr.engines import tesserocr_api
from evidence.ingest.ocr.engines.failure import engine_errors
from evidence.ingest.ocr.engines.tesserocr_api import LANGUAGE
from evidence.model.document import Line, Origin, Word
from evidence.model.geometry import POINTS
from evidence.model.reading import Alphabet, EngineProfile, Handwriting

PROFILE = EngineProfile("tesseract", Handwriting.HARDLY, Alphabet.VIETNAMESE)  # 7 of 104 handwritten places
CONFIG = "--psm 3 -c thresholding_method=2"
Cell = str | int | float
Table = Mapping[str, Sequence[Cell]]  # column by column: the program's are numbers, the library's are texts
WORD = 5  # the level of a word in Tesseract's table
APT = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
SPECK = re.compile(r"[_|¬~`^\\⁄°¦]*")  # dirt and ruled lines; between two columns they pass for a narrow gap
SURE_TURN = 2.0  # orientation confidence from which Tesseract's script detection is believed


class Tesseract:
    """The engine. The library is loaded once in the parent; the program, where needed, started once a page."""

    @property
    def name(self) -> str:
        library = tesserocr_api.load()
        return f"tesseract {library.version if library else _version()} {LANGUAGE}"

    @property
    def programs(self) -> tuple[str, ...]:
        return ("tesseract",)

    def check(self) -> None:
        if shutil.which("tesseract") is None:
            raise MissingProgramError("tesseract-missing", command=APT)
        if LANGUAGE not in _languages():
            raise MissingProgramError("tesseract-language-missing", language=LANGUAGE, command=APT)

    def preload(self) -> None:
        tesserocr_api.load()

    def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
        return build_lines(_table(image, scale), scale)

    def read_part(self, image: Grey, scale: float, first: int, last: int) -> tuple[Line, ...]:
        """The lines between two rows of pixels; boxes are the page's."""
        return tuple(_lowered(line, first * scale) for line in self.read(image[first:last], scale))

    def detect_rotation(self, image: Grey) -> int:
        try:
            given = Image.fromarray(image)
            seen = pytesseract.image_to_osd(given, config="--psm 0", output_type=pytesseract.Output.DICT)
        except pytesseract.TesseractError:
            return 0  # too few characters to tell
        return int(seen["rotate"]) if float(seen["orientation_conf"]) >= SURE_TURN else 0


@engine_errors(PROFILE.name, RuntimeError)  # the library raises it; the program's TesseractError is one
def _table(image: Grey, scale: float) -> Table:
    library = tesserocr_api.load()
    if library is not None:
        return library.table(image, scale)
    config = f"{CONFIG} --dpi {round(POINTS / scale)}"
    file = Image.fromarray(image)  # written beside the page's own image (``ocr.page``), and swept away
    table: Table = pytesseract.image_to_data(file, lang=LANGUAGE, config=config, output_type=pytesseract.Output.DICT)
    return table


def build_lines(table: Table, scale: float) -> tuple[Line, ...]:
    """The lines of Tesseract's table in reading order; its rows cut where words stand apart."""
    return sort_lines(Line(tuple(part), engine=PROFILE) for row in _rows(table, scale) for part in cut_row(row))


def _lowered(line: Line, by: float) -> Line:
    """The line so many points further down."""
    words = []
    for word in line.words:
        left, top, right, bottom = word.box or (0.0, 0.0, 0.0, 0.0)
        words.append(replace(word, box=(left, round(top + by, 2), right, round(bottom + by, 2))))
    return replace(line, words=tuple(words))


def _rows(table: Table, scale: float) -> list[list[Word]]:
    """The words of each of Tesseract's lines."""
    fields = zip(*(table[name] for name in _FIELDS), strict=True)
    rows = (row for row in fields if str(row[0]) == str(WORD) and not SPECK.fullmatch(str(row[4]).strip()))
    return [[_word(row, scale) for row in line] for _, line in groupby(rows, key=lambda row: row[1:4])]


_FIELDS = ("level", "block_num", "par_num", "line_num", "text", "left", "top", "width", "height", "conf")


def _word(row: tuple[Cell, ...], scale: float) -> Word:
    left, top, width, height = (int(value) * scale for value in row[5:9])
    box = (round(left, 2), round(top, 2), round(left + width, 2), round(top + height, 2))
    return Word(str(row[4]).strip(), box, round(max(0.0, float(row[9])) / 100, 3), Origin.OCR)


@cache
def _version() -> str:
    return str(pytesseract.get_tesseract_version()).split("-")[0]


@cache
def _languages() -> frozenset[str]:
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    return frozenset(re.split(r"\s+", listed.stdout))

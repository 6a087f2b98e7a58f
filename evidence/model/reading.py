"""What OCR engines read in one row, and what each engine declares of itself.

Readings are stored with the page, so what the vote must know of an engine travels with its readings: an engine that is
added votes like the others, and one that was taken out still counts for what it read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Handwriting(StrEnum):
    """How well an engine reads figures written by hand, as measured on real scans (``docs/accuracy.md``)."""

    WELL = "well"
    PARTLY = "partly"
    HARDLY = "hardly"


class Alphabet(StrEnum):
    """Which letters an engine knows."""

    VIETNAMESE = "vietnamese"
    LATIN = "latin"  # Đ is read as D, Ơ as O
    FIGURES = "figures"  # digits and the mark behind a number


@dataclass(frozen=True, slots=True)
class EngineProfile:
    """What an engine declares of itself. Engines of one ``family`` fail alike and have one vote together; an engine
    that names none is a family of its own."""

    name: str
    handwriting: Handwriting
    alphabet: Alphabet
    family: str | None = None

    @property
    def voter(self) -> str:
        """In whose name it votes."""
        return self.family or self.name


class ReadingRole(StrEnum):
    """What a reading is beside its line."""

    WITNESS = "witness"  # read by a further engine, or at a further crop
    RAW = "raw"  # the line's own, before its spelling was chosen: no witness beside the line
    SPELLED = "spelled"  # a further engine's, its spelling chosen by the words around it: no witness of a name


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """What an engine that reads figures alone saw in the places of a number row (``serial``, and the ``mark`` behind
    it) or of a date row (``day``, ``month``); ``None`` where the row has no such place. ``strokes``: how many
    pieces of ink as high as a figure stand in the serial's place, whether anybody reads them or not."""

    serial: str | None = None
    mark: str | None = None
    day: str | None = None
    month: str | None = None
    strokes: int | None = None


WHOLE_ROW = 0  # the crop that is the row as it stands, or the window in which a hidden name was read best


@dataclass(frozen=True, slots=True)
class LineReading:
    """What one engine read in the box of a line. ``crop``: which one of the crops of the row that were tried
    (``ingest/ocr/fields/row_readings.py``), ``None`` where it is none; ``places``: of an engine that read these alone,
    ``text`` is then what stood in them."""

    engine: EngineProfile
    text: str
    confidence: float
    crop: int | None = None
    role: ReadingRole = ReadingRole.WITNESS
    places: RowPlaces | None = None

    @property
    def is_row_text(self) -> bool:
        """Whether it is the text of the row as it stands, marks and all: what can be laid beside the line's own."""
        return self.crop == WHOLE_ROW and self.engine.alphabet is Alphabet.VIETNAMESE

"""Readings as the engines give them, without the engines."""

from __future__ import annotations

from evidence.ingest.ocr.engines import digits, ppocr, tesseract, trueocr_rows
from evidence.model.reading import Alphabet, EngineProfile, LineReading, RowPlaces

ENGINES: dict[str, EngineProfile] = {
    engine.PROFILE.name: engine.PROFILE for engine in (trueocr_rows, ppocr, digits, tesseract)
}


def reading(engine: str, text: str, confidence: float = 0.9, crop: int = 0) -> LineReading:
    """A reading of one of the engines; of the network for digits ``281/``, or ``16 01``: day and month."""
    profile = ENGINES[engine]
    places = _places(text) if profile.alphabet is Alphabet.FIGURES else None
    return LineReading(profile, text, confidence, crop, places=places)


def _places(text: str) -> RowPlaces:
    if " " in text:
        day, month = text.split()
        return RowPlaces(day=day, month=month)
    serial = text.rstrip("/-")
    return RowPlaces(serial=serial, mark=text[len(serial) :])

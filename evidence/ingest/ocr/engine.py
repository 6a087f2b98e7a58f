"""The plug point for OCR engines: a Protocol and a dict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from evidence.errors import UsageError
from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.ocr.engines.hybrid import HybridEngine
from evidence.ingest.ocr.engines.tesseract import Tesseract
from evidence.model.document import Line
from evidence.vietnamese.bigrams import BigramCounts


class Engine(Protocol):
    """Reads page images, grey. Called in a child, one page a call.

    Every line says whose it is (``Line.engine``, what the engine declares of itself): without it its text has no vote.
    """

    @property
    def name(self) -> str:
        """Name and version, as it is kept with every page: ``tesseract 5.3.0 vie``."""
        ...

    @property
    def programs(self) -> tuple[str, ...]:
        """The programs that it starts; the child that reads a page may start no other."""
        ...

    def check(self) -> None:
        """MissingProgramError where the engine cannot work here."""
        ...

    def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
        """The page's lines in reading order; boxes in points (``scale`` points a pixel). EngineError where it fails."""
        ...

    def detect_rotation(self, image: Grey) -> int:
        """By how many degrees (0, 90, 180, 270) the image must be turned clockwise to stand upright."""
        ...


@runtime_checkable
class PreloadingEngine(Protocol):
    """An engine that loads what it needs in the parent, once; its children find it there."""

    def preload(self) -> None: ...


@runtime_checkable
class TeachableEngine(Protocol):
    """An engine whose spelling learns from an archive's own text."""

    def learn_spelling(self, counts: BigramCounts | None) -> None:
        """Takes those counts, in the parent, before the first page is read; ``name`` then says which they are."""
        ...


@runtime_checkable
class ZoneReadingEngine(Protocol):
    """An engine that reads the zones where fields stand by other means than the rest of the page."""

    def reread_zones(
        self, image: Grey, scale: float, lines: Sequence[Line], head: float | None, foot: float | None
    ) -> tuple[Line, ...]:
        """The page's lines with those down to ``head`` points and from ``foot`` points down read anew."""
        ...


ENGINES: dict[str, type[Engine]] = {"together": HybridEngine, "tesseract": Tesseract}


def create_engine(name: str) -> Engine:
    """The engine of that name. UsageError where there is none."""
    if name not in ENGINES:
        raise UsageError("unknown-engine", name=name, known=", ".join(ENGINES))
    return ENGINES[name]()

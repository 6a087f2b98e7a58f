"""The plug point for OCR engines: a Protocol and a dict."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from evidence.errors import UsageError
from evidence.ingest.tesseract import Tesseract
from evidence.ingest.together import Together
from evidence.model import Line


class Engine(Protocol):
    """Reads page images of our own making. Called in a child, one page a call."""

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

    def read(self, image: Path, scale: float) -> tuple[Line, ...]:
        """The page's lines in reading order; boxes in points (``scale`` points a pixel)."""
        ...

    def turn(self, image: Path) -> int:
        """By how many degrees (0, 90, 180, 270) the image must be turned clockwise to stand upright."""
        ...


@runtime_checkable
class Warm(Protocol):
    """An engine that loads what it needs in the parent, once; its children find it there."""

    def warm(self) -> None: ...


@runtime_checkable
class Careful(Protocol):
    """An engine that reads the zones where fields stand by other means than the rest of the page."""

    def again(
        self, image: Path, scale: float, lines: Sequence[Line], head: float | None, foot: float | None
    ) -> tuple[Line, ...]:
        """The page's lines with those down to ``head`` points and from ``foot`` points down read anew."""
        ...


ENGINES: dict[str, type[Engine]] = {"together": Together, "tesseract": Tesseract}


def engine(name: str) -> Engine:
    """The engine of that name. UsageError where there is none."""
    if name not in ENGINES:
        raise UsageError("unknown-engine", name=name, known=", ".join(ENGINES))
    return ENGINES[name]()

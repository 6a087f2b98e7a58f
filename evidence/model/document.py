"""What ingest knows: the file and what stands on its pages; nothing interpreted.

Boxes are ``(left, top, right, bottom)`` in PDF points from the page's top left; ``None`` where the format has no
pages to measure on (DOCX). Confidences run from 0 to 1.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from evidence.model.geometry import Box, enclose
from evidence.model.problem import Problem
from evidence.model.reading import EngineProfile, LineReading
from evidence.model.signature import Signature


class Origin(StrEnum):
    """Where a word comes from."""

    TEXT = "text"  # the page's own text layer
    WIDGET = "widget"  # the appearance of a signature field, form field or annotation
    OCR = "ocr"
    BLANK = "blank"  # a page with nothing on it


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was handed in. Its identity is ``sha256``, never its name.

    ``path`` is as given, NFC for display; ``member_of`` is the hash of the ZIP or e-mail that held it.
    """

    path: str
    sha256: str
    media_type: str
    size: int
    member_of: str | None = None
    received: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    box: Box | None
    confidence: float = 1.0
    origin: Origin = Origin.TEXT


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a line inside a table of an office document: table, row and column from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """Words in a row. ``engine``: whose OCR they are; ``readings``: what was read there beside them."""

    words: tuple[Word, ...]
    cell: Cell | None = None
    readings: tuple[LineReading, ...] = ()
    engine: EngineProfile | None = None

    @property
    def text(self) -> str:
        return " ".join([word.text for word in self.words])

    @property
    def box(self) -> Box | None:
        return enclose(tuple(word.box for word in self.words if word.box))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as text: ``None`` where a cell goes on from the row above, ``""`` where one to the left covers it.

    ``columns`` holds the left edges of the columns where the format has any; ``name`` that of a spreadsheet's sheet.
    """

    rows: tuple[tuple[str | None, ...], ...]
    box: Box | None = None
    columns: tuple[float, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``lines`` stand in reading order; ``text`` is derived from them and kept nowhere else.

    ``other`` holds the text that lost where there were two, the page's own layer or OCR's; the words' origins say
    which is which. ``rotation``: by how many degrees, clockwise, the page as it came was turned to be read; boxes,
    width and height are those of the turned page.
    """

    number: int
    width: float
    height: float
    origin: Origin
    lines: tuple[Line, ...] = ()
    engine: str | None = None
    tables: tuple[Table, ...] = ()
    other: tuple[Line, ...] = ()
    rotation: int = 0

    @property
    def text(self) -> str:
        return "\n".join([line.text for line in self.lines])

    @property
    def confidence(self) -> float:
        """Mean of the words' confidences; 1.0 for a page without words."""
        words = [word.confidence for line in self.lines for word in line.words]
        return sum(words) / len(words) if words else 1.0


@dataclass(frozen=True, slots=True)
class Envelope:
    """What an edXML envelope (QCVN 102:2016/BTTTT) says of the document in it: a second witness beside the page."""

    number: str | None = None
    date: datetime.date | None = None
    issuer: str | None = None
    kind: str | None = None
    subject: str | None = None
    signer: str | None = None


def member_path(package: str, name: str) -> str:
    """The path, as it is shown and stored, of a file inside another.

    >>> member_path("ho-so.zip", "1.2/bc.pdf")
    'ho-so.zip!/1.2/bc.pdf'
    """
    return f"{package}!/{name}"


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a ZIP, an e-mail, an envelope or a PDF: the name that it bears there, and its hash."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Document:
    """All that ingest knows of a file; nothing interpreted."""

    source: Source
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...] = ()
    signatures: tuple[Signature, ...] = ()
    envelope: Envelope | None = None
    members: tuple[Member, ...] = ()

"""What a reader of one format gives back, and what it is asked for.

A reader opens the file in a child and returns a ``ReadResult``: pages that are done, and page images of our own making
that wait for OCR. Long files are read in stretches of ``STRETCH`` pages, so that OCR of the first pages starts at once.
A stretch is left early when it has made ``IMAGES`` page images: they lie on the disk until they are read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evidence.config import Limits
from evidence.model.document import Envelope, Line, Page
from evidence.model.geometry import Box
from evidence.model.problem import Problem

STRETCH = 16
IMAGES = 8


@dataclass(frozen=True, slots=True)
class PicturedPlace:
    """A place of a page with text of its own that OCR is to look at. ``instead``: the row of text there is read anew
    with what stands in it as a picture; else what is read comes beside the page's text."""

    box: Box
    instead: bool


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page that needs OCR. ``file`` is the image, ``scale`` PDF points a pixel.

    ``layer`` holds the page's own text as a second opinion; ``aside`` that of an earlier OCR, which is kept and not
    asked; ``widgets`` the text of signature and form fields, which OCR may miss. ``pictures``: the page's own text is
    good (``layer``), and OCR is wanted in these places alone. ``doubted``: in these places the page's own text
    (``layer``) need not be what is printed; OCR of the whole page says.
    """

    number: int
    width: float
    height: float
    file: str
    scale: float
    layer: tuple[Line, ...] = ()
    widgets: tuple[Line, ...] = ()
    aside: tuple[Line, ...] = ()
    pictures: tuple[PicturedPlace, ...] = ()
    doubted: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file inside the file: its name there, which is data and never a path, and where it was written."""

    name: str
    file: str


@dataclass(frozen=True, slots=True)
class ReadResult:
    """``total`` counts the pages of the whole file, also those beyond this stretch; ``embedded`` the files inside it.

    ``left``: the page (0-based) before which the stretch was left, because enough images were made.
    """

    pages: tuple[Page, ...] = ()
    page_images: tuple[PageImage, ...] = ()
    problems: tuple[Problem, ...] = ()
    total: int = 1
    embedded: tuple[EmbeddedFile, ...] = ()
    envelope: Envelope | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """What to read: the file, from page ``first`` (0-based) to ``end``, or a stretch of it; images go into ``scratch``.

    ``headers``: no page image but that of the first page is wanted; reading may end before the next one.
    """

    file: Path
    scratch: Path
    limits: Limits
    first: int = 0
    tables: bool = False
    headers: bool = False
    end: int | None = None
    name: str = ""  # what the file is called in messages: its copy may bear any name

    def last(self, total: int, limit: int) -> int:
        """Where this stretch of a file of that many pages ends: of a long one whose header is wanted, behind page 1."""
        if self.headers and min(total, limit) > STRETCH:
            return 1
        return min(self.end or self.first + STRETCH, total, limit)


Reader = Callable[[ReadRequest], ReadResult]

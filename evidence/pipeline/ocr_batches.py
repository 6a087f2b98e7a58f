"""Pages that wait for OCR, and how they are shared out among the children that recognise them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.ingest import problems as reasons
from evidence.ingest.imaging import raw_image
from evidence.ingest.ocr.page import RecognisedPage
from evidence.ingest.reader_protocol import PageImage, ReadResult
from evidence.model.document import Origin, Page

TOGETHER = 8  # pages at most that one child recognises; with a child for each they take 0.06 s more
HEADER = 3  # later pages that take as long as a first one


@dataclass(frozen=True, slots=True)
class Due:
    """A page to be recognised. ``known``: under what its OCR is remembered."""

    scan: PageImage
    known: str | None = None


def ours(scans: Iterable[PageImage], folder: Path) -> list[PageImage]:
    """The same, with their images where we asked for them: a child that a file has taken over may name any place."""
    return [replace(one, file=str(raw_image.image_path(folder, one.number))) for one in scans]


def shared_out(pages: Sequence[Due], jobs: int) -> Iterator[tuple[Due, ...]]:
    """The pages as they are recognised together: a first page alone, the others so that all children have some.

    >>> pages = [Due(PageImage(number, 595.0, 842.0, "", 0.36)) for number in range(1, 9)]
    >>> [[one.scan.number for one in some] for some in shared_out(pages, 2)]
    [[1], [2, 3, 4, 5, 6], [7, 8]]
    """
    first = [one for one in pages if one.scan.number == 1]
    rest = [one for one in pages if one.scan.number != 1]
    size = min(TOGETHER, math.ceil((len(rest) + HEADER * len(first)) / jobs))
    yield from ((one,) for one in first)
    yield from (tuple(rest[at : at + size]) for at in range(0, len(rest), max(size, 1)))


def header(reading: ReadResult, total: int) -> ReadResult:
    """The first page of what was read, of so many; the rest is told as unread."""
    return replace(
        reading,
        pages=tuple(page for page in reading.pages if page.number == 1),
        problems=(*(one for one in reading.problems if one.page in (None, 1)), reasons.of_unread(total)),
    )


def without_ocr(scan: PageImage) -> RecognisedPage:
    """The page with what is known of it before OCR."""
    lines = (*scan.layer, *scan.widgets)
    origin = Origin.TEXT if lines else Origin.BLANK
    return RecognisedPage(Page(scan.number, scan.width, scan.height, origin, lines))

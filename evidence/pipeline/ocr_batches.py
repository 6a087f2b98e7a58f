"""Pages that wait for OCR, and how they are shared out among the children that recognise them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.ingest import problems
from evidence.ingest.imaging import raw_image
from evidence.ingest.ocr.page import RecognisedPage
from evidence.ingest.reader_protocol import PageImage, ReadResult
from evidence.model.document import Origin, Page

TOGETHER = 8  # pages at most that one child recognises; with a child for each they take 0.06 s more
HEADER = 3  # later pages that take as long as a first one


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page to be recognised. ``key``: under what its OCR will be remembered."""

    image: PageImage
    key: str | None = None


def our_images(images: Iterable[PageImage], folder: Path) -> list[PageImage]:
    """The same, with their images where we asked for them: a child that a file has taken over may name any place."""
    return [replace(image, file=str(raw_image.image_path(folder, image.number))) for image in images]


def split_batches(pages: Sequence[DuePage], jobs: int) -> Iterator[tuple[DuePage, ...]]:
    """The pages as they are recognised together: a first page alone, the others so that all children have some.

    >>> pages = [DuePage(PageImage(number, 595.0, 842.0, "", 0.36)) for number in range(1, 9)]
    >>> [[page.image.number for page in batch] for batch in split_batches(pages, 2)]
    [[1], [2, 3, 4, 5, 6], [7, 8]]
    """
    first = [page for page in pages if page.image.number == 1]
    rest = [page for page in pages if page.image.number != 1]
    size = min(TOGETHER, math.ceil((len(rest) + HEADER * len(first)) / jobs))
    yield from ((page,) for page in first)
    yield from (tuple(rest[at : at + size]) for at in range(0, len(rest), max(size, 1)))


def header_only(result: ReadResult, total: int) -> ReadResult:
    """The first page of what was read, of so many; a problem says that the rest is unread."""
    return replace(
        result,
        pages=tuple(page for page in result.pages if page.number == 1),
        problems=(*(problem for problem in result.problems if problem.page in (None, 1)), problems.of_unread(total)),
    )


def page_without_ocr(image: PageImage) -> RecognisedPage:
    """The page with what is known of it before OCR."""
    lines = (*image.layer, *image.widgets)
    origin = Origin.TEXT if lines else Origin.BLANK
    return RecognisedPage(Page(image.number, image.width, image.height, origin, lines))

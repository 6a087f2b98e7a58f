"""One page image -> a page, by OCR. Runs in a child of its own."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from evidence.errors import UnreadableError
from evidence.ingest.imaging import raw_image as picture
from evidence.ingest.imaging import rectify as straighten
from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.imaging.rectify import Straight
from evidence.ingest.layout.merge import merge_fields
from evidence.ingest.layout.reading_order import sort_lines
from evidence.ingest.layout.text_quality import marked_share
from evidence.ingest.ocr.engine import Careful, Engine, Warm
from evidence.ingest.ocr.engines.failure import EngineError
from evidence.ingest.ocr.fields import header_reader
from evidence.ingest.ocr.fields import zones as field_zones
from evidence.ingest.ocr.fields.field_rows import merge_rows
from evidence.ingest.reader_protocol import PageImage
from evidence.messages import Message
from evidence.model.document import Line, Origin, Page
from evidence.model.problem import Problem, ProblemCode

POOR = 0.6  # mean confidence below which the page may stand on its side or its head
BETTER = 0.1  # by how much a turned reading must beat the first
DOUBTFUL = 0.6  # mean confidence of a page below which a person should look


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """The page and what should be known about it."""

    page: Page
    problems: tuple[Problem, ...] = ()


def warm(engine: Engine) -> None:
    """Loads in the parent what the children read pages with: 0.45 s once, not with every page. Starts no thread.

    MissingProgramError where the engine cannot work here.
    """
    engine.check()
    header_reader.preload()
    if isinstance(engine, Warm):
        engine.warm()


def read(scan: PageImage, engine: Engine) -> RecognisedPage:
    """The page's text by OCR, upright, with the words of fields in place. Boxes are those of the page as it came.

    UnreadableError where the engine gives up on the page.
    """
    file = Path(scan.file)
    straight = straighten.straighten(scan, picture.take(file))
    tempfile.tempdir = str(file.parent)  # the engine's files go where ours are swept away
    try:
        recognised = _read(straight, engine)
    except EngineError as error:
        raise UnreadableError("damaged", "page-failed", page=scan.number, detail=str(error)) from error
    return replace(recognised, page=straight.page(recognised.page, recognised.page.rotation))


def _read(straight: Straight, engine: Engine) -> RecognisedPage:
    """The page as it stands in the picture."""
    scan, image = straight.scan, straight.picture
    first = engine.read(image, scan.scale)
    turned = straight.lying or _confidence(first) < POOR
    rotation, lines = _turned(straight, engine, first) if turned else (0, first)
    image = _upright(image, rotation)
    width, height = (scan.height, scan.width) if rotation in (90, 270) else (scan.width, scan.height)
    problems: list[Problem] = []
    if rotation:
        problems.append(_problem(ProblemCode.ROTATED, "page-rotated", scan.number, degrees=str(rotation)))
    chosen = lines if rotation else _chosen(lines, scan.layer)
    other = lines if chosen is not lines else (*scan.layer, *scan.aside)
    merged = merge_fields(chosen, scan.widgets if not rotation else ())
    lines, failure = _with_fields(image, scan, engine, merged, height)
    if failure is not None:
        params = {"engine": failure.engine, "detail": failure.detail}
        problems.append(_problem(ProblemCode.DOUBTFUL_TEXT, "page-engine-failed", scan.number, **params))
    if not lines:
        problems.append(_problem(ProblemCode.BLANK_PAGE, "page-blank", scan.number))
        page = Page(scan.number, width, height, Origin.BLANK, (), engine.name, rotation=rotation)
        return RecognisedPage(page, tuple(problems))
    if _confidence(lines) < DOUBTFUL:
        problems.append(_problem(ProblemCode.DOUBTFUL_TEXT, "page-doubtful", scan.number))
    page = Page(scan.number, width, height, Origin.OCR, lines, engine.name, (), other, rotation)
    return RecognisedPage(page, tuple(problems))


def _with_fields(
    image: Grey, scan: PageImage, engine: Engine, lines: tuple[Line, ...], height: float
) -> tuple[tuple[Line, ...], EngineError | None]:
    """The lines with what further engines read in the header and at the end; and which engine gave up on them."""
    head, foot = field_zones.head(scan.number, lines, height), field_zones.foot(lines)
    if head is None and foot is None:
        return lines, None
    if isinstance(engine, Careful):
        lines = engine.again(image, scan.scale, lines, head, foot)
    zones = header_reader.read_zones(image, scan.scale, head, foot, lines)
    return merge_rows(lines, zones.rows), zones.failure


def _problem(code: ProblemCode, message: str, page: int, **params: str) -> Problem:
    return Problem(code, Message(message, {"page": str(page), **params}), page)


def _turned(straight: Straight, engine: Engine, first: tuple[Line, ...]) -> tuple[int, tuple[Line, ...]]:
    """The reading of the turned picture and by how much it was turned, where that reads better or rows were seen to run
    up or down; else the first."""
    degrees = engine.turn(straight.picture)
    if not degrees:
        return 0, first
    second = engine.read(_upright(straight.picture, degrees), straight.scan.scale)
    if _confidence(second) < _confidence(first) + BETTER and not (straight.lying and degrees in (90, 270)):
        return 0, first
    return degrees, second


def _upright(image: Grey, degrees: int) -> Grey:
    """The picture turned clockwise by so many degrees: none, or quarter turns."""
    return np.ascontiguousarray(np.rot90(image, -degrees // 90)) if degrees else image


def _chosen(lines: tuple[Line, ...], layer: tuple[Line, ...]) -> tuple[Line, ...]:
    """OCR's lines, or a poor text layer's where OCR found even less Vietnamese in much less text."""
    own, read = _text(layer), _text(lines)
    if len(own) > 2 * len(read) and marked_share(own) >= marked_share(read):
        return sort_lines(layer)
    return lines


def _text(lines: tuple[Line, ...]) -> str:
    return " ".join(line.text for line in lines)


def _confidence(lines: tuple[Line, ...]) -> float:
    """Mean confidence over characters: specks of one letter weigh little."""
    weights = [(len(word.text), word.confidence) for line in lines for word in line.words]
    total = sum(weight for weight, _ in weights)
    return sum(weight * confidence for weight, confidence in weights) / total if total else 0.0

"""One page image -> a page, by OCR. Runs in a child of its own."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from evidence.errors import UnreadableError
from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.imaging.raw_image import load_image
from evidence.ingest.imaging.rectify import RectifiedPage, rectify_page
from evidence.ingest.layout.layer_comparison import find_disagreement
from evidence.ingest.layout.merge import merge_fields
from evidence.ingest.layout.merge_places import merge_places
from evidence.ingest.layout.reading_order import sort_lines
from evidence.ingest.layout.text_quality import marked_share
from evidence.ingest.ocr.engine import Engine, PreloadingEngine, ZoneReadingEngine
from evidence.ingest.ocr.engines.failure import EngineError
from evidence.ingest.ocr.fields import header_reader
from evidence.ingest.ocr.fields.field_rows import merge_rows
from evidence.ingest.ocr.fields.zones import find_foot_start, find_header_end
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


def preload_engine(engine: Engine) -> None:
    """Loads in the parent what the children read pages with: 0.45 s once, not with every page. Starts no thread.

    MissingProgramError where the engine cannot work here.
    """
    engine.check()
    header_reader.preload()
    if isinstance(engine, PreloadingEngine):
        engine.preload()


def recognise_page(page_image: PageImage, engine: Engine) -> RecognisedPage:
    """The page's text by OCR, upright, with the words of fields in place. Boxes are those of the page as it came.

    UnreadableError where the engine gives up on the page.
    """
    if page_image.pictures:
        return _recognise_places(page_image, engine)
    if page_image.doubted:
        return _judge_layer(page_image, _recognise_whole(replace(page_image, layer=()), engine))
    return _recognise_whole(page_image, engine)


def _recognise_whole(page_image: PageImage, engine: Engine) -> RecognisedPage:
    file = Path(page_image.file)
    rectified = rectify_page(page_image, load_image(file))
    tempfile.tempdir = str(file.parent)  # the engine's files go where ours are swept away
    try:
        recognised = _recognise(rectified, engine)
    except EngineError as error:
        raise UnreadableError("damaged", "page-failed", page=page_image.number, detail=str(error)) from error
    return replace(recognised, page=rectified.restore_boxes(recognised.page))


def _judge_layer(source: PageImage, seen: RecognisedPage) -> RecognisedPage:
    """The page's own text where OCR sees what it says; else what OCR sees, and that the two differ."""
    other = find_disagreement(source.layer, seen.page.lines, source.doubted)
    if other is None:
        return RecognisedPage(Page(source.number, source.width, source.height, Origin.TEXT, source.layer))
    problem = _problem(ProblemCode.HIDDEN_TEXT, "false-layer", source.number, text=other[0], seen=other[1])
    return replace(seen, problems=(*seen.problems, problem))


def _recognise_places(source: PageImage, engine: Engine) -> RecognisedPage:
    """A page's own text, with what OCR reads in the places that hold pictures; all else is painted white before."""
    file = Path(source.file)
    image = load_image(file)
    tempfile.tempdir = str(file.parent)
    bare = np.full_like(image, 255)
    for place in source.pictures:
        left, top, right, bottom = (max(0, round(side / source.scale)) for side in place.box)
        bare[top:bottom, left:right] = image[top:bottom, left:right]
    try:
        lines, failure = _with_fields(bare, source, engine, engine.read(bare, source.scale), source.height)
    except EngineError as error:
        lines, failure = (), error
    kept, lost = merge_places(source, lines)
    page = Page(source.number, source.width, source.height, Origin.TEXT, kept, engine.name, (), lost)
    return RecognisedPage(page, _failures(source.number, failure))


def _failures(page: int, failure: EngineError | None) -> tuple[Problem, ...]:
    if failure is None:
        return ()
    params = {"engine": failure.engine, "detail": failure.detail}
    return (_problem(ProblemCode.DOUBTFUL_TEXT, "page-engine-failed", page, **params),)


def _recognise(rectified: RectifiedPage, engine: Engine) -> RecognisedPage:
    """The page as it stands in the rectified image."""
    source, image = rectified.rectified, rectified.image
    first = engine.read(image, source.scale)
    turned = rectified.lying or _confidence(first) < POOR
    rotation, lines = _read_upright(rectified, engine, first) if turned else (0, first)
    image = _rotate(image, rotation)
    width, height = (source.height, source.width) if rotation in (90, 270) else (source.width, source.height)
    problems: list[Problem] = []
    if rotation:
        problems.append(_problem(ProblemCode.ROTATED, "page-rotated", source.number, degrees=str(rotation)))
    chosen = lines if rotation else _chosen(lines, source.layer)
    other = lines if chosen is not lines else (*source.layer, *source.aside)
    merged = merge_fields(chosen, source.widgets if not rotation else ())
    lines, failure = _with_fields(image, source, engine, merged, height)
    problems += _failures(source.number, failure)
    if not lines:
        problems.append(_problem(ProblemCode.BLANK_PAGE, "page-blank", source.number))
        page = Page(source.number, width, height, Origin.BLANK, (), engine.name, rotation=rotation)
        return RecognisedPage(page, tuple(problems))
    if _confidence(lines) < DOUBTFUL:
        problems.append(_problem(ProblemCode.DOUBTFUL_TEXT, "page-doubtful", source.number))
    page = Page(source.number, width, height, Origin.OCR, lines, engine.name, (), other, rotation)
    return RecognisedPage(page, tuple(problems))


def _with_fields(
    image: Grey, source: PageImage, engine: Engine, lines: tuple[Line, ...], height: float
) -> tuple[tuple[Line, ...], EngineError | None]:
    """The lines with what further engines read in the header and at the end; and which engine gave up on them."""
    head, foot = find_header_end(source.number, lines, height), find_foot_start(lines)
    if head is None and foot is None:
        return lines, None
    if isinstance(engine, ZoneReadingEngine):
        lines = engine.reread_zones(image, source.scale, lines, head, foot)
    zones = header_reader.read_zones(image, source.scale, head, foot, lines)
    return merge_rows(lines, zones.rows), zones.failure


def _problem(code: ProblemCode, message: str, page: int, **params: str) -> Problem:
    return Problem(code, Message(message, {"page": str(page), **params}), page)


def _read_upright(rectified: RectifiedPage, engine: Engine, first: tuple[Line, ...]) -> tuple[int, tuple[Line, ...]]:
    """The reading of the turned image and by how much it was turned, where that reads better or rows were seen to run
    up or down; else the first."""
    degrees = engine.detect_rotation(rectified.image)
    if not degrees:
        return 0, first
    second = engine.read(_rotate(rectified.image, degrees), rectified.rectified.scale)
    if _confidence(second) < _confidence(first) + BETTER and not (rectified.lying and degrees in (90, 270)):
        return 0, first
    return degrees, second


def _rotate(image: Grey, degrees: int) -> Grey:
    """The image turned clockwise by so many degrees: none, or quarter turns."""
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

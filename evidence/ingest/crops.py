"""Crops of pages: the spot that proves a value, with a box around it, as a small PNG.

The stored original is opened again, in a contained child as always; the child's answer is images of our own making.
A box is counted in points on the page as it was read, so a page that was turned to be read is turned here likewise.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image, ImageDraw

from evidence import codec
from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest import media_types
from evidence.ingest.formats.image import FORMATS
from evidence.ingest.imaging.resolution import fit_resolution
from evidence.ingest.imaging.upright import open_upright
from evidence.ingest.pdf.reader import open_pdf
from evidence.model.geometry import POINTS, Box
from evidence.sandbox.policy import Permissions
from evidence.sandbox.pool import Pool
from evidence.sandbox.task import Task

DPI = 110  # a line of 13 points is 20 pixels high: legible, and about 6 kB a crop
AROUND = (60.0, 16.0)  # points shown left and right of the box, above and below it
LARGEST = (520.0, 200.0)  # points; of a larger box its upper left part is shown
COLOURS = 12
INK = (196, 30, 30)
LINE = 2  # pixels
SECONDS = 30.0  # a file; its pages are rendered one by one


@dataclass(frozen=True, slots=True)
class CropRequest:
    """What to show: a box on a page that was read as so many points wide and high. ``rotation``: by how many degrees,
    clockwise, the page as it came was turned to be read."""

    page: int
    box: Box
    width: float
    height: float
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class CropSource:
    """A file with the crops that are wanted of it."""

    sha256: str
    file: Path
    media_type: str
    requests: tuple[CropRequest, ...]


def render_crops(sources: Iterable[CropSource], jobs: int, limits: Limits) -> Iterator[tuple[str, CropRequest, bytes]]:
    """The crops of those files, as they come. What cannot be shown is left out: a crop is a help, never a proof."""
    waiting = [source for source in sources if source.requests and media_types.has_own_pages(source.media_type)]
    requests = {source.sha256: source.requests for source in waiting}
    with Pool(jobs, limits) as pool:
        while waiting or pool.busy:
            while waiting and pool.free:
                source = waiting.pop()
                run = partial(_run, source, limits)
                pool.start(Task(source.sha256, run, SECONDS, Permissions(reads=(source.file,))))
            for reply in pool.wait():
                for request, image in zip(requests[str(reply.key)], _decode(reply.data), strict=False):
                    if image:
                        yield str(reply.key), request, image


def _decode(data: bytes | None) -> tuple[bytes, ...]:
    try:
        return codec.decode(data, tuple[bytes, ...]) if data else ()
    except ValueError:
        return ()


# --- in the child ---------------------------------------------------------------------------------------------------


def _run(source: CropSource, limits: Limits) -> bytes:
    return codec.encode(tuple(cut_crops(source, limits)))


def cut_crops(source: CropSource, limits: Limits) -> Iterator[bytes]:
    """The crops in their order; empty where one cannot be made."""
    pages: dict[int, Image.Image | None] = {}
    for request in source.requests:
        if request.page not in pages:
            pages.clear()  # one page in memory at a time: the requests come page by page
            pages[request.page] = _render_page(source, request, limits)
        page = pages[request.page]
        yield _cut(page, request) if page is not None else b""


def _render_page(source: CropSource, request: CropRequest, limits: Limits) -> Image.Image | None:
    """The page, upright; ``None`` where the file does not give it any more."""
    try:
        if source.media_type == media_types.PDF:
            image = _render_pdf_page(source.file, request.page, limits)
        else:
            image = _render_frame(source.file, request)
    except (UnreadableError, OSError, ValueError, EOFError, RuntimeError):
        return None
    return image.rotate(-request.rotation, expand=True) if request.rotation else image


def _render_pdf_page(file: Path, number: int, limits: Limits) -> Image.Image:
    page = open_pdf(file)[number - 1]
    width, height = page.get_size()
    dpi = min(DPI, fit_resolution(width, height, limits.render_pixels))
    image: Image.Image = page.render(scale=dpi / POINTS, may_draw_forms=True).to_pil()
    return image.convert("RGB")


def _render_frame(file: Path, request: CropRequest) -> Image.Image:
    upright = open_upright(file, request.page, FORMATS)
    across = request.height if request.rotation in (90, 270) else request.width
    size = max(1, round(across * DPI / POINTS))
    if size < upright.width:
        upright = upright.resize((size, max(1, round(upright.height * size / upright.width))))
    return upright


def _cut(page: Image.Image, request: CropRequest) -> bytes:
    """The box with what stands around it; empty where the box lies outside the page."""
    scale = page.width / request.width if request.width else 0.0
    left, top, right, bottom = request.box
    right, bottom = min(right, left + LARGEST[0]), min(bottom, top + LARGEST[1])
    edges = (left - AROUND[0], top - AROUND[1], right + AROUND[0], bottom + AROUND[1])
    frame = [round(edge * scale) for edge in edges]
    frame = [max(0, frame[0]), max(0, frame[1]), min(page.width, frame[2]), min(page.height, frame[3])]
    if frame[2] - frame[0] < 4 or frame[3] - frame[1] < 4:
        return b""
    piece = page.crop((frame[0], frame[1], frame[2], frame[3]))
    start = (round(left * scale) - frame[0] - LINE, round(top * scale) - frame[1] - LINE)
    end = (round(right * scale) - frame[0] + LINE, round(bottom * scale) - frame[1] + LINE)
    ImageDraw.Draw(piece).rectangle((start, end), outline=INK, width=LINE)
    out = io.BytesIO()
    piece.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()

"""Crops of pages: the spot that proves a value, with a box around it, as a small PNG.

The stored original is opened again, in a contained child as always; the child's answer is images of our own making.
A box is counted in points on the page as it was read, so a page that was turned to be read is turned here likewise.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from evidence import codec
from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest import media_types
from evidence.ingest.formats.image import FORMATS
from evidence.ingest.imaging.resolution import fit_resolution
from evidence.ingest.pdf.reader import open_pdf
from evidence.model.geometry import POINTS, Box
from evidence.sandbox.policy import Permissions
from evidence.sandbox.pool import Pool, Task

DPI = 110  # a line of 13 points is 20 pixels high: legible, and about 6 kB a crop
AROUND = (60.0, 16.0)  # points shown left and right of the box, above and below it
LARGEST = (520.0, 200.0)  # points; of a larger box its upper left part is shown
COLOURS = 12
INK = (196, 30, 30)
LINE = 2  # pixels
SECONDS = 30.0  # a file; its pages are rendered one by one


@dataclass(frozen=True, slots=True)
class Cut:
    """What to show: a box on a page that was read as so many points wide and high, turned by so many degrees."""

    page: int
    box: Box
    width: float
    height: float
    degrees: int = 0


@dataclass(frozen=True, slots=True)
class Original:
    """A file with the cuts that are wanted of it."""

    sha256: str
    file: Path
    media_type: str
    cuts: tuple[Cut, ...]


def crops(wanted: Iterable[Original], jobs: int, limits: Limits) -> Iterator[tuple[str, Cut, bytes]]:
    """The crops of those files, as they come. What cannot be shown is left out: a crop is a help, never a proof."""
    waiting = [one for one in wanted if one.cuts and _shows(one.media_type)]
    asked: Mapping[str, Original] = {one.sha256: one for one in waiting}
    with Pool(jobs, limits) as pool:
        while waiting or pool.busy:
            while waiting and pool.free:
                one = waiting.pop()
                pool.start(Task(one.sha256, partial(_run, one, limits), SECONDS, Permissions(reads=(one.file,))))
            for reply in pool.wait():
                found = _opened(reply.data)
                for cut, image in zip(asked[str(reply.key)].cuts, found, strict=False):
                    if image:
                        yield str(reply.key), cut, image


def _shows(media_type: str) -> bool:
    return media_type == media_types.PDF or media_type.startswith("image/")


def _opened(data: bytes | None) -> tuple[bytes, ...]:
    try:
        return codec.decode(data, tuple[bytes, ...]) if data else ()
    except ValueError:
        return ()


# --- in the child ---------------------------------------------------------------------------------------------------


def _run(one: Original, limits: Limits) -> bytes:
    return codec.encode(tuple(cut(one, limits)))


def cut(one: Original, limits: Limits) -> Iterator[bytes]:
    """The crops in their order; empty where one cannot be made."""
    pages: dict[int, Image.Image | None] = {}
    for wanted in one.cuts:
        if wanted.page not in pages:
            pages.clear()  # one page in memory at a time: the cuts come page by page
            pages[wanted.page] = _page(one, wanted, limits)
        picture = pages[wanted.page]
        yield _cut(picture, wanted) if picture is not None else b""


def _page(one: Original, wanted: Cut, limits: Limits) -> Image.Image | None:
    try:
        picture = _pdf_page(one.file, wanted.page, limits) if one.media_type == media_types.PDF else _frame(one, wanted)
    except (UnreadableError, OSError, ValueError, EOFError, RuntimeError):
        return None
    if wanted.degrees:
        picture = picture.rotate(-wanted.degrees, expand=True)
    return picture


def _pdf_page(file: Path, number: int, limits: Limits) -> Image.Image:
    page = open_pdf(file)[number - 1]
    width, height = page.get_size()
    dpi = min(DPI, fit_resolution(width, height, limits.render_pixels))
    picture: Image.Image = page.render(scale=dpi / POINTS, may_draw_forms=True).to_pil()
    return picture.convert("RGB")


def _frame(one: Original, wanted: Cut) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # it was measured when it was read
    with Image.open(one.file, formats=FORMATS) as picture:
        picture.seek(wanted.page - 1)
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    across = wanted.height if wanted.degrees in (90, 270) else wanted.width
    size = max(1, round(across * DPI / POINTS))
    if size < upright.width:
        upright = upright.resize((size, max(1, round(upright.height * size / upright.width))))
    return upright


def _cut(page: Image.Image, wanted: Cut) -> bytes:
    """The box with what stands around it; empty where the box lies outside the page."""
    scale = page.width / wanted.width if wanted.width else 0.0
    left, top, right, bottom = wanted.box
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

"""Whole pages as pictures for the browser: WebP of at most ``MOST_BYTES``, drawn in a contained child.

The stored original is opened again; what comes back are images of our own making. A page that was turned to be read is
shown as it was read, so that boxes lie where they belong.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from PIL import Image

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest import media_types
from evidence.ingest.formats import image as image_format
from evidence.ingest.imaging.upright import open_upright
from evidence.ingest.pdf.reader import open_pdf
from evidence.sandbox.policy import Permissions
from evidence.sandbox.pool import Pool
from evidence.sandbox.task import Task

MOST_BYTES = 120_000
QUALITIES = {75: 1.0, 55: 0.88, 40: 0.79}  # of WebP -> bytes as a share of the first's (74 real pages: within 0.03)
SMALLER = 0.8  # the picture's sides, where even the last does not fit
SMALLER_BYTES = 0.73  # what is left of the bytes then
PROBE = 3  # times smaller is the picture whose bytes tell those of the whole
PROBE_BYTES = 0.211  # its share of them (74 real pages: within a tenth)
SECONDS = 20.0  # of the processor, for a page


@dataclass(frozen=True, slots=True)
class PageImageRequest:
    """A page of a file, to be drawn so many pixels wide. ``rotation``: by how many degrees, clockwise, it was turned to
    be read."""

    file: Path
    media_type: str
    page: int
    width: int
    rotation: int = 0


def preload() -> None:
    """Loads what the children need, once in the process that forks them."""
    image_format.preload()


def draw_page(request: PageImageRequest, limits: Limits) -> bytes | None:
    """The picture, or None where the file does not give that page."""
    if not media_types.has_own_pages(request.media_type):
        return None
    with Pool(1, limits) as pool:
        run = partial(_run, request, limits)
        pool.start(Task("page", run, SECONDS, Permissions(reads=(request.file,))))
        while pool.busy:
            for reply in pool.wait():
                return reply.data or None
    return None


# --- in the child ---------------------------------------------------------------------------------------------------


def _run(request: PageImageRequest, limits: Limits) -> bytes:
    try:
        image = _render_page(request, limits)
    except (UnreadableError, OSError, ValueError, EOFError, RuntimeError, IndexError):
        return b""
    if request.rotation:
        image = image.rotate(-request.rotation, expand=True)
    return pack_image(image)


def _render_page(request: PageImageRequest, limits: Limits) -> Image.Image:
    """The page as it came, so wide that it is ``request.width`` once it is turned."""
    turned = request.rotation in (90, 270)
    if request.media_type != media_types.PDF:
        image = open_upright(request.file, request.page, image_format.FORMATS, request.width)
        scale = min(1.0, request.width / (image.height if turned else image.width))
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        return image.resize(size, reducing_gap=2.0)
    page = open_pdf(request.file)[request.page - 1]
    width, height = page.get_size()
    scale = request.width / (height if turned else width)
    scale = min(scale, (limits.render_pixels / (width * height)) ** 0.5)
    drawn: Image.Image = page.render(scale=scale, may_draw_forms=True).to_pil()
    return drawn.convert("RGB")


def pack_image(image: Image.Image) -> bytes:
    """The picture as WebP of at most ``MOST_BYTES``: less sharp first, then smaller. What will not fit, by the size of
    a small copy (10 ms), is not tried: each try takes 60 ms, and four of five pages would need two or three."""
    expected = len(_encode(image.reduce(PROBE), max(QUALITIES))) / PROBE_BYTES
    for scale, quality, share in _list_steps():
        if expected * share > MOST_BYTES:
            continue
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        smaller = image if scale == 1 else image.resize(size, Image.Resampling.HAMMING)
        data = _encode(smaller, quality)
        if len(data) <= MOST_BYTES:
            return data
        expected = len(data) / share
    raise AssertionError("a picture of one pixel fits")


def _list_steps() -> Iterator[tuple[float, int, float]]:
    """How much smaller, how sharp, and what share of the bytes is left of it; ever less."""
    for step in count():
        for quality, share in QUALITIES.items():
            yield SMALLER**step, quality, share * SMALLER_BYTES**step


def _encode(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=2)
    return out.getvalue()

"""Whole pages as pictures for the browser: WebP of at most ``MOST_BYTES``, drawn in a contained child.

The stored original is opened again; what comes back are images of our own making. A page that was turned to be read is
shown as it was read, so that boxes lie where they belong.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest import media_types
from evidence.ingest.formats.image import FORMATS
from evidence.ingest.imaging.upright import open_upright
from evidence.ingest.pdf.reader import open_pdf
from evidence.sandbox.policy import Permissions
from evidence.sandbox.pool import Pool
from evidence.sandbox.task import Task

MOST_BYTES = 120_000
BEST = 75
QUALITIES = {
    BEST: 1.0,
    55: 0.88,
    40: 0.78,
}  # of WebP -> bytes as a share of the first's (measured on 107 real first pages)
SMALLER = 0.8  # the picture's sides, where even the last does not fit
SMALLER_BYTES = 0.72  # what is left of the bytes then
DOUBT = 1.05  # what is expected to be so much too large is tried
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
        image = open_upright(request.file, request.page, FORMATS, request.width)
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
    """The picture as WebP of at most ``MOST_BYTES``: less sharp first, then smaller. What will not fit by the size of
    the first try is not tried: each takes 60 ms."""
    first = _encode(image, BEST)
    if len(first) <= MOST_BYTES:
        return first
    steps = 0
    while True:
        scale = SMALLER**steps
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        for quality, share in QUALITIES.items():
            if len(first) * share * SMALLER_BYTES**steps > MOST_BYTES * DOUBT:
                continue
            data = _encode(image.resize(size) if steps else image, quality)
            if len(data) <= MOST_BYTES:
                return data
        steps += 1


def _encode(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=2)
    return out.getvalue()

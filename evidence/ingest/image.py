"""JPEG, PNG, TIFF, WebP, HEIC -> page images for OCR.

Only the decoders named here are tried: Pillow would sniff an EPS named .jpg and run Ghostscript on it.
"""

from __future__ import annotations

import importlib
import struct
import warnings

from PIL import Image, ImageOps

from evidence.errors import UnreadableError
from evidence.ingest import ink, render
from evidence.ingest.reading import Order, Reading, Scan

FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF", "HEIF")
A4 = (595.3, 841.9)  # points
# what Pillow's decoders raise on damaged headers ("Missing dimensions" is a TypeError)
BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, EOFError, struct.error,
)  # fmt: skip
SANE_DPI = (60.0, 1300.0)
LONGEST = 1300.0  # points; a page longer than this by its own dpi is taken as A4


def read(order: Order) -> Reading:
    """One stretch of frames. UnreadableError where the picture is damaged or too large."""
    Image.MAX_IMAGE_PIXELS = None  # the limit below is ours, and named in the record
    warnings.simplefilter("ignore")
    try:
        with Image.open(order.file, formats=[one for one in FORMATS if one in known()]) as picture:
            total = getattr(picture, "n_frames", 1)
            last = 1 if order.headers else order.last(total, order.limits.frames)
            scans = tuple(_frame(picture, index, order) for index in range(order.first, last))
    except BROKEN as error:
        raise UnreadableError("damaged", "damaged-image") from error
    return Reading((), scans, (), total)


def known() -> set[str]:
    """The decoders that Pillow has here; asking for another one raises KeyError."""
    Image.init()
    return set(Image.OPEN)


def read_heic(order: Order) -> Reading:
    """A photo of a phone. libheif is loaded only here."""
    importlib.import_module("pillow_heif").register_heif_opener(thumbnails=False, decode_threads=1)
    return read(order)


def _frame(picture: Image.Image, index: int, order: Order) -> Scan:
    picture.seek(index)
    if picture.width * picture.height > order.limits.image_pixels:
        raise UnreadableError(
            "too-large",
            "too-many-pixels",
            width=picture.width,
            height=picture.height,
            limit=order.limits.image_pixels // 1_000_000,
        )
    dpi = _dpi(picture)
    upright = ImageOps.exif_transpose(_grey(picture, dpi))
    width, height = upright.width * render.POINTS / dpi, upright.height * render.POINTS / dpi
    best = min(render.fitting(width, height, order.limits.render_pixels), render.HIGHEST, dpi)
    if best < dpi:
        upright = upright.resize([max(1, round(side * best / dpi)) for side in upright.size])
    file = order.scratch / f"{index + 1}.png"
    upright.save(file, "PNG", compress_level=1, dpi=(best, best))
    return Scan(index + 1, width, height, str(file), width / upright.width)


def _grey(picture: Image.Image, dpi: float) -> Image.Image:
    """Greyscale on white: a transparent background would turn black."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        rgba = picture.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        white.alpha_composite(rgba)
        white.info.update(picture.info)
        grey = ink.grey(white.convert("RGB"), dpi)
        grey.getexif().update(picture.getexif())
        return grey
    if picture.mode.startswith("I") or picture.mode == "F":
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    grey = ink.grey(picture, dpi)
    grey.getexif().update(picture.getexif())
    return grey


def _dpi(picture: Image.Image) -> float:
    """The picture's own dpi where it makes a sane page; else the one that makes it about A4."""
    own = picture.info.get("dpi", (0, 0))
    across = float(own[0]) if own and own[0] else 0.0
    longest = max(picture.size)
    if SANE_DPI[0] <= across <= SANE_DPI[1] and across != 72 and longest * render.POINTS / across <= LONGEST:
        return across
    return max(1.0, longest * render.POINTS / A4[1])

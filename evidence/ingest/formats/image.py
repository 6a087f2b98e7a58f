"""JPEG, PNG, TIFF, WebP, HEIC -> page images for OCR.

Only the decoders named here are tried: Pillow would sniff an EPS named .jpg and run Ghostscript on it.
"""

from __future__ import annotations

import importlib
import re
import struct
import warnings

import numpy as np
from PIL import Image, ImageOps

from evidence.errors import UnreadableError
from evidence.ingest.imaging import grayscale, raw_image
from evidence.ingest.imaging.resolution import HIGHEST_DPI, fit_resolution
from evidence.ingest.reader_protocol import IMAGES, PageImage, ReadRequest, ReadResult
from evidence.model.geometry import A4, POINTS

FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF", "HEIF")
# what Pillow's decoders raise on damaged headers ("Missing dimensions" is a TypeError)
BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, EOFError, struct.error,
)  # fmt: skip
CODED_SIZE = re.compile(r"Image size (\d{1,9})x(\d{1,9})")  # in libheif's message: the picture's true size
SANE_DPI = (60.0, 1300.0)
LONGEST = 1300.0  # points; a page longer than this by its own dpi is taken as A4


def preload() -> None:
    """Loads Pillow's decoders, once a process: a child that has to takes 60 ms for it."""
    Image.init()


def read(request: ReadRequest) -> ReadResult:
    """One stretch of frames. UnreadableError where the picture is damaged or too large."""
    Image.MAX_IMAGE_PIXELS = None  # the limit below is ours, and named in the record
    warnings.simplefilter("ignore")
    try:
        with Image.open(request.file, formats=[name for name in FORMATS if name in known_decoders()]) as opened:
            total = getattr(opened, "n_frames", 1)
            last = 1 if request.headers else request.last(total, request.limits.frames)
            end = min(last, request.first + IMAGES)
            scans = tuple(_frame(opened, index, request) for index in range(request.first, end))
    except BROKEN as error:
        raise UnreadableError("damaged", "damaged-image") from error
    return ReadResult((), scans, (), total, left=end if end < last else None)


def known_decoders() -> set[str]:
    """The decoders that Pillow has here; asking for another one raises KeyError."""
    Image.init()
    return set(Image.OPEN)


def read_heic(request: ReadRequest) -> ReadResult:
    """A photo of a phone. libheif is loaded only here; where the coded picture has not the size that the file declares,
    or needs more memory than libheif grants, it raises RuntimeError."""
    importlib.import_module("pillow_heif").register_heif_opener(thumbnails=False, decode_threads=1)
    try:
        return read(request)
    except RuntimeError as error:
        size = CODED_SIZE.search(str(error))
        width, height = (int(side) for side in size.groups()) if size else (0, 0)
        if width * height > request.limits.image_pixels:
            raise _too_many_pixels(width, height, request) from error
        raise UnreadableError("damaged", "damaged-image") from error


def _frame(opened: Image.Image, index: int, request: ReadRequest) -> PageImage:
    opened.seek(index)
    if opened.width * opened.height > request.limits.image_pixels:
        raise _too_many_pixels(opened.width, opened.height, request)
    dpi = _dpi(opened)
    upright = ImageOps.exif_transpose(_on_white(opened, dpi))
    width, height = upright.width * POINTS / dpi, upright.height * POINTS / dpi
    best = min(fit_resolution(width, height, request.limits.render_pixels), HIGHEST_DPI, dpi)
    if best < dpi:
        upright = upright.resize([max(1, round(side * best / dpi)) for side in upright.size])
    file = raw_image.save_image(upright, request.scratch, index + 1)
    return PageImage(index + 1, width, height, str(file), width / upright.width)


def _too_many_pixels(width: int, height: int, request: ReadRequest) -> UnreadableError:
    limit = request.limits.image_pixels // 1_000_000
    return UnreadableError("too-large", "too-many-pixels", width=width, height=height, limit=limit)


def _on_white(opened: Image.Image, dpi: float) -> Image.Image:
    """Greyscale on white: a transparent background would turn black."""
    if opened.mode in ("RGBA", "LA", "PA") or "transparency" in opened.info:
        rgba = opened.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        white.alpha_composite(rgba)
        grey = _to_grey(white.convert("RGB"), dpi)
    elif opened.mode.startswith("I") or opened.mode == "F":
        return opened.point(lambda value: value * (1 / 256)).convert("L")
    else:
        grey = _to_grey(opened, dpi)
    grey.getexif().update(opened.getexif())
    return grey


def _to_grey(opened: Image.Image, dpi: float) -> Image.Image:
    """Colour by its ink, other modes plainly."""
    if opened.mode != "RGB":
        return opened.convert("L")
    return Image.fromarray(grayscale.to_grey(np.asarray(opened), dpi))


def _dpi(opened: Image.Image) -> float:
    """The picture's own dpi where it makes a sane page; else the one that makes it about A4."""
    own = opened.info.get("dpi", (0, 0))
    across = float(own[0]) if own and own[0] else 0.0
    longest = max(opened.size)
    if SANE_DPI[0] <= across <= SANE_DPI[1] and across != 72 and longest * POINTS / across <= LONGEST:
        return across
    return max(1.0, longest * POINTS / A4[1])

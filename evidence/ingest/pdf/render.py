"""A PDF page -> a greyscale image for OCR (``imaging.resolution`` says how finely)."""

from __future__ import annotations

from pypdfium2 import PdfPage

from evidence.config import Limits
from evidence.ingest.imaging.grayscale import to_grey
from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.imaging.resolution import HIGHEST_DPI, LOWEST_DPI, fit_resolution
from evidence.ingest.pdf.page_objects import covered_share, list_images
from evidence.model.geometry import POINTS


def render_page(page: PdfPage, limits: Limits) -> tuple[Grey, float]:
    """The page as an image, and how many points one pixel is."""
    width, height = page.get_size()
    dpi = min(_native_resolution(page, width, height), fit_resolution(width, height, limits.render_pixels))
    colour = page.render(scale=dpi / POINTS, may_draw_forms=True, rev_byteorder=True).to_numpy()
    return to_grey(colour, dpi), float(width / colour.shape[1])


def _native_resolution(page: PdfPage, width: float, height: float) -> float:
    """The dpi of the image that covers most of the page, within bounds; the highest where text is drawn as paths."""
    best = (0.0, float(HIGHEST_DPI))
    for image in list_images(page):
        share = covered_share(image, width * height)
        left, bottom, right, top = image.get_bounds()
        if share > best[0]:
            best = (share, POINTS * max(image.get_px_size()) / max(right - left, top - bottom))
    return min(max(best[1], LOWEST_DPI), HIGHEST_DPI)

"""The drawing of one page, for the process that draws: it forks a contained child."""

from __future__ import annotations

from evidence.config import Settings
from evidence.ingest import page_images
from evidence.ingest.page_images import PageImageRequest

__all__ = ["PageImageRequest", "draw_page", "prepare_drawing"]


def prepare_drawing() -> None:
    """Loads what every page needs, before the first is drawn."""
    page_images.preload()


def draw_page(request: PageImageRequest, settings: Settings) -> bytes:
    """The page as WebP; empty where the file does not give it."""
    return page_images.draw_page(request, settings.limits) or b""

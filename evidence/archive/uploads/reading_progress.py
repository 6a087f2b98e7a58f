"""How far the reading of an upload is, for the process that reads it."""

from __future__ import annotations

from evidence.pipeline.page_progress import PageListener, following_pages

__all__ = ["PageListener", "following_pages"]

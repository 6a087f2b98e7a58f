"""Pictures of pages as browsers show them: from the cache, or drawn by other processes while the request waits.

The process that answers requests never draws: it forks nothing. Who draws is told by the server (``drawer``).
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Protocol

from evidence.archive.search.visibility import sees_document
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.ingest import media_types
from evidence.ingest.page_images import PageImageRequest
from evidence.model.record import PageSummary, Record
from evidence.search.scope import Scope
from evidence.store.annexes.annex_store import AnnexStore
from evidence.store.caches.image_cache import ImageCache
from evidence.store.criteria_sets import CriteriaSetStore
from evidence.store.store import Store

WIDTHS = (480, 800, 1200, 1600)  # pixels; others are rounded up to these, so that the cache holds no page twenty times
CACHE_BYTES = 1_000_000_000
FORGET = 600.0  # seconds until a page that could not be drawn is tried again: a hostile one costs no more than one try
MOST_UNDRAWN = 1000


class Drawing(Protocol):
    """What draws pages in another process."""

    def draw(self, request: PageImageRequest) -> bytes | None:
        """The page as WebP; empty where it cannot be drawn or takes too long, None where nobody was free to draw it."""


class PageImages:
    """The pictures of one archive's pages. ``drawer``: what draws those that are not kept; without it none is drawn."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.drawer: Drawing | None = None
        self._store, self._settings = store, settings
        self._cache = ImageCache(store.folder, CACHE_BYTES, store.originals.cache_bucket)
        self._undrawn: dict[tuple[str, int, int], float] = {}

    def find_image(self, sha256: str, page: int, width: int, scope: Scope) -> bytes | None:
        """The page as WebP, about so many pixels wide; None where it cannot be drawn.
        UsageError: the scope shows no such document, or it has no such page."""
        record = self._store.record(sha256) if sees_document(self._store, sha256, scope) else None
        summary = _find_page(record, page) if record is not None else None
        if record is None or summary is None:
            raise UsageError("page-none", page=page)
        wide = _widen(width)
        return self._cache.get(sha256, page, wide) or self._draw_original(record, summary, wide)

    def find_annex_image(self, name: str, page: int, width: int) -> bytes | None:
        """The page of the file that the criteria set was read from; None where it cannot be drawn.
        UsageError: no such set, its file is not kept, or has no such page."""
        stored, annexes = CriteriaSetStore(self._store).get(name), AnnexStore(self._store)
        annex = annexes.get_map(name) if stored else None
        found = next((each for each in annex.pages if each.number == page), None) if annex else None
        if stored is None or found is None:
            raise UsageError("page-none", page=page)
        kept = self._cache.get(stored.sha256, page, _widen(width))
        paper = annexes.get(name) if kept is None and self.drawer is not None else None
        if paper is None:
            return kept
        with tempfile.TemporaryDirectory(prefix="evidence-annex-") as folder:
            file = Path(folder) / stored.sha256
            file.write_bytes(paper.data)
            return self._draw(
                stored.sha256, PageImageRequest(file, paper.media_type, page, _widen(width), found.rotation)
            )

    def _draw_original(self, record: Record, page: PageSummary, width: int) -> bytes | None:
        sha256, media_type = record.source.sha256, record.source.media_type
        if not self._is_worth_trying(sha256, page.number, width, media_type):
            return None
        file = self._store.originals.bring(sha256)
        return self._draw(sha256, PageImageRequest(file, media_type, page.number, width, page.rotation))

    def _is_worth_trying(self, sha256: str, page: int, width: int, media_type: str) -> bool:
        failed = self._undrawn.get((sha256, page, width))
        drawable = self.drawer is not None and media_types.has_own_pages(media_type)
        return drawable and (failed is None or time.monotonic() - failed >= FORGET)

    def _draw(self, sha256: str, request: PageImageRequest) -> bytes | None:
        key = (sha256, request.page, request.width)
        if self.drawer is None or not self._is_worth_trying(*key, request.media_type):
            return None
        image = self.drawer.draw(request)
        if image == b"":
            if len(self._undrawn) >= MOST_UNDRAWN:
                self._undrawn.clear()
            self._undrawn[key] = time.monotonic()
        elif image is not None and not self._store.frozen:
            self._cache.put(*key, image)
        return image or None


def _widen(width: int) -> int:
    """The next of the widths that are drawn."""
    return next((each for each in WIDTHS if each >= width), WIDTHS[-1])


def _find_page(record: Record, number: int) -> PageSummary | None:
    pages = [each for part in (record, *record.parts) for each in part.pages]
    return next((each for each in pages if each.number == number), None)

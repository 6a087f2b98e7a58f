"""Pictures of pages as browsers show them: from the cache, or drawn by another process that a job asks.

The process that answers requests never draws: it forks nothing.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from evidence import codec
from evidence.archive.search.visibility import sees_document
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.ingest.page_images import PageImageRequest, draw_page
from evidence.model.job import JobKind, JobRequest, JobState
from evidence.model.record import PageSummary
from evidence.search.scope import Scope
from evidence.store.caches.image_cache import ImageCache
from evidence.store.jobs.job_table import JobTable
from evidence.store.store import Store

WIDTHS = (480, 800, 1200, 1600)  # pixels; others are rounded up to these, so that the cache holds no page twenty times
CACHE_BYTES = 1_000_000_000
PATIENCE = 10.0  # seconds that a picture is waited for
GLANCE = 0.02  # seconds between two looks


@dataclass(frozen=True, slots=True)
class PageToDraw:
    """The work of a job."""

    sha256: str
    page: int
    width: int


class PageImages:
    """The pictures of one archive's pages."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._cache = ImageCache(store.folder, CACHE_BYTES)
        self._jobs = JobTable(store)

    def find_image(
        self, sha256: str, page: int, width: int, scope: Scope, patience: float | None = None
    ) -> bytes | None:
        """The page as WebP, about so many pixels wide; None where it cannot be drawn, or not in
        ``patience`` seconds (PATIENCE where none are given).
        UsageError: the scope shows no such document, or it has no such page."""
        if not sees_document(self._store, sha256, scope) or self._summary(sha256, page) is None:
            raise UsageError("page-none", page=page)
        wide = next((each for each in WIDTHS if each >= width), WIDTHS[-1])
        image = self._cache.get(sha256, page, wide)
        if image is not None or self._store.frozen:
            return image
        self.ask_for(sha256, page, wide)
        return self._wait_for(PageToDraw(sha256, page, wide), PATIENCE if patience is None else patience)

    def ask_for(self, sha256: str, page: int, width: int) -> None:
        """Has the page drawn ahead of being asked for; ``width`` is one of ``WIDTHS``."""
        wanted = PageToDraw(sha256, page, width)
        if self._cache.get(sha256, page, width) is None:
            self._jobs.add(JobRequest(JobKind.DRAW_PAGE, _name(wanted), codec.encode(wanted)))

    def draw(self, work: bytes) -> bool:
        """Draws the page that a job asks for, into the cache; whether it could be drawn. Forks a child."""
        wanted = codec.decode(work, PageToDraw)
        if self._cache.get(wanted.sha256, wanted.page, wanted.width) is not None:
            return True
        document, summary = self._store.record(wanted.sha256), self._summary(wanted.sha256, wanted.page)
        if document is None or summary is None:
            return False
        file = self._store.originals.path(wanted.sha256)
        request = PageImageRequest(file, document.source.media_type, wanted.page, wanted.width, summary.rotation)
        image = draw_page(request, self._settings.limits)
        if image:
            self._cache.put(wanted.sha256, wanted.page, wanted.width, image)
        return bool(image)

    def _summary(self, sha256: str, page: int) -> PageSummary | None:
        record = self._store.record(sha256)
        pages = [each for part in (record, *record.parts) for each in part.pages] if record else []
        return next((each for each in pages if each.number == page), None)

    def _wait_for(self, wanted: PageToDraw, patience: float) -> bytes | None:
        last = time.monotonic() + patience
        while time.monotonic() < last:
            time.sleep(GLANCE)
            image = self._cache.get(wanted.sha256, wanted.page, wanted.width)
            if image is not None:
                return image
            jobs = self._jobs.find(JobKind.DRAW_PAGE, _name(wanted))
            if not jobs or jobs[-1].state is JobState.FAILED:
                return None
        return None


def _name(wanted: PageToDraw) -> str:
    return f"{wanted.sha256}/{wanted.page}/{wanted.width}"

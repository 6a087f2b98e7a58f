"""Pictures of pages, kept so that none is drawn twice.

One file a picture in ``page-images/``, named by the content's hash, page, width and how it is drawn.
"""

from __future__ import annotations

from pathlib import Path

from evidence.store.caches.bounded_folder import BoundedFolder
from evidence.store.objects.bucket import Bucket

FOLDER = "page-images"
DRAWING_VERSION = 2  # raise it where pages are drawn in another way


class ImageCache:
    """``limit``: how many bytes it may hold. The pictures asked for longest ago go first."""

    def __init__(self, archive: Path, limit: int, shared: Bucket | None = None) -> None:
        self._files = BoundedFolder(archive / FOLDER, limit, shared)

    def get(self, sha256: str, page: int, width: int) -> bytes | None:
        """The picture, where it is kept."""
        return self._files.get(_name(sha256, page, width)) or None

    def put(self, sha256: str, page: int, width: int, data: bytes) -> None:
        """Keeps it, where there is room."""
        self._files.put(_name(sha256, page, width), data)


def _name(sha256: str, page: int, width: int) -> str:
    return f"{sha256}-{page}-{width}-v{DRAWING_VERSION}.webp"

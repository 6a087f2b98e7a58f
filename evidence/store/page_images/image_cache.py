"""Pictures of pages, kept so that none is drawn twice: a cache that may be thrown away at any time.

One file a picture in ``page-images/``, named by the content's hash, page, width and how it is drawn. Written aside and
renamed, never synced; no part of a backup. Nothing here ever stops anybody.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from tempfile import mkstemp

FOLDER = "page-images"
DRAWING_VERSION = 1  # raise it where pages are drawn in another way
ROOM = 500_000_000  # bytes that stay free on the disk
SPARE = 0.9  # share of the limit that is left when it was reached
DRAFT = ".draft"


class ImageCache:
    """``limit``: how many bytes it may hold. The pictures asked for longest ago go first."""

    def __init__(self, archive: Path, limit: int) -> None:
        self._folder, self._limit = archive / FOLDER, limit
        self._size: int | None = None

    def get(self, sha256: str, page: int, width: int) -> bytes | None:
        """The picture, where it is kept."""
        place = self._place(sha256, page, width)
        try:
            data = place.read_bytes()
            os.utime(place)
        except OSError:
            return None
        return data or None

    def put(self, sha256: str, page: int, width: int, data: bytes) -> None:
        """Keeps it, where there is room."""
        with contextlib.suppress(OSError):
            if len(data) > self._limit or shutil.disk_usage(self._folder.parent).free < ROOM:
                return
            place = self._place(sha256, page, width)
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, name = mkstemp(suffix=DRAFT, dir=place.parent)
            with os.fdopen(handle, "wb") as target:
                target.write(data)
            Path(name).replace(place)
            self._size = self._measure() if self._size is None else self._size + len(data)
            if self._size > self._limit:
                self._size = self._shrink()

    def _place(self, sha256: str, page: int, width: int) -> Path:
        return self._folder / sha256[:2] / f"{sha256}-{page}-{width}-v{DRAWING_VERSION}.webp"

    def _measure(self) -> int:
        return sum(size for _, size, _ in self._files())

    def _shrink(self) -> int:
        files = sorted(self._files())
        left = sum(size for _, size, _ in files)
        for _, size, file in files:
            if left <= self._limit * SPARE:
                break
            file.unlink(missing_ok=True)
            left -= size
        return left

    def _files(self) -> list[tuple[float, int, Path]]:
        entries = []
        for file in self._folder.glob("*/*"):
            with contextlib.suppress(OSError):
                status = file.stat()
                entries.append((status.st_mtime, status.st_size, file))
        return entries

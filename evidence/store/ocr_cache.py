"""What OCR made of page images, kept so that no page is recognised twice: a cache that may be thrown away at any time.

One file a page in ``ocr-cache/``, under a name that says all it depends on (``ocr.fingerprint``). It is no part of a
backup and of no concern to ``verify``. Written aside and renamed, so that two ingesters and a kill leave whole files;
never synced: what a power cut leaves torn does not unpack, and is a miss like anything else that is not as it should
be. Nothing here ever stops a run.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import zlib
from pathlib import Path
from tempfile import mkstemp

FOLDER = "ocr-cache"
ROOM = 500_000_000  # bytes that stay free on the disk: the cache must not take the archive's last ones
LONGEST = 64_000_000  # bytes of one page, unpacked
SPARE = 0.9  # share of the limit that is left when it was reached: not every page then costs a look at all files
DRAFT = ".draft"


class PageCache:
    """``limit``: how many bytes it may hold; 0: none. The pages asked for longest ago go first."""

    def __init__(self, archive: Path, limit: int) -> None:
        self._folder = archive / FOLDER
        self._limit = limit
        self._size: int | None = None  # as far as we know: others may write too

    def get(self, key: str) -> bytes | None:
        """What was kept under that key."""
        if not self._limit:
            return None
        place = self._place(key)
        try:
            data = _unpacked(place.read_bytes())
            os.utime(place)  # asked for just now
        except (OSError, zlib.error):
            return None
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keeps it, where there is room."""
        packed = zlib.compress(data)
        with contextlib.suppress(OSError):
            if len(packed) > self._limit or shutil.disk_usage(self._folder.parent).free < ROOM:
                return
            self._write(self._place(key), packed)
            self._size = self._measure() if self._size is None else self._size + len(packed)
            if self._size > self._limit:
                self._size = self._shrink()

    def _place(self, key: str) -> Path:
        return self._folder / key[:2] / key

    def _write(self, place: Path, packed: bytes) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(suffix=DRAFT, dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(packed)
            Path(name).replace(place)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def _measure(self) -> int:
        return sum(size for _, size, _ in self._files())

    def _shrink(self) -> int:
        """Lets go of what was not asked for longest; how much is left. A draft that old was left by a kill."""
        files = sorted(self._files())
        left = sum(size for _, size, _ in files)
        for _, size, file in files:
            if left <= self._limit * SPARE:
                break
            file.unlink(missing_ok=True)
            left -= size
        return left

    def _files(self) -> list[tuple[float, int, Path]]:
        """Time, size and place of each; one that another ingester has just let go of is passed over."""
        entries = []
        for file in self._folder.glob("*/*"):
            with contextlib.suppress(OSError):
                status = file.stat()
                entries.append((status.st_mtime, status.st_size, file))
        return entries


def _unpacked(packed: bytes) -> bytes:
    """The page; zlib.error where it is torn, changed or larger than any page."""
    unpacking = zlib.decompressobj()
    data = unpacking.decompress(packed, LONGEST)
    if not unpacking.eof:
        raise zlib.error("torn")
    return data

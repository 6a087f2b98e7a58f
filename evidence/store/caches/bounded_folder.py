"""A folder of files that may be thrown away at any time: what was asked for longest ago goes where there is no room.

Files are written aside and renamed, so that two writers and a kill leave whole files; never synced: what a power cut
leaves torn is the reader's to tell. Nothing here ever stops anybody.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from tempfile import mkstemp

from evidence.errors import ArchiveError
from evidence.store.objects.bucket import Bucket

ROOM = 500_000_000  # bytes that stay free on the disk: a cache must not take the archive's last ones
SPARE = 0.9  # share of the limit that is left when it was reached: not every file then costs a look at all of them
DRAFT = ".draft"


class BoundedFolder:
    """``limit``: how many bytes it may hold. A name's first two characters are its folder in ``folder``. ``shared``:
    where other machines find what this one made, below the folder's name, and it what they made."""

    def __init__(self, folder: Path, limit: int, shared: Bucket | None = None) -> None:
        self._folder = folder
        self._limit = limit
        self._shared = shared
        self._size: int | None = None  # as far as we know: others may write too

    def get(self, name: str) -> bytes | None:
        """The file of that name, which from now on is the one asked for last."""
        place = self._place(name)
        try:
            data = place.read_bytes()
            os.utime(place)
        except OSError:
            return self._fetch(name) if self._shared is not None else None
        return data

    def put(self, name: str, data: bytes) -> None:
        """Keeps it under that name, where there is room."""
        with contextlib.suppress(OSError):
            if len(data) > self._limit or shutil.disk_usage(self._folder.parent).free < ROOM:
                return
            _write(self._place(name), data)
            if self._shared is not None:
                with contextlib.suppress(ArchiveError):
                    self._shared.put_once(self._shared_name(name), self._place(name))
            self.admit(len(data))

    def admit(self, size: int) -> None:
        """A file of so many bytes was put here by its owner: what was asked for longest ago makes room."""
        with contextlib.suppress(OSError):
            self._size = self._measure() if self._size is None else self._size + size
            if self._size > self._limit:
                self._size = self._shrink()

    def _fetch(self, name: str) -> bytes | None:
        """What another machine made, here from now on."""
        place = self._place(name)
        with contextlib.suppress(OSError, ArchiveError):
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, copy = mkstemp(suffix=DRAFT, dir=place.parent)
            os.close(handle)
            try:
                if self._shared is not None and self._shared.fetch(self._shared_name(name), Path(copy)):
                    data = Path(copy).read_bytes()
                    Path(copy).replace(place)
                    self.admit(len(data))
                    return data
            finally:
                Path(copy).unlink(missing_ok=True)
        return None

    def _shared_name(self, name: str) -> str:
        return f"caches/{self._folder.name}/{name[:2]}/{name}"

    def _place(self, name: str) -> Path:
        return self._folder / name[:2] / name

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
        """Time, size and place of each; one that another process has just let go of is passed over."""
        entries = []
        for file in self._folder.glob("*/*"):
            with contextlib.suppress(OSError):
                status = file.stat()
                entries.append((status.st_mtime, status.st_size, file))
        return entries


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(suffix=DRAFT, dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(data)
        Path(name).replace(place)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise

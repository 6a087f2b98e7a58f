"""What OCR made of page images, kept so that no page is recognised twice.

One file a page in ``ocr-cache/``, under a name that says all it depends on (``ocr.fingerprint``). It is of no concern
to ``verify``. What a power cut leaves torn does not unpack, and is a miss like anything else that is not as it should
be.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from evidence.store.caches.bounded_folder import BoundedFolder
from evidence.store.objects.bucket import Bucket

FOLDER = "ocr-cache"
LONGEST = 64_000_000  # bytes of one page, unpacked


class PageCache:
    """``limit``: how many bytes it may hold; 0: none. The pages asked for longest ago go first."""

    def __init__(self, archive: Path, limit: int, shared: Bucket | None = None) -> None:
        self._limit = limit
        self._files = BoundedFolder(archive / FOLDER, limit, shared)

    def get(self, key: str) -> bytes | None:
        """What was kept under that key."""
        packed = self._files.get(key) if self._limit else None
        try:
            return _unpack(packed) if packed is not None else None
        except zlib.error:
            return None

    def put(self, key: str, data: bytes) -> None:
        """Keeps it, where there is room."""
        self._files.put(key, zlib.compress(data))


def _unpack(packed: bytes) -> bytes:
    """The page; zlib.error where it is torn, changed or larger than any page."""
    unpacking = zlib.decompressobj()
    data = unpacking.decompress(packed, LONGEST)
    if not unpacking.eof:
        raise zlib.error("torn")
    return data

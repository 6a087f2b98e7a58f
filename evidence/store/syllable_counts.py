"""What an archive's own digital text says of syllables, kept so that not every run counts it: a cache, one file.

Made from the stored documents at any time (``own_spelling``); no part of a backup and of no concern to ``verify``.
Written aside, where what a kill leaves is swept up, and renamed; never synced: a file that is torn is none. Nothing
here ever stops a run.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from pathlib import Path
from tempfile import mkstemp

import msgspec

FILE = "own-syllables"
DRAFTS = "tmp"  # the archive's folder for what is being written


class StoredCounts(msgspec.Struct, frozen=True):
    """The counts as lines of text; how many documents were stored when they were made, and of how many syllables."""

    documents: int
    syllables: int
    text: str


def load_counts(archive: Path) -> StoredCounts | None:
    """What was kept; None where there is nothing, or nothing whole."""
    try:
        return msgspec.json.decode(zlib.decompress((archive / FILE).read_bytes()), type=StoredCounts)
    except (OSError, zlib.error, msgspec.DecodeError):
        return None


def save_counts(archive: Path, counts: StoredCounts) -> None:
    """Keeps it in the place of what was kept before, where that can be written."""
    with contextlib.suppress(OSError):
        handle, name = mkstemp(prefix=f"{FILE}-", dir=archive / DRAFTS)
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(zlib.compress(msgspec.json.encode(counts)))
            Path(name).replace(archive / FILE)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

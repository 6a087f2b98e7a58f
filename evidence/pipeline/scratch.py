"""The folder of one run's copies and page images among the temporary files; the next run removes a killed run's.

A run holds the lock of its folder as long as it lives; whoever gets that lock knows that nobody works there.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX, LOCK = "evidence-", "evidence.lock"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new folder, ours alone, gone afterwards. What killed runs of the same user left is removed first."""
    sweep_scratch(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    draft = folder / f"{LOCK}.new"  # nobody sees the lock before it is held
    lock = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        draft.rename(folder / LOCK)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def sweep_scratch(place: Path) -> None:
    """Removes the folders in which nobody works any more. Another user's, and what is no folder of ours, stay."""
    for folder in place.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            facts = folder.lstat()
            if stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.getuid() and (folder / LOCK).is_file():
                _remove_if_left(folder)


def _remove_if_left(folder: Path) -> None:
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # BlockingIOError: a run is at work there
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)

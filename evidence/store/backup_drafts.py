"""The folder in which a backup is written before it bears its name, and what killed backups left of such folders.

Whoever writes a backup holds the lock of its folder as long as it lives; whoever gets that lock knows that nobody
works there. Nothing is removed but files of our own names, and never a folder that holds anything else.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from evidence.store.folder import PARTS

DRAFT = "backup"  # the backup itself, beside the copy of the database
SUFFIX = ".evidence-backup"
OWN_NAMES = frozenset({DRAFT, *PARTS})
YOUNG = 60.0  # seconds: a folder that was just made is not locked yet


@contextmanager
def draft_folder(file: Path) -> Iterator[Path]:
    """A new folder beside that file, ours alone, gone afterwards; what killed backups left there is removed first.
    OSError where it cannot be made."""
    place = file.absolute().parent
    sweep_drafts(place, file.name)
    folder = Path(mkdtemp(prefix=f".{file.name}.", suffix=SUFFIX, dir=place))
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):  # a file system without locks: then nobody sweeps there
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder
    finally:
        _remove(folder)
        os.close(handle)


def sweep_drafts(place: Path, name: str) -> None:
    """Removes the folders of backups in which nobody works any more; ``name``: of the backup to be written, since
    those of older versions are known by it alone."""
    for folder in sorted(place.iterdir()) if place.is_dir() else ():
        older = folder.name.startswith(f".{name}.") and len(folder.name) == len(name) + 10  # two dots, eight letters
        if folder.name.startswith(".") and (folder.name.endswith(SUFFIX) or older):
            with contextlib.suppress(OSError):
                _sweep(folder)


def _sweep(folder: Path) -> None:
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.getuid():
        return
    young = time.time() - facts.st_mtime < YOUNG
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # BlockingIOError: a backup is being written there
        left = {entry.name for entry in folder.iterdir()}
        if left <= OWN_NAMES and (left or not young):
            _remove(folder)
    finally:
        os.close(handle)


def _remove(folder: Path) -> None:
    for name in OWN_NAMES:
        (folder / name).unlink(missing_ok=True)
    folder.rmdir()

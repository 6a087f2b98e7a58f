"""The folder of an archive: its marker, its lock, its temporary files.

``evidence-archive.json`` makes a folder recognisably an archive; a folder without it is never touched, and never
made into one unless it is empty. Everyone who has the archive open holds ``lock`` shared; who finds nobody else there
sweeps up what a killed run left behind.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import threading
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from evidence.errors import ArchiveError

MARKER = "evidence-archive.json"
DATABASE = "archive.db"
PARTS = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal")
CAUSES = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EIO: "disk-error",
}
OWN_NAMES = frozenset({MARKER, f"{MARKER}.new", "lock", "tmp", "originals", *PARTS})


@dataclass(frozen=True, slots=True)
class MarkerContent:
    """What the marker says. ``archive``: the identity; ``database``: where that is, without a password; None: in the
    folder."""

    archive: str
    database: str | None = None


class ArchiveFolder:
    """An archive's folder, open. ``marker``: what stands in its marker; ``archive``: the identity there; ``frozen``:
    nothing can be written in the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        marker = _read_marker(folder)
        self.marker = marker
        self.archive = marker.archive
        self.frozen = not os.access(folder, os.W_OK | os.X_OK, effective_ids=True)
        self._lock: int | None = None

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    def enter(self) -> bool:
        """Takes the lock; True where nobody else is in, and then others wait until ``share``."""
        if self.frozen:
            return False
        self._lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.share()
            return False
        return True

    def share(self) -> None:
        """Lets others in."""
        if self._lock is not None:
            fcntl.flock(self._lock, fcntl.LOCK_SH)

    def leave(self) -> None:
        """Gives the lock back."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def open_folder(folder: Path) -> ArchiveFolder:
    """The archive in that folder. ArchiveError where there is none."""
    if not (folder / MARKER).is_file():
        if not folder.exists():
            raise ArchiveError("archive-none", "archive-none-hint", home=folder)
        raise ArchiveError("archive-not-one", "archive-not-one-hint", home=folder)
    return ArchiveFolder(folder)


def create_folder(folder: Path, fill: Callable[[Path, str], MarkerContent]) -> ArchiveFolder:
    """The archive in that folder, made there if the folder is new or empty. ``fill`` makes the database of an archive
    of that identity. ArchiveError where the folder holds something else or cannot be written.

    The marker comes last: a kill in between leaves a folder that the next call makes anew, for nothing can have
    been stored in it.
    """
    if (folder / MARKER).is_file():
        return open_folder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_foreign(folder)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise write_error(folder, error) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / MARKER).is_file():
            _build(folder, fill)
    except OSError as error:
        raise write_error(folder, error) from error
    finally:
        os.close(lock)
    return open_folder(folder)


def write_error(folder: Path, error: OSError) -> ArchiveError:
    """What a failed write into the archive's folder means, by the number of the system's error."""
    cause = CAUSES.get(error.errno or 0, "read-only")
    return ArchiveError(f"archive-{cause}", f"archive-{cause}-hint", home=folder)


def _refuse_foreign(folder: Path) -> None:
    """ArchiveError where the folder holds anything but what a killed call left; unless it became an archive meanwhile:
    another process may have made it since we looked, and have gone on to write its index."""
    foreign = any(entry.name not in OWN_NAMES for entry in folder.iterdir())
    if foreign and not (folder / MARKER).is_file():
        raise ArchiveError("archive-not-one", "archive-not-one-hint", home=folder)


def _build(folder: Path, fill: Callable[[Path, str], MarkerContent]) -> None:
    for name in PARTS:
        (folder / name).unlink(missing_ok=True)
    for name in ("tmp", "originals"):
        (folder / name).mkdir(exist_ok=True)
    write_marker(folder, fill(folder, uuid.uuid4().hex))


def write_marker(folder: Path, content: MarkerContent) -> None:
    """Writes the marker, in the place of the former one. ArchiveError where that cannot be written."""
    new = folder / f"{MARKER}.new"
    try:
        with new.open("wb") as file:
            file.write(encode_marker(content))
            file.flush()
            os.fsync(file.fileno())
        new.replace(folder / MARKER)
        sync_folder(folder)
    except OSError as error:
        raise write_error(folder, error) from error


def encode_marker(content: MarkerContent) -> bytes:
    """The marker's bytes."""
    marker = {"archive": content.archive, "made by": "evidence", "database": content.database}
    return json.dumps({name: value for name, value in marker.items() if value}).encode()


def _read_marker(folder: Path) -> MarkerContent:
    try:
        marker = json.loads((folder / MARKER).read_text("utf-8"))
        return MarkerContent(str(marker["archive"]), str(marker["database"]) if marker.get("database") else None)
    except PermissionError as error:
        raise ArchiveError("archive-no-permission", "archive-no-permission-hint", home=folder) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArchiveError("archive-marker-broken", "archive-marker-broken-hint", home=folder, name=MARKER) from error


@dataclass
class _ThreadLock:
    """What binds the threads of this process to one file's lock; ``depth``: how often its thread holds it."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    depth: int = 0


_THREAD_LOCKS: defaultdict[Path, _ThreadLock] = defaultdict(_ThreadLock)


@contextmanager
def hold_lock(file: Path) -> Iterator[None]:
    """Holds the lock of that file, and waits for it: against other processes (it goes with its process, and no child
    inherits it), and against other threads of this one, whom a lock of the system (``fcntl``) does not bind. A thread
    that holds it may take it again."""
    held = _THREAD_LOCKS[file]
    with held.lock:
        held.depth += 1
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644) if held.depth == 1 else None
        try:
            if handle is not None:
                fcntl.lockf(handle, fcntl.LOCK_EX)
            yield
        finally:
            held.depth -= 1
            if handle is not None:
                os.close(handle)


def sync_folder(folder: Path) -> None:
    """Makes the names in that folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

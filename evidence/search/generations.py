"""Where an index lies: a cache in ``index-<n>``, made from the store, written by one writer at a time.

An engine may read what it stores in ways that trust it (Whoosh: ``pickle``), so an index is opened only if this archive
made it and we own it: the folder that ``index.json`` names must bear the archive's identity and the token drawn when it
was made. Anything else is thrown away and made anew; a backup never carries an index.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evidence.search.engine import EngineName, IndexDamagedError, IndexOutdatedError
from evidence.search.entries import ANALYSIS, IndexEntry

POINTER, MARKER, LOCK, DRAFT = "index.json", "evidence-index.json", "index.lock", "draft.json"

Write = Callable[[Path, Iterable[IndexEntry]], int]
ReadRevisions = Callable[[Path], dict[str, int]]


class IndexFolders:
    """The folders of the index of the archive in ``home``, for one engine."""

    def __init__(self, home: Path, archive: str, engine: EngineName) -> None:
        self._home = home
        self._archive = archive
        self._engine = engine
        self._checked: tuple[tuple[int, int], Path] | None = None

    @contextmanager
    def exclusive(self, wait: bool) -> Iterator[bool]:
        """Whether we are the one writer for the length of the block."""
        handle = os.open(self._home / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True
        finally:
            os.close(handle)

    def current(self) -> Path:
        """The folder of the index, if it was made by this archive, by us, for this version and engine.

        IndexDamagedError, OSError or ValueError: there is none; IndexOutdatedError: one of an earlier version.
        """
        status = (self._home / POINTER).stat()
        seen = (status.st_mtime_ns, status.st_ino)
        if self._checked is None or self._checked[0] != seen:
            self._checked = (seen, self._check(POINTER))
        return self._checked[1]

    def stamp(self, name: str) -> tuple[int, ...]:
        """What changes with the pointer, or with the file of that name in the folder of the index."""
        status = (self.current() / name).stat()
        return (*(self._checked[0] if self._checked else ()), status.st_mtime_ns, status.st_ino)

    def open_draft(
        self, start: int, unfinished: int | None, write: Write, read_revisions: ReadRevisions
    ) -> FolderDraft:
        """The index that is being made anew, as far as it is: the one left ``unfinished`` that began there, or an empty
        one that begins at ``start``. ``write`` adds entries to the index in a folder, ``read_revisions`` tells what it
        holds."""
        try:
            with as_damage():
                folder = self._check(DRAFT)
                begun = int(json.loads((self._home / DRAFT).read_text("utf-8"))["start"])
                if begun != unfinished:
                    raise IndexOutdatedError
                return FolderDraft(self, folder, begun, write, read_revisions(folder))
        except IndexDamagedError:
            folder = self._fresh()
            self._mark(folder, DRAFT, start)
            return FolderDraft(self, folder, start, write, {})

    def open_new(self, write: Write) -> FolderDraft:
        """An index that is made in one go."""
        return FolderDraft(self, self._fresh(), 0, write, {})

    def _check(self, name: str) -> Path:
        pointer = json.loads((self._home / name).read_text("utf-8"))
        folder = self._home / Path(str(pointer["folder"])).name
        marker = folder / MARKER
        mine = all(_is_own(part) for part in (self._home / name, folder, marker))
        same = json.loads(marker.read_text("utf-8")) == pointer
        if not (mine and same and pointer["archive"] == self._archive):
            raise IndexDamagedError
        if (pointer.get("analysis"), pointer.get("engine")) != (ANALYSIS, self._engine.value):
            raise IndexOutdatedError
        return folder

    def _fresh(self) -> Path:
        """A new folder, empty."""
        taken = [int(part) for path in self._home.glob("index-*") if (part := path.name[6:]).isdigit()]
        folder = self._home / f"index-{max(taken, default=0) + 1}"
        folder.mkdir(mode=0o755)
        return folder

    def publish(self, folder: Path) -> None:
        """Makes the folder the index, in one step, and throws the others away."""
        self._mark(folder, POINTER)
        (self._home / DRAFT).unlink(missing_ok=True)
        for other in self._home.glob("index-*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)

    def _mark(self, folder: Path, name: str, start: int | None = None) -> None:
        """Writes into the folder whose it is, and the same into the file of that name beside it, in one step."""
        mark = json.dumps(
            {
                "archive": self._archive,
                "token": secrets.token_hex(16),
                "analysis": ANALYSIS,
                "engine": self._engine.value,
                "folder": folder.name,
                "start": start,
            }
        )
        (folder / MARKER).write_text(mark, "utf-8")
        new = self._home / f"{name}.new"
        new.write_text(mark, "utf-8")
        new.replace(self._home / name)


@dataclass(frozen=True, slots=True)
class FolderDraft:
    """An ``IndexDraft`` in a folder of its own."""

    folders: IndexFolders
    folder: Path
    start: int
    write: Write
    revisions: dict[str, int]

    def add(self, entries: Iterable[IndexEntry]) -> int:
        """Writes documents that it does not hold, durably; how many."""
        return self.write(self.folder, entries)

    def publish(self) -> None:
        """Makes it the index, in one step."""
        self.folders.publish(self.folder)


def _is_own(path: Path) -> bool:
    """Whether we own it, it is no link, and nobody else may write it."""
    status = path.lstat()
    return status.st_uid == os.geteuid() and not path.is_symlink() and not status.st_mode & 0o002


@contextmanager
def as_damage() -> Iterator[None]:
    """Whatever an engine stumbles over in its files, the way out is the same: make the index anew."""
    try:
        yield
    except (IndexDamagedError, MemoryError):
        raise
    except Exception as error:
        raise IndexDamagedError from error

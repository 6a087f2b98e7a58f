"""The index on disk: a cache in ``index-<n>``, made from the store, written by one writer at a time.

Whoosh reads what it stores with ``pickle``, so an index is opened only if this archive made it and we own it: the
folder that ``index.json`` names must bear the archive's identity and the token drawn when it was made. Anything else
is thrown away and made anew; a backup never carries an index. No distribution of Whoosh calls fsync: after a power cut
the index may be damaged, never a stored document.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from whoosh.index import FileIndex, create_in, open_dir
from whoosh.searching import Searcher
from whoosh.writing import SegmentWriter

from evidence.search.query import Query
from evidence.search.whoosh.planner import SearchStep, match_own_numbers, plan_steps
from evidence.search.whoosh.schema import ANALYSIS, IndexEntry, build_schema, index_fields
from evidence.search.whoosh.writer import IndexWriter

POINTER, MARKER, LOCK = "index.json", "evidence-index.json", "index.lock"


@dataclass(frozen=True, slots=True)
class RankedDocument:
    """A hit as the index knows it."""

    sha256: str
    score: float
    bears: bool


@dataclass(frozen=True, slots=True)
class IndexAnswer:
    """The hits, best first; ``total`` counts those beyond the limit too. ``step`` is the attempt that found them."""

    ranked: tuple[RankedDocument, ...]
    total: int
    step: SearchStep


class IndexDamagedError(Exception):
    """The index cannot be read: not an error for people, the index is made anew."""


class SearchIndex:
    """The index of the archive in ``home``; it may be missing until it is made."""

    def __init__(self, home: Path, archive: str) -> None:
        self._home = home
        self._archive = archive

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

    def usable(self) -> bool:
        """Whether there is an index, ours, of this version, that opens."""
        try:
            with self._reader():
                return True
        except IndexDamagedError:
            return False

    def update(self, entries: Iterable[IndexEntry]) -> int:
        """Writes the entries, new or again. Only inside ``exclusive``."""
        with self._as_damage():
            count = _fill(IndexWriter(self._open()), entries)
        gc.collect()  # the engine leaves its readers in rings, each with a part of the index open: one a call
        return count

    def rebuild(self, entries: Iterable[IndexEntry]) -> int:
        """Makes the index anew beside the old one and puts it in its place in one step. Only inside ``exclusive``."""
        folder = self._fresh()
        token = secrets.token_hex(16)
        mark = json.dumps({"archive": self._archive, "token": token, "analysis": ANALYSIS, "folder": folder.name})
        (folder / MARKER).write_text(mark, "utf-8")
        count = _fill(IndexWriter(create_in(str(folder), build_schema())), entries)
        new = self._home / f"{POINTER}.new"
        new.write_text(mark, "utf-8")
        new.replace(self._home / POINTER)
        for other in self._home.glob("index-*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
        return count

    def revisions(self) -> dict[str, int]:
        """Which documents the index knows, and which revision of each."""
        with self._reader() as searcher:
            return {stored["id"]: stored["revision"] for stored in searcher.documents()}

    def find(self, query: Query, limit: int) -> IndexAnswer:
        """The documents that answer the query, bearers of its numbers first. IndexDamagedError: unreadable."""
        first, *further = plan_steps(query)
        with self._reader() as searcher:
            answer = _ask(searcher, query, first, limit)
            for step in further:
                if answer.total:
                    break
                answer = _ask(searcher, query, step, limit)
            return answer

    @contextmanager
    def _reader(self) -> Iterator[Searcher]:
        with self._as_damage():
            opened = self._open()
            with opened.searcher() as searcher:
                yield searcher

    def _open(self) -> FileIndex:
        """The index that the pointer names. Our own schema is handed in, so that it is not unpickled."""
        folder = self._home / self._current()
        return open_dir(str(folder), schema=build_schema())

    def _current(self) -> str:
        """The folder of the index, if it was made by this archive, by us, for this version."""
        pointer = json.loads((self._home / POINTER).read_text("utf-8"))
        folder = self._home / Path(str(pointer["folder"])).name
        marker = folder / MARKER
        mine = all(_is_own(part) for part in (self._home / POINTER, folder, marker))
        same = json.loads(marker.read_text("utf-8")) == pointer
        if not (mine and same and pointer["archive"] == self._archive and pointer["analysis"] == ANALYSIS):
            raise IndexDamagedError
        return folder.name

    def _fresh(self) -> Path:
        taken = [int(part) for path in self._home.glob("index-*") if (part := path.name[6:]).isdigit()]
        folder = self._home / f"index-{max(taken, default=0) + 1}"
        folder.mkdir(mode=0o755)
        return folder

    @contextmanager
    def _as_damage(self) -> Iterator[None]:
        """Whatever the engine stumbles over in its files, the way out is the same: make the index anew."""
        try:
            yield
        except (IndexDamagedError, MemoryError):
            raise
        except Exception as error:
            raise IndexDamagedError from error


def _is_own(path: Path) -> bool:
    """Whether we own it, it is no link, and nobody else may write it."""
    status = path.lstat()
    return status.st_uid == os.geteuid() and not path.is_symlink() and not status.st_mode & 0o002


def _fill(writer: SegmentWriter, entries: Iterable[IndexEntry]) -> int:
    count = 0
    try:
        for entry in entries:
            writer.update_document(**index_fields(entry))
            count += 1
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    return count


def _ask(searcher: Searcher, query: Query, step: SearchStep, limit: int) -> IndexAnswer:
    hits = searcher.search(step.query, limit=limit, filter=step.filter)
    own = match_own_numbers(query)
    bearers = set(searcher.docs_for_query(own)) if own is not None else set()
    ranked = tuple(RankedDocument(hit["id"], float(hit.score or 0.0), hit.docnum in bearers) for hit in hits)
    return IndexAnswer(ranked, len(hits), step)

"""The index in Whoosh, the default: pure Python, installs everywhere. Whoosh keeps the index; what answers is ours
(``evaluate``), for its own matchers step through postings one by one.

Whoosh reads what it stores with ``pickle``: only an index that this archive made is opened (``generations``). No
distribution of Whoosh calls fsync: after a power cut the index may be damaged, never a stored document.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
from whoosh.index import FileIndex, create_in, exists_in, open_dir
from whoosh.writing import SegmentWriter

from evidence.search.engine import (
    EngineName,
    FindRequest,
    IndexAnswer,
    IndexDamagedError,
    IndexDraft,
    Order,
    RankedDocument,
)
from evidence.search.entries import FACETS, IndexEntry, analyze_pages
from evidence.search.generations import IndexFolders, as_damage
from evidence.search.matching import Ids, Matches, sort_best
from evidence.search.plan import Plan, Term
from evidence.search.whoosh.evaluate import match_plan
from evidence.search.whoosh.schema import PAIRS, build_schema, index_fields, page_fields
from evidence.search.whoosh.snapshot import IndexSnapshot
from evidence.search.whoosh.writer import IndexWriter

SETTLED = 2.0  # seconds after which a change of the folder can no longer share its time with the next one


class WhooshIndex:
    """The index of the archive in ``home``; it may be missing until it is made. An ``Engine``."""

    def __init__(self, home: Path, archive: str) -> None:
        self._folders = IndexFolders(home, archive, EngineName.WHOOSH)
        self._opened: tuple[Path, FileIndex, IndexSnapshot] | None = None
        self._seen: tuple[int, ...] = ()

    def exclusive(self, wait: bool) -> AbstractContextManager[bool]:
        return self._folders.exclusive(wait)

    def usable(self) -> bool:
        try:
            with self._snapshot():
                return True
        except IndexDamagedError:
            return False

    def update(self, entries: Iterable[IndexEntry]) -> int:
        with as_damage():
            index = self._open()
            held = IndexSnapshot(index)
            try:
                count = _fill(IndexWriter(index), entries, held)
            finally:
                held.close()
        self._close()
        return count

    def rebuild(self, entries: Iterable[IndexEntry]) -> int:
        draft = self._folders.open_new(_add)
        count = draft.add(entries)
        draft.publish()
        return count

    def open_draft(self, start: int, unfinished: int | None) -> IndexDraft:
        return self._folders.open_draft(start, unfinished, _add, _read_revisions)

    def revisions(self) -> dict[str, int]:
        with self._snapshot() as snapshot:
            return _list_revisions(snapshot)

    def find(self, request: FindRequest) -> IndexAnswer:
        with self._snapshot() as snapshot:
            walls = match_plan(snapshot, request.walls).ids if request.walls is not None else None
            matches = match_plan(snapshot, request.plan, walls)
            if request.order is Order.DATE:
                matches = Matches(matches.ids, snapshot.dates[matches.ids].astype(np.float64))
            best = sort_best(matches, request.first, request.limit)
            shown = matches.ids[best]
            bearers, naming = _tell(snapshot, request.own, shown), _tell(snapshot, request.named, shown)
            ranked = tuple(
                RankedDocument(str(snapshot.read_stored(number)["id"]), score, number in bearers, number in naming)
                for number, score in zip(shown.tolist(), matches.scores[best].tolist(), strict=True)
            )
            facets = {name: snapshot.count_values(name, matches.ids) for name in FACETS} if request.facets else {}
            return IndexAnswer(ranked, len(matches.ids), facets)

    def find_pages(self, sha256: str, plan: Plan, limit: int) -> tuple[int, ...]:
        with self._snapshot() as snapshot:
            pages = match_plan(snapshot, Term("page_of", sha256)).ids
            matches = match_plan(snapshot, plan, pages)
            shown = matches.ids[sort_best(matches, 0, limit)]
            return tuple(int(str(snapshot.read_stored(number)["page"])) for number in shown.tolist())

    def count_documents(self, index_field: str, terms: Collection[str]) -> dict[str, int]:
        with self._snapshot() as snapshot:
            return {term: snapshot.count_term(index_field, term) for term in terms}

    def count_pairs(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
        with self._snapshot() as snapshot:
            return {pair: snapshot.count_term(PAIRS, "_".join(pair)) for pair in pairs}

    def count_all(self) -> int:
        with self._snapshot() as snapshot:
            return len(snapshot.documents)

    @contextmanager
    def _snapshot(self) -> Iterator[IndexSnapshot]:
        """What the index holds now: opened once, and again where the pointer or the index moved. Whether it moved is
        looked up only where its folder changed, or changed so lately that the next change may bear the same time."""
        with as_damage():
            folder = self._folders.current()
            state = self._folders.stamp(".")
            if self._opened is None or (state != self._seen and self._has_moved(folder)):
                self._close()
                index = self._open()
                self._opened = (folder, index, IndexSnapshot(index))
            changed = folder.stat().st_mtime
            self._seen = state if abs(time.time() - changed) > SETTLED else ()
            yield self._opened[2]

    def _has_moved(self, folder: Path) -> bool:
        if self._opened is None:
            return True
        opened, index, snapshot = self._opened
        return opened != folder or int(index.latest_generation()) != snapshot.generation

    def _close(self) -> None:
        """Lets go of the files of an index that moved: the engine keeps them open as long as its rings live."""
        if self._opened is not None:
            self._opened[2].close()
            self._opened = None

    def _open(self) -> FileIndex:
        """The index that the pointer names. Our own schema is handed in, so that it is not unpickled."""
        return open_dir(str(self._folders.current()), schema=build_schema())


def _add(folder: Path, entries: Iterable[IndexEntry]) -> int:
    """Writes documents that the index in the folder does not hold; makes it where there is none."""
    name = str(folder)
    index = open_dir(name, schema=build_schema()) if exists_in(name) else create_in(name, build_schema())
    return _fill(IndexWriter(index), entries, None)


def _read_revisions(folder: Path) -> dict[str, int]:
    if not exists_in(str(folder)):
        return {}
    snapshot = IndexSnapshot(open_dir(str(folder), schema=build_schema()))
    try:
        return _list_revisions(snapshot)
    finally:
        snapshot.close()


def _list_revisions(snapshot: IndexSnapshot) -> dict[str, int]:
    stored = snapshot.list_stored()
    return {str(item["id"]): int(str(item["revision"])) for item in stored if "id" in item}


def _fill(writer: SegmentWriter, entries: Iterable[IndexEntry], held: IndexSnapshot | None) -> int:
    """Writes the entries in the place of what the index held of them, as ``held`` shows it; None: it held nothing. The
    engine's own deleting by a term leaves readers in rings, each with a part of the index open."""
    count = 0
    try:
        for entry in entries:
            if held is not None:
                old = [held.match_term(field, entry.sha256).ids for field in ("page_of", "id")]
                for document in np.concatenate(old).tolist():
                    writer.delete_document(document)
            writer.add_document(**index_fields(entry))
            for page in analyze_pages(entry):
                writer.add_document(**page_fields(page))
            count += 1
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    return count


def _tell(snapshot: IndexSnapshot, plan: Plan | None, shown: Ids) -> frozenset[int]:
    """Which of the documents shown match the plan."""
    return frozenset(match_plan(snapshot, plan, np.sort(shown)).ids.tolist()) if plan is not None else frozenset()

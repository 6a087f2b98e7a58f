"""The index in Whoosh, the default: pure Python, installs everywhere.

Whoosh reads what it stores with ``pickle``: only an index that this archive made is opened (``generations``). No
distribution of Whoosh calls fsync: after a power cut the index may be damaged, never a stored document.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from whoosh import query as engine
from whoosh.collectors import FilterCollector, TopCollector
from whoosh.index import FileIndex, create_in, open_dir
from whoosh.query import Query as EngineQuery
from whoosh.searching import Results, Searcher
from whoosh.writing import SegmentWriter

from evidence.search.engine import (
    EngineName,
    FindRequest,
    IndexAnswer,
    IndexDamagedError,
    Order,
    RankedDocument,
)
from evidence.search.entries import DOCUMENT, FACETS, IndexEntry, analyze_pages
from evidence.search.generations import IndexFolders, as_damage
from evidence.search.plan import Plan
from evidence.search.whoosh.compile import compile_plan
from evidence.search.whoosh.schema import PAIRS, build_schema, index_fields, page_fields
from evidence.search.whoosh.writer import IndexWriter


class WhooshIndex:
    """The index of the archive in ``home``; it may be missing until it is made. An ``Engine``."""

    def __init__(self, home: Path, archive: str) -> None:
        self._folders = IndexFolders(home, archive, EngineName.WHOOSH)
        self._opened: tuple[Path, Searcher] | None = None

    def exclusive(self, wait: bool) -> AbstractContextManager[bool]:
        return self._folders.exclusive(wait)

    def usable(self) -> bool:
        try:
            with self._searcher():
                return True
        except IndexDamagedError:
            return False

    def update(self, entries: Iterable[IndexEntry]) -> int:
        with as_damage():
            count = _fill(IndexWriter(self._open()), entries, fresh=False)
        self._close()
        gc.collect()  # the engine leaves its readers in rings, each with a part of the index open: one a call
        return count

    def rebuild(self, entries: Iterable[IndexEntry]) -> int:
        folder = self._folders.fresh()
        count = _fill(IndexWriter(create_in(str(folder), build_schema())), entries, fresh=True)
        self._folders.publish(folder)
        return count

    def revisions(self) -> dict[str, int]:
        with self._searcher() as searcher:
            return {stored["id"]: stored["revision"] for stored in searcher.documents() if "id" in stored}

    def find(self, request: FindRequest) -> IndexAnswer:
        with self._searcher() as searcher:
            results = _ask(searcher, request)
            bearers, naming = _matching(searcher, request.own), _matching(searcher, request.named)
            hits = [results[at] for at in range(request.first, results.scored_length())]
            ranked = tuple(
                RankedDocument(hit["id"], float(hit.score or 0.0), hit.docnum in bearers, hit.docnum in naming)
                for hit in hits
            )
            facets = _count_facets(searcher, results.docs()) if request.facets else {}
            return IndexAnswer(ranked, len(results), facets)

    def find_pages(self, sha256: str, plan: Plan, limit: int) -> tuple[int, ...]:
        with self._searcher() as searcher:
            hits = searcher.search(compile_plan(plan), limit=limit, filter=engine.Term("page_of", sha256))
            return tuple(int(hit["page"]) for hit in hits)

    def count_documents(self, index_field: str, term: str) -> int:
        with self._searcher() as searcher:
            return int(searcher.doc_frequency(index_field, term))

    def count_pair(self, left: str, right: str) -> int:
        return self.count_documents(PAIRS, f"{left}_{right}")

    def count_all(self) -> int:
        with self._searcher() as searcher:
            return sum(1 for _ in searcher.docs_for_query(engine.Term("sort", DOCUMENT)))

    @contextmanager
    def _searcher(self) -> Iterator[Searcher]:
        """What the index holds now: opened once, and again where the pointer or the index moved."""
        with as_damage():
            folder = self._folders.current()
            if self._opened is None or self._opened[0] != folder or not self._opened[1].up_to_date():
                self._close()
                self._opened = (folder, self._open().searcher())
            yield self._opened[1]

    def _close(self) -> None:
        """Lets go of the files of an index that moved: the engine keeps them open as long as its rings live."""
        if self._opened is not None:
            self._opened[1].close()
            self._opened = None
            gc.collect()

    def _open(self) -> FileIndex:
        """The index that the pointer names. Our own schema is handed in, so that it is not unpickled."""
        return open_dir(str(self._folders.current()), schema=build_schema())


def _fill(writer: SegmentWriter, entries: Iterable[IndexEntry], fresh: bool) -> int:
    """Writes the entries; into a ``fresh`` index without looking for what stands there of them: nothing does."""
    count = 0
    try:
        for entry in entries:
            if not fresh:
                writer.delete_by_term("page_of", entry.sha256)
                writer.delete_by_term("id", entry.sha256)
            writer.add_document(**index_fields(entry))
            for page in analyze_pages(entry):
                writer.add_document(**page_fields(page))
            count += 1
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    return count


class _Counting(TopCollector):  # type: ignore[misc]
    """The best hits, and how many there are in all. The engine's own leaves documents out once they cannot come among
    the first, and runs the query a second time to count them; this one is never told what the last of the first
    scored."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit, usequality=False)

    @property
    def minscore(self) -> int:
        return 0

    @minscore.setter
    def minscore(self, _score: float) -> None:
        pass


def _ask(searcher: Searcher, request: FindRequest) -> Results:
    query: EngineQuery = compile_plan(request.plan)
    walls = compile_plan(request.walls) if request.walls is not None else None
    most = request.first + request.limit
    if request.order is Order.DATE:
        return searcher.search(query, limit=most, filter=walls, sortedby="date", reverse=True, optimize=False)
    collector = FilterCollector(_Counting(most), allow=walls)
    searcher.search_with_collector(query, collector)
    return collector.results()


def _matching(searcher: Searcher, plan: Plan | None) -> frozenset[int]:
    return frozenset(searcher.docs_for_query(compile_plan(plan))) if plan is not None else frozenset()


def _count_facets(searcher: Searcher, documents: Iterable[int]) -> dict[str, dict[str, int]]:
    wanted = frozenset(documents)
    counts: dict[str, dict[str, int]] = {}
    for name in FACETS:
        values = counts.setdefault(name, {})
        for term in searcher.lexicon(name):
            value = term.decode()
            count = sum(number in wanted for number in searcher.postings(name, value).all_ids())
            if count:
                values[value] = count
    return counts

"""The index in PostgreSQL's full text: a few tables in the archive's own database, which every machine reads at once.

One machine at a time feeds it, by an advisory lock; whoever searches sees what was committed. Postings come from one
GIN index over lexemes of our own; what joins and weighs them is ours, as of Whoosh (``matching``): PostgreSQL's own
ranks take 18 µs a matching row and know nothing of how rare a word is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import psycopg

from evidence.search.engine import (
    FindRequest,
    IndexAnswer,
    IndexDamagedError,
    IndexDraft,
    Order,
    RankedDocument,
)
from evidence.search.entries import FACETS, IndexEntry
from evidence.search.generations import as_damage
from evidence.search.matching import Ids, Matches, match_tree, sort_best
from evidence.search.plan import Plan
from evidence.search.postgres.connections import IndexConnections
from evidence.search.postgres.evaluate import (
    PostgresLeaves,
    list_all_queries,
    list_phrase_words,
    loosen_boosts,
)
from evidence.search.postgres.pages import make_page_leaves
from evidence.search.postgres.postings_cache import PostingsCache
from evidence.search.postgres.schema import make_lexeme, make_pair
from evidence.search.postgres.snapshot import PostgresSnapshot, write_query
from evidence.search.postgres.writer import GenerationWriter, begin_generation, find_generation

T = TypeVar("T")
WEIGHED = 300  # documents of an answer that are weighed by how often they say its words; the others follow


class PostgresIndex:
    """The index of the archive in ``database`` (an address as libpq has it); it may be missing until it is made. An
    ``Engine``."""

    def __init__(self, database: str, archive: str) -> None:
        self._archive = archive
        self._connections = IndexConnections(database)
        self._cache = PostingsCache()
        self._writing: psycopg.Connection | None = None

    @contextmanager
    def exclusive(self, wait: bool) -> Iterator[bool]:
        with self._connections.locking(f"evidence search {self._archive}", wait) as connection:
            if connection is None:
                yield False
                return
            self._writing = connection
            try:
                yield True
            finally:
                self._writing = None

    def usable(self) -> bool:
        try:
            self._read(lambda snapshot: None)
        except IndexDamagedError:
            return False
        return True

    def update(self, entries: Iterable[IndexEntry]) -> int:
        with as_damage(), self._writer() as connection:
            generation = find_generation(connection, self._archive)
            if generation is None:
                raise IndexDamagedError
            return generation.write(entries, inverted=True)

    def rebuild(self, entries: Iterable[IndexEntry]) -> int:
        draft = self.open_draft(0, None)
        count = draft.add(entries)
        draft.publish()
        return count

    def open_draft(self, start: int, unfinished: int | None) -> IndexDraft:
        with self._writer() as connection:
            generation, begun = begin_generation(connection, self._archive, start, unfinished)
            return GenerationDraft(self, generation.number, begun, generation.list_revisions())

    def revisions(self) -> dict[str, int]:
        return self._read(PostgresSnapshot.list_revisions)

    def find(self, request: FindRequest) -> IndexAnswer:
        return self._read(lambda snapshot: _find(snapshot, request))

    def find_pages(self, sha256: str, plan: Plan, limit: int) -> tuple[int, ...]:
        pages = self._read(lambda snapshot: snapshot.list_pages(sha256))
        if not pages:
            return ()
        matches = match_tree(make_page_leaves(pages), plan)
        return tuple(pages[at][0] for at in matches.ids[sort_best(matches, 0, limit)].tolist())

    def count_documents(self, index_field: str, terms: Collection[str]) -> dict[str, int]:
        if index_field == "body_f":
            return self._read(lambda snapshot: snapshot.count_words(terms))
        queries = {term: write_query(make_lexeme(index_field, term)) for term in terms}
        return self._read(lambda snapshot: snapshot.count_postings(queries))

    def count_pairs(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
        queries = {pair: write_query(make_pair("body_f", *pair)) for pair in pairs}
        return self._read(lambda snapshot: snapshot.count_postings(queries))

    def count_all(self) -> int:
        return self._read(lambda snapshot: snapshot.state.documents)

    def _read(self, work: Callable[[PostgresSnapshot], T]) -> T:
        with as_damage():
            return self._connections.read(
                lambda connection: work(PostgresSnapshot(connection, self._archive, self._cache))
            )

    @contextmanager
    def _writer(self) -> Iterator[psycopg.Connection]:
        """The connection that holds the lock; OSError where the database cannot be written."""
        try:
            if self._writing is not None:
                yield self._writing
                return
            with self._connections.opening() as connection:
                yield connection
        except psycopg.Error as error:
            raise OSError(str(error)) from error

    def write_draft(self, number: int, entries: Iterable[IndexEntry]) -> int:
        """Writes documents to the index of that number, which does not answer yet."""
        with self._writer() as connection:
            return GenerationWriter(connection, number).write(entries, inverted=False)

    def publish_draft(self, number: int) -> None:
        """Makes that index the one that answers."""
        with self._writer() as connection:
            GenerationWriter(connection, number).finish(self._archive)


@dataclass(frozen=True, slots=True)
class GenerationDraft:
    """An ``IndexDraft`` in tables of its own."""

    index: PostgresIndex
    number: int
    start: int
    revisions: dict[str, int]

    def add(self, entries: Iterable[IndexEntry]) -> int:
        """Writes documents that it does not hold, durably; how many."""
        return self.index.write_draft(self.number, entries)

    def publish(self) -> None:
        """Makes it the index, in one step."""
        self.index.publish_draft(self.number)


def _find(snapshot: PostgresSnapshot, request: FindRequest) -> IndexAnswer:
    plans = [plan for plan in (request.plan, request.walls, request.own, request.named) if plan is not None]
    snapshot.load_postings(query for plan in plans for query in list_all_queries(plan))
    snapshot.count_words({word for plan in plans for word in list_phrase_words(plan)})
    leaves = PostgresLeaves(snapshot)
    walls = match_tree(leaves, request.walls).ids if request.walls is not None else None
    matches = match_tree(leaves, loosen_boosts(request.plan), walls)
    shown, scores = _order(snapshot, request, matches)
    known = np.sort(shown)
    bearers, naming = _tell(leaves, request.own, known), _tell(leaves, request.named, known)
    ranked = tuple(
        RankedDocument(name, score, number in bearers, number in naming)
        for name, number, score in zip(snapshot.name_documents(shown.tolist()), shown.tolist(), scores, strict=True)
    )
    return IndexAnswer(ranked, len(matches.ids), _count_facets(snapshot, matches.ids) if request.facets else {})


def _order(snapshot: PostgresSnapshot, request: FindRequest, matches: Matches) -> tuple[Ids, list[float]]:
    """The documents that are shown and their scores: the best by the index alone, weighed anew by how often they say
    the words, then the others as they are. What is first does not hang on how many are asked for."""
    if request.order is Order.DATE:
        shown = snapshot.sort_newest(matches.ids, request.first, request.limit)
        return shown, [0.0] * len(shown)
    best = np.sort(matches.ids[sort_best(matches, 0, WEIGHED)])
    weighed = match_tree(PostgresLeaves(snapshot, snapshot.load_frequencies(best)), request.plan, best)
    first, last = request.first, request.first + request.limit
    order = sort_best(weighed, 0, WEIGHED)
    ids, scores = weighed.ids[order], weighed.scores[order]
    if last > len(ids) and len(matches.ids) > len(ids):
        behind = sort_best(matches, 0, last + WEIGHED)
        behind = behind[~np.isin(matches.ids[behind], best)]
        ids = np.concatenate([ids, matches.ids[behind]])
        scores = np.concatenate([scores, matches.scores[behind]])
    return ids[first:last], scores[first:last].tolist()


def _tell(leaves: PostgresLeaves, plan: Plan | None, shown: Ids) -> frozenset[int]:
    """Which of the documents shown match the plan."""
    return frozenset(match_tree(leaves, plan, shown).ids.tolist()) if plan is not None else frozenset()


def _count_facets(snapshot: PostgresSnapshot, ids: Ids) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for field, value, count in snapshot.count_values(ids):
        counts[field][value] = count
    return counts

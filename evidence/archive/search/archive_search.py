"""What is asked of the index of an archive. Searching only reads: writers feed the index (``index_feed``).

Where the index has not taken in everything, the answer says how many documents wait; where there is none, or it cannot
be read, numbers and fields answer from the database, and the answer says that too, and how to mend it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from evidence.archive.search.database_search import StoredValues, find_stored
from evidence.archive.search.hits import SearchHit, make_hits
from evidence.archive.search.paging import encode_next, find_page, find_place
from evidence.archive.search.visibility import select_visible
from evidence.errors import ArchiveError
from evidence.messages import Message
from evidence.search.conditions import plan_walls
from evidence.search.engine import (
    EngineName,
    FindRequest,
    IndexAnswer,
    IndexDamagedError,
    Order,
)
from evidence.search.engines import make_engine
from evidence.search.explanation import explain_query
from evidence.search.facets import show_facets
from evidence.search.known_values import IndexedValues
from evidence.search.parser import parse_query
from evidence.search.passages.snippet import Snippet
from evidence.search.plan import Plan
from evidence.search.planner import SearchStep, plan_steps
from evidence.search.query import Query
from evidence.search.scope import EVERYTHING, Scope
from evidence.search.similar import plan_similar
from evidence.search.spelling import Speller
from evidence.store.searches.index_cursor import IndexCursor
from evidence.store.searches.index_place import IN_DATABASE, LOCAL, find_node
from evidence.store.searches.search_reader import SearchReader

__all__ = ["EVERYTHING", "ArchiveSearch", "Order", "Scope", "SearchHit", "SearchRequest", "SearchResult", "Snippet"]

MOST_LOOKED_AT = 500  # documents behind the index that are asked for who handed them in


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """``after``: the ``next`` of an earlier answer, to go on where it ended; ``facets``: count the values of fields."""

    text: str
    limit: int = 10
    order: Order = Order.RELEVANCE
    after: str | None = None
    facets: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The first hits, best first; ``total`` counts all. ``notes`` say what a person must know to trust them;
    ``understood`` how the query was read; ``next`` where the answer goes on, None where it ends; ``answered``: False
    where nothing could be looked up, so that nothing follows from there being no hit; ``first``: the place of the first
    hit in the answer, from 0."""

    hits: tuple[SearchHit, ...]
    total: int
    notes: tuple[Message, ...] = ()
    understood: tuple[Message, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    next: str | None = None
    answered: bool = True
    first: int = 0


class ArchiveSearch:
    """The index of one archive, and what a search reads beside it."""

    def __init__(self, reader: SearchReader, engine: str) -> None:
        self._reader, self._engine = reader, engine
        self._index = make_engine(engine, reader.folder, reader.archive, reader.address)
        self._place = self._find_place()
        self._cursor = IndexCursor(reader.connections, self._consumer)

    @property
    def _consumer(self) -> str:
        """The name of the index in the log."""
        return f"{self._engine}@{self._place}"

    def _find_place(self) -> str | None:
        """Whose index it is (``index_place``); None where none is kept here."""
        if self._reader.address is None:
            return LOCAL
        return IN_DATABASE if self._engine == EngineName.POSTGRES else find_node(self._reader.folder)

    def search(self, request: SearchRequest, scope: Scope) -> SearchResult:
        """The documents that answer the query, within the scope. UsageError: it cannot be understood."""
        with self._reader.sharing():
            try:
                notes = [*self.find_notes(scope)]
                query, answer, step, first = self._ask(request, scope)
                hits = make_hits(self._reader, self._index, answer.ranked, step.sought, scope)
            except IndexDamagedError:
                return self._search_database(request, scope)
        notes += query.notes
        if answer.total and step.note:
            notes.append(step.note)
        following = encode_next(first, answer.ranked, answer.total)
        facets = show_facets(answer.facets, scope) if request.facets else {}
        return SearchResult(
            hits, answer.total, tuple(notes), tuple(explain_query(query)), facets, following, first=first
        )

    def find_similar(self, sha256: str, request: SearchRequest, scope: Scope) -> SearchResult:
        """Documents like that one, itself left out, ``limit`` at most; nothing where there is no index."""
        with self._reader.sharing():
            try:
                return self._find_similar(sha256, request, scope)
            except IndexDamagedError:
                return SearchResult((), 0, (Message("search-without-index"),), answered=False)

    def find_hashes(self, plans: Sequence[Plan], scope: Scope, most: int) -> tuple[tuple[str, ...], ...]:
        """For each plan the documents that match it within the scope, ``most`` at most. ArchiveError: there is no index
        that can be read."""
        requests = [FindRequest(plan, plan_walls(scope), most, order=Order.DATE) for plan in plans]
        try:
            answers = [self._index.find(request) for request in requests]
        except IndexDamagedError as error:
            raise ArchiveError("search-index-missing", "search-index-missing-hint", home=self._reader.folder) from error
        return tuple(tuple(ranked.sha256 for ranked in answer.ranked) for answer in answers)

    def find_notes(self, scope: Scope) -> Iterator[Message]:
        """How far the index is behind what is stored, as far as the scope shows it. IndexDamagedError: none is there
        that can be read."""
        if not self._index.usable():
            raise IndexDamagedError
        count = self._cursor.count_waiting()
        if count is None:
            raise IndexDamagedError
        if count and scope.units is not None:
            waiting = self._cursor.waiting_of(sorted(scope.units))
            exact = len(waiting) <= MOST_LOOKED_AT
            count = len(select_visible(self._reader, waiting, scope) if exact else waiting)
        if count:
            yield Message("search-index-behind", {"count": str(count)})

    def _find_similar(self, sha256: str, request: SearchRequest, scope: Scope) -> SearchResult:
        notes = tuple(self.find_notes(scope))
        record = self._reader.load_records((sha256,)).get(sha256)
        title = f"{record.subject.value or ''}" if record else ""
        similar = plan_similar((text for _, text in self._reader.load_texts(sha256)), title, self._index)
        answer = self._index.find(
            FindRequest(similar.plan, plan_walls(scope), request.limit + 1, order=request.order, facets=request.facets)
        )
        others = [ranked for ranked in answer.ranked if ranked.sha256 != sha256][: request.limit]
        hits = make_hits(self._reader, self._index, others, similar.query, scope)
        facets = show_facets(answer.facets, scope) if request.facets else {}
        total = max(answer.total - 1, len(hits))
        return SearchResult(hits, total, notes, tuple(explain_query(similar.query)), facets)

    def _search_database(self, request: SearchRequest, scope: Scope) -> SearchResult:
        """The answer without an index."""
        query = parse_query(request.text, StoredValues(self._reader, scope))
        understood = tuple(explain_query(query))
        if not self._reader.count_documents():
            return SearchResult((), 0, query.notes, understood)
        ranked = find_stored(self._reader, query, scope)
        notes = (Message("search-without-index"), *query.notes)
        if ranked is None:
            return SearchResult((), 0, notes, understood, answered=False)
        first = find_place([document.sha256 for document in ranked], request.after)
        shown = ranked[first : first + request.limit]
        hits = make_hits(self._reader, None, shown, query, scope)
        following = encode_next(first, shown, len(ranked))
        return SearchResult(hits, len(ranked), notes, understood, next=following, first=first)

    def _ask(self, request: SearchRequest, scope: Scope) -> tuple[Query, IndexAnswer, SearchStep, int]:
        """How the query is understood, the answer of the first step that finds something, that step, and the place of
        its first hit."""
        query = parse_query(request.text, IndexedValues(self._index, scope))
        for step in plan_steps(query, scope, Speller(self._index, scope).mend):
            order = request.order if step.scored else Order.DATE
            wanted = FindRequest(
                step.plan,
                plan_walls(scope),
                request.limit,
                own=step.own,
                named=step.named,
                order=order,
                facets=request.facets,
            )
            answer, first = find_page(self._index, wanted, request.after)
            if answer.total:
                break
        return query, answer, step, first

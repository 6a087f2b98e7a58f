"""The index kept in step with the store, and what is asked of it.

The store's outbox says what the index has not taken in; one process at a time empties it. An index that is missing,
damaged or of another version is made anew, and that is told; no failure of the index ever touches a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from evidence.archive.search.hits import SearchHit, make_hits
from evidence.archive.search.paging import encode_cursor, find_page
from evidence.errors import ArchiveError
from evidence.messages import Message
from evidence.search.conditions import plan_walls
from evidence.search.engine import (
    FindRequest,
    IndexAnswer,
    IndexDamagedError,
    IndexOutdatedError,
    Order,
)
from evidence.search.engines import make_engine
from evidence.search.entries import IndexEntry
from evidence.search.explanation import explain_query
from evidence.search.facets import show_facets
from evidence.search.known_values import IndexedValues
from evidence.search.parser import parse_query
from evidence.search.plan import Plan
from evidence.search.planner import SearchStep, plan_steps
from evidence.search.query import Query
from evidence.search.scope import EVERYTHING, Scope
from evidence.search.similar import plan_similar
from evidence.search.snippet import Snippet
from evidence.search.spelling import Speller
from evidence.store.facts import Damage
from evidence.store.folder import write_error
from evidence.store.store import Store

__all__ = ["EVERYTHING", "ArchiveSearch", "Order", "Scope", "SearchHit", "SearchRequest", "SearchResult", "Snippet"]

BATCH = 500  # documents a commit of the index; about 8 s of work


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
    ``understood`` how the query was read; ``next`` where the answer goes on, None where it ends."""

    hits: tuple[SearchHit, ...]
    total: int
    notes: tuple[Message, ...] = ()
    understood: tuple[Message, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    next: str | None = None


class ArchiveSearch:
    """The index of one archive, kept in step with its store."""

    def __init__(self, store: Store, engine: str) -> None:
        self._store = store
        self._index = make_engine(engine, store.folder, store.archive)

    def feed(self, wait: bool = False) -> int | None:
        """Takes in what waits in the outbox; None where another process is at it.

        ArchiveError: the index cannot be written.
        """
        with self._as_sentence(), self._index.exclusive(wait) as mine:
            if not mine:
                return None
            if not self._index.usable():
                return self._make()
            try:
                return self._catch_up()
            except IndexDamagedError:
                return self._make()

    def remake(self) -> int:
        """Makes the index anew from the store; the number of documents in it. ArchiveError: it cannot be written."""
        with self._as_sentence(), self._index.exclusive(wait=True):
            return self._make()

    def search(self, request: SearchRequest, scope: Scope) -> SearchResult:
        """The documents that answer the query, within the scope. UsageError where it cannot be understood; ArchiveError
        where there is no index and none can be made."""
        notes = list(self._ready())
        try:
            query, answer, step, first = self._ask(request, scope)
        except IndexDamagedError:
            notes.append(self._mended())
            query, answer, step, first = self._ask(request, scope)
        with self._store.database.sharing():
            hits = make_hits(self._store, self._index, answer.ranked, step.sought, scope)
        notes += query.notes
        if answer.total and step.note:
            notes.append(step.note)
        end = first + len(answer.ranked)
        following = encode_cursor(end, answer.ranked[-1].sha256) if answer.ranked and end < answer.total else None
        facets = show_facets(answer.facets, scope) if request.facets else {}
        return SearchResult(hits, answer.total, tuple(notes), tuple(explain_query(query)), facets, following)

    def find_similar(self, sha256: str, request: SearchRequest, scope: Scope) -> SearchResult:
        """Documents like that one, itself left out, ``limit`` at most. Errors as of ``search``."""
        notes = list(self._ready())
        record = self._store.record(sha256)
        title = f"{record.subject.value or ''}" if record else ""
        similar = plan_similar((text for _, text in self._store.texts(sha256)), title, self._index)
        answer = self._index.find(
            FindRequest(similar.plan, plan_walls(scope), request.limit + 1, order=request.order, facets=request.facets)
        )
        others = [ranked for ranked in answer.ranked if ranked.sha256 != sha256][: request.limit]
        hits = make_hits(self._store, self._index, others, similar.query, scope)
        facets = show_facets(answer.facets, scope) if request.facets else {}
        total = max(answer.total - 1, len(hits))
        return SearchResult(hits, total, tuple(notes), tuple(explain_query(similar.query)), facets)

    def find_hashes(self, plans: Sequence[Plan], scope: Scope, most: int) -> tuple[tuple[str, ...], ...]:
        """For each plan the documents that match it within the scope, ``most`` at most. Errors as of ``search``."""
        list(self._ready())
        requests = [FindRequest(plan, plan_walls(scope), most, order=Order.DATE) for plan in plans]
        try:
            answers = [self._index.find(request) for request in requests]
        except IndexDamagedError:
            self._mended()
            answers = [self._index.find(request) for request in requests]
        return tuple(tuple(ranked.sha256 for ranked in answer.ranked) for answer in answers)

    def damages(self) -> Iterator[Damage]:
        """Where the index is not in step with the store."""
        waiting = {sha256 for _, sha256 in self._store.outbox()}
        stored = self._store.revisions()
        try:
            known = self._index.revisions()
        except IndexOutdatedError:
            yield Damage("index", Message("verify-index-outdated"), lost=False)
            return
        except IndexDamagedError:
            if stored.keys() - waiting:  # else it was never made yet: all that is stored waits for it
                yield Damage("index", Message("verify-index-missing"))
            return
        for sha256, revision in stored.items():
            if known.get(sha256) != revision and sha256 not in waiting:
                yield Damage(sha256, Message("verify-index-behind", {"sha256": sha256}))
        for sha256 in known.keys() - stored.keys():
            yield Damage(sha256, Message("verify-index-stray", {"sha256": sha256}))

    def _ask(self, request: SearchRequest, scope: Scope) -> tuple[Query, IndexAnswer, SearchStep, int]:
        """How the query is understood, the answer of the first step that finds something, that step, and the place of
        its first hit."""
        query = parse_query(request.text, IndexedValues(self._index, scope))
        for step in plan_steps(query, scope, Speller(self._index).mend):
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

    def _ready(self) -> Iterator[Message]:
        """Brings the index up to date as far as that can be done now."""
        if self._store.frozen:
            if not self._index.usable():
                raise ArchiveError("search-index-frozen", "search-index-frozen-hint", home=self._store.folder)
            return
        if not self._index.usable() and self._store.revisions():
            yield self._mended()
        elif self.feed() is None:
            waiting = len({sha256 for _, sha256 in self._store.outbox()})
            if waiting:
                yield Message("search-index-behind", {"count": str(waiting)})

    @contextmanager
    def _as_sentence(self) -> Iterator[None]:
        """Turns a failure to write the index into a sentence; what is stored is stored, and waits in the outbox."""
        try:
            yield
        except OSError as error:
            raise write_error(self._store.folder, error) from error

    def _mended(self) -> Message:
        return Message("search-index-rebuilt", {"count": str(self.remake())})

    def _make(self) -> int:
        last = self._store.outbox_end()  # what comes after this may be missing from the new index, so it waits on
        count = self._index.rebuild(self._entries(self._store.hashes()))
        self._store.mark_indexed(last)
        return count

    def _catch_up(self) -> int:
        count = 0
        while waiting := self._store.outbox(BATCH):
            count += self._index.update(self._entries(dict.fromkeys(sha256 for _, sha256 in waiting)))
            self._store.mark_indexed(waiting[-1][0])
        return count

    def _entries(self, wanted: Iterable[str]) -> Iterator[IndexEntry]:
        """The documents as the index takes them; one without a record is left out (``verify`` names it)."""
        for sha256 in wanted:
            revision, record = self._store.revision(sha256), self._store.record(sha256)
            if record is None:
                continue
            submitted = ((each.unit or "", each.criterion or "") for each in self._store.submissions(sha256))
            yield IndexEntry(
                sha256=sha256,
                revision=revision,
                record=record,
                texts=tuple(text for _, text in self._store.texts(sha256)),
                submitted=tuple(dict.fromkeys(submitted)),
            )

"""The index kept in step with the store, and what is asked of it.

The store's outbox says what the index has not taken in; one process at a time empties it. An index that is missing,
damaged or of another version is made anew, and that is told; no failure of the index ever touches a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from evidence.errors import ArchiveError
from evidence.messages import Message
from evidence.model.record import Record
from evidence.search import analyzer
from evidence.search.query import Query, parse_query
from evidence.search.snippet import Snippet, make_snippets
from evidence.search.whoosh.index import IndexAnswer, IndexDamagedError, RankedDocument, SearchIndex
from evidence.search.whoosh.schema import IndexEntry
from evidence.store.facts import Damage
from evidence.store.folder import write_error
from evidence.store.store import Store
from evidence.values import number

__all__ = ["ArchiveSearch", "SearchHit", "SearchResult", "Snippet"]

BATCH = 500  # documents a commit of the index; about 8 s of work


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document found. ``bears``: it bears a number of the query; ``cites``: it cites or names one."""

    sha256: str
    path: str
    record: Record
    bears: bool
    cites: bool
    snippets: tuple[Snippet, ...]
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The first hits, best first; ``total`` counts all. ``notes`` say what a person must know to trust them."""

    hits: tuple[SearchHit, ...]
    total: int
    notes: tuple[Message, ...] = ()


class ArchiveSearch:
    """The index of one archive, kept in step with its store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index = SearchIndex(store.folder, store.archive)

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

    def search(self, text: str, limit: int) -> SearchResult:
        """The documents that answer the query. UsageError where it cannot be understood; ArchiveError where there is no
        index and none can be made."""
        query = parse_query(text)
        notes = list(self._ready())
        try:
            answer = self._index.find(query, limit)
        except IndexDamagedError:
            notes.append(self._mended())
            answer = self._index.find(query, limit)
        if answer.total and answer.step.note:
            notes.append(Message(answer.step.note))
        hits = sorted(
            (self._hit(ranked, query, answer) for ranked in answer.ranked),
            key=lambda hit: (not hit.bears, not hit.cites),
        )
        return SearchResult(tuple(hits), answer.total, tuple(notes))

    def damages(self) -> Iterator[Damage]:
        """Where the index is not in step with the store."""
        waiting = {sha256 for _, sha256 in self._store.outbox()}
        stored = self._store.revisions()
        try:
            known = self._index.revisions()
        except IndexDamagedError:
            if stored.keys() - waiting:  # else it was never made yet: all that is stored waits for it
                yield Damage("index", Message("verify-index-missing"))
            return
        for sha256, revision in stored.items():
            if known.get(sha256) != revision and sha256 not in waiting:
                yield Damage(sha256, Message("verify-index-behind", {"sha256": sha256}))
        for sha256 in known.keys() - stored.keys():
            yield Damage(sha256, Message("verify-index-stray", {"sha256": sha256}))

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
            submissions = self._store.submissions(sha256)
            yield IndexEntry(
                sha256=sha256,
                revision=revision,
                record=record,
                texts=tuple(text for _, text in self._store.texts(sha256)),
                units=tuple(dict.fromkeys(submission.unit for submission in submissions if submission.unit)),
                criteria=tuple(dict.fromkeys(each.criterion for each in submissions if each.criterion)),
            )

    def _hit(self, ranked: RankedDocument, query: Query, answer: IndexAnswer) -> SearchHit:
        record = self._store.record(ranked.sha256)
        if record is None:
            raise IndexDamagedError
        paths = [submission.path for submission in self._store.submissions(ranked.sha256)]
        return SearchHit(
            sha256=ranked.sha256,
            path=paths[0] if paths else record.source.path,
            record=record,
            bears=ranked.bears,
            cites=self._names(query, record),
            snippets=make_snippets(self._store.texts(ranked.sha256), query, answer.step.folded),
            score=ranked.score,
        )

    def _names(self, query: Query, record: Record) -> bool:
        """Whether the document cites a number of the query, or (where it is not its own) names it anywhere."""
        wanted = {analyzer.number_term(number) for number in (*query.numbers, *query.cited_numbers)}
        if any(cited.number and analyzer.number_term(cited.number) in wanted for cited in record.citations):
            return True
        own = record.number.value
        wanted.discard(analyzer.number_term(own) if own else "")
        if not wanted:
            return False
        texts = self._store.texts(record.source.sha256)
        return any(analyzer.number_term(match.number) in wanted for _, text in texts for match in number.search(text))

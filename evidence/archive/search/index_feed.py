"""The index kept in step with the store: writers feed it, ``reindex`` makes it anew; whoever searches only reads.

The store's log says what the index has not taken in; one process at a time takes it in. Killed anywhere, the next
writer goes on; an index that is being made anew goes on where it ended, and the one before it answers meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from evidence.archive.search.archive_search import ArchiveSearch
from evidence.messages import Message
from evidence.search.engine import IndexDamagedError, IndexOutdatedError, SearchEngine
from evidence.search.entries import IndexEntry
from evidence.store.facts import Damage
from evidence.store.folder import write_error
from evidence.store.searches.index_cursor import IndexCursor
from evidence.store.searches.index_log import IndexLog
from evidence.store.searches.index_place import make_node
from evidence.store.searches.search_reader import SearchReader
from evidence.store.store import Store

BATCH = 500  # documents of one commit of the index; about 8 s of work
READ_AT_ONCE = 50  # documents whose records are read by one query; their pages are read one document at a time
CHUNK = 2_000  # documents of one commit of an index that is made anew: what a killed run repeats at most


class FedSearch(ArchiveSearch):
    """The search of an archive that is open as a whole, and what feeds its index."""

    def __init__(self, store: Store, engine: str, begin: bool = True) -> None:
        """``begin``: who writes begins an index in this folder, where none is kept there (``index_place``)."""
        address = store.database.engine.address
        super().__init__(SearchReader(store.folder, store.archive, store.database, address), engine)
        self._store, self._begin = store, begin
        self.index_feed = self._make_feed()

    @property
    def keeps_index(self) -> bool:
        return self._place is not None

    def keep_index(self) -> None:
        """From now on an index is kept in this folder. ArchiveError: it cannot be written."""
        if self._place is None:
            make_node(self._store.folder)
            self.look_again()

    def look_again(self) -> None:
        """Where no index was kept here, another process may have begun to keep one."""
        if self._place is None:
            self._place = self._find_place()
            self._cursor = IndexCursor(self._reader.connections, self._consumer)
            self.index_feed = self._make_feed()

    def _make_feed(self) -> IndexFeed:
        log = IndexLog(self._store, self._consumer) if self._place is not None else None
        return IndexFeed(self._store, self._reader, self._index, log, self._begin_log if self._begin else None)

    def _begin_log(self) -> IndexLog:
        self.keep_index()
        return IndexLog(self._store, self._consumer)


class IndexFeed:
    """What writes the index of one archive; ``log``: None where none is kept in this folder, and then ``begin`` begins
    one, None: nobody does."""

    def __init__(
        self, store: Store, reader: SearchReader, index: SearchEngine, log: IndexLog | None,
        begin: Callable[[], IndexLog] | None,
    ) -> None:  # fmt: skip
        self._store, self._reader = store, reader
        self._index = index
        self._log = log
        self._begin = begin

    def feed(self, wait: bool = False, make: bool = True) -> int | None:
        """Takes in what is logged; None where another process is at it. Where there is no index it is made, of a larger
        archive only with ``make``; where none is kept, none is.

        ArchiveError: the index cannot be written.
        """
        log = self._find_log()
        if log is None:
            return 0
        with self._as_sentence(), self._index.exclusive(wait) as mine:
            if not mine:
                return None
            if self._index.usable() and log.position() is not None:
                try:
                    return self._catch_up(log)
                except IndexDamagedError:
                    pass
            return self._make(log) if make or self._store.volume().documents <= BATCH else 0

    def keep_up(self) -> bool:
        """Takes in what is logged, of whichever machine, where something is; whether anything was. What is asked first
        is little: it is asked every second. ArchiveError as of ``feed``."""
        if self._log is None:
            return False
        if self._log.count_waiting() == 0 and self._index.usable():
            self._log.touch()
            return False
        return bool(self.feed())

    def remake(self) -> int:
        """Makes the index anew from the store, or goes on doing so; the number of documents in it. ArchiveError: it
        cannot be written."""
        log = self._find_log()
        if log is None:
            return 0
        with self._as_sentence(), self._index.exclusive(wait=True):
            return self._make(log)

    def find_damages(self) -> Iterator[Damage]:
        """Where the index is not in step with the store."""
        if self._log is None:
            return
        waiting = self._log.waiting()
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

    def _find_log(self) -> IndexLog | None:
        if self._log is None and self._begin is not None:
            self._log = self._begin()
        return self._log

    def _make(self, log: IndexLog) -> int:
        """What is stored while it is made may be missing from it, so it reads the log again from where it was begun."""
        draft = self._index.open_draft(log.find_end(), log.draft_start())
        log.begin_draft(draft.start)
        count = len(draft.revisions)
        missing = [sha256 for sha256 in self._store.hashes() if sha256 not in draft.revisions]
        for first in range(0, max(1, len(missing)), CHUNK):
            with self._store.database.sharing():
                count += draft.add(self._entries(missing[first : first + CHUNK]))
        log.rewind(draft.start)
        draft.publish()
        log.finish_draft()
        self._catch_up(log)
        return count

    def _catch_up(self, log: IndexLog) -> int:
        count = 0
        while waiting := log.read(BATCH):
            with self._store.database.sharing():
                count += self._index.update(self._entries(dict.fromkeys(sha256 for _, sha256 in waiting)))
            log.advance(waiting[-1][0])
        return count

    def _entries(self, wanted: Iterable[str]) -> Iterator[IndexEntry]:
        """The documents as the index takes them; one without a record is left out (``verify`` names it)."""
        rest = iter(wanted)
        while batch := tuple(islice(rest, READ_AT_ONCE)):
            revisions, records = self._reader.load_revisions(batch), self._reader.load_records(batch)
            submissions = self._reader.submissions_of(batch)
            for sha256, record in records.items():
                submitted = ((each.unit or "", each.criterion or "") for each in submissions.get(sha256, ()))
                yield IndexEntry(
                    sha256=sha256,
                    revision=revisions[sha256],
                    record=record,
                    texts=tuple(text for _, text in self._reader.load_texts(sha256)),
                    submitted=tuple(dict.fromkeys(submitted)),
                )

    @contextmanager
    def _as_sentence(self) -> Iterator[None]:
        """Turns a failure to write the index into a sentence; what is stored is stored, and stays in the log."""
        try:
            yield
        except OSError as error:
            raise write_error(self._store.folder, error) from error

"""Files into the store: what is known is not read again, what is reported stored is stored.

For each file: hash it; a known hash only gains a submission (no OCR); a new one is copied, read, kept under its hash
and written in one transaction, and reported after that. A file that cannot be read is stored as unreadable with its
reason; one that cannot even be hashed is written down as refused. Stopping at any moment loses nothing that was
reported. Which files come stands in ``arrivals``, what is written of them in ``settlement``.

Headers first: in a first round only the header of each file is read and stored, its record marked as unfinished, and
its hash written among the bodies that wait, in the same transaction. The second round reads those documents whole,
from the originals kept. Each run ends with that second round, so what a killed run left behind is finished by the next.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing

from evidence.archive.foreign_texts import find_foreign_texts
from evidence.archive.known_files import LOT, ArrivalEvent, Arrivals, LotEnd
from evidence.archive.outcome import Ingested, IngestEvent, SecondRoundBegins
from evidence.archive.second_round import request_bodies, settle_body
from evidence.archive.settlement import Settlement
from evidence.config import Settings
from evidence.ingest.sources.walk import OfferedFile
from evidence.pipeline.own_spelling import ArchiveSpelling
from evidence.pipeline.requests import FileRequest, FileResult, RequestQueue
from evidence.pipeline.scheduler import read_queue
from evidence.store.caches.ocr_cache import PageCache
from evidence.store.early_documents import queue_reading
from evidence.store.store import Store


def take_in(
    store: Store, settings: Settings, offered: Iterable[OfferedFile], rehash: bool = False, headers: bool = False
) -> Generator[IngestEvent, None, None]:
    """What became of each file, as it is settled: each is durable when it is yielded.

    A file that was not touched since it was hashed is known by that (``store.file_stamps``), unless ``rehash``. With
    ``headers`` a file may have two outcomes: when its header is stored, and when the whole of it is.
    ``SecondRoundBegins`` comes between the two rounds, if any document is to be read whole.

    ArchiveError where nothing can be written; MissingProgramError when a page needs OCR and the engine is absent.
    """
    return _Intake(store, settings, rehash, headers).run(offered)


class _Intake:
    """One run."""

    def __init__(self, store: Store, settings: Settings, rehash: bool, headers: bool) -> None:
        self._store, self._settings, self._headers = store, settings, headers
        self._settlement = Settlement(store)
        self._rehash = rehash
        self._arrivals = Arrivals(store, self._settlement, settings.limits, rehash)
        self._cache = PageCache(store.folder, settings.ocr_cache_bytes, store.originals.cache_bucket)
        self._spelling = ArchiveSpelling(store)
        self._outcomes: deque[Ingested] = deque()  # settled while the pipeline was at work

    def run(self, offered: Iterable[OfferedFile]) -> Generator[IngestEvent, None, None]:
        try:
            yield from self._first_round(self._arrivals.examine(offered))
            yield from self._second_round()
        finally:
            self._settlement.discard_copies()

    def _first_round(self, arrivals: Iterator[ArrivalEvent]) -> Generator[Ingested, None, None]:
        for event in arrivals:
            if isinstance(event, Ingested):
                yield event
            elif isinstance(event, FileRequest):
                yield from self._read_new(event, arrivals)

    def _read_new(self, first: FileRequest, arrivals: Iterator[ArrivalEvent]) -> Generator[Ingested, None, None]:
        """One run of the pipeline; what is inside a file is read where it is new."""
        queue = RequestQueue(self._requests(first, arrivals))
        with closing(self._read(queue, self._headers)) as results:
            for result in results:
                settled = self._settlement.settle_result(result)
                self._spelling.count_stored()
                queue.add(settled.requests)
                self._outcomes += settled.outcomes
                yield from self._settled()
        yield from self._settled()

    def _requests(self, first: FileRequest, arrivals: Iterator[ArrivalEvent]) -> Iterator[FileRequest]:
        """What is to be read, up to where so much is settled without reading that it should be told first, or so much
        was read that there is more to learn from; but not between a document's header and its body."""
        yield first
        for event in arrivals:
            if isinstance(event, FileRequest):
                yield event
            elif isinstance(event, Ingested):
                self._outcomes.append(event)
            elif isinstance(event, LotEnd) and len(self._outcomes) >= LOT:
                return
            if self._spelling.outgrown and not self._headers:
                self._spelling = ArchiveSpelling(self._store)
                return

    def _second_round(self) -> Generator[IngestEvent, None, None]:
        """Reads whole what was read in part, and what bears another file's text; one run at a time does so. Files
        inside were read with the header."""
        if self._rehash and not self._store.frozen:
            foreign = find_foreign_texts(self._store, self._settings)
            queue_reading(self._store, [damage.subject for damage in foreign])
        waiting = len(self._store.unfinished())
        if waiting and not self._store.frozen:
            yield SecondRoundBegins(waiting)
            queue = RequestQueue(request_bodies(self._store))
            with self._store.exclusive(), closing(self._read(queue)) as results:
                for result in results:
                    yield from settle_body(self._store, self._settlement, result)
        yield from self._settlement.settle_headers()

    def _settled(self) -> Iterator[Ingested]:
        while self._outcomes:
            yield self._outcomes.popleft()

    def _read(self, queue: RequestQueue, headers: bool = False) -> Generator[FileResult, None, None]:
        return read_queue(queue, self._settings, headers=headers, cache=self._cache, spelling=self._spelling)

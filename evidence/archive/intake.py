"""Files into the store: what is known is not read again, what is reported stored is stored.

For each file: hash it; a known hash only gains a submission (no OCR); a new one is read, copied under its hash and
written in one transaction, and reported after that. A file that cannot be read is stored as unreadable with its
reason; one that cannot even be hashed is written down as refused. Stopping at any moment loses nothing that was
reported.

Headers first: in a first round only the header of each file is read and stored, its record marked as unfinished, and
its hash written among the bodies that wait, in the same transaction. The second round reads those documents whole,
from the originals kept. Each run ends with that second round, so what a killed run left behind is finished by the next.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

from evidence.archive.outcome import Handed, Ingested, handed_in, ingested, refusal, worth_another_try
from evidence.config import Settings
from evidence.errors import UnreadableError
from evidence.ingest.sources.identify import identify_open, open_file
from evidence.ingest.sources.walk import OfferedFile
from evidence.model.document import Source, member_path
from evidence.model.record import Record
from evidence.pipeline.own_spelling import Learned
from evidence.pipeline.scheduler import read_files
from evidence.pipeline.state import Custody, FileRequest, FileResult
from evidence.store.file_stamps import read_stamp
from evidence.store.ocr_cache import PageCache
from evidence.store.originals import hash_file
from evidence.store.store import Store

LOT = 256  # files looked at together


def take_in(
    store: Store,
    settings: Settings,
    offered: Iterable[OfferedFile],
    rehash: bool = False,
    headers: bool = False,
    bodies: Callable[[int], None] = lambda waiting: None,
) -> Generator[Ingested, None, None]:
    """What became of each file, as it is settled: each is durable when it is told.

    A file that was not touched since it was hashed is known by that (``store.stamps``), unless ``rehash``. With
    ``headers`` a file may be told twice: when its header is stored, and when the whole of it is. ``bodies`` is called
    between the two rounds, with how many documents are to be read whole.
    """
    return _Desk(store, settings, rehash, headers).run(offered, bodies)


class _Desk:
    """Where files are received. ``_under_way`` holds who offered what is being read: one content is read once.

    Files are looked at ``LOT`` at a time, so that what is known already costs one transaction a lot, not one a file.
    """

    def __init__(self, store: Store, settings: Settings, rehash: bool, headers: bool) -> None:
        self._store = store
        self._settings = settings
        self._rehash = rehash
        self._headers = headers
        self._cache = PageCache(store.folder, settings.ocr_cache_bytes)
        self._learned = Learned(store)
        self._bodies: dict[str, list[OfferedFile]] = {}  # who offered what is still to be read whole
        self._under_way: dict[str, list[Handed]] = {}
        self._staged: dict[str, Path] = {}  # our copies of what is being read, by hash
        self._inside: set[tuple[str, str]] = set()  # files inside others that are to be read: path, hash
        self._done: deque[Ingested] = deque()

    def run(self, offered: Iterable[OfferedFile], bodies: Callable[[int], None]) -> Generator[Ingested, None, None]:
        try:
            yield from self._first_round(offered)
            yield from self._second_round(bodies)
        finally:
            for copy in self._staged.values():
                copy.unlink(missing_ok=True)

    def _first_round(self, offered: Iterable[OfferedFile]) -> Generator[Ingested, None, None]:
        arrivals = self._arrivals(iter(offered))
        for first in arrivals:
            if first is not None:
                to_read = self._to_read(first, arrivals)
                with closing(self._read(to_read, self._wanted, self._headers)) as outcomes:
                    for outcome in outcomes:
                        self._settle(outcome)
                        yield from self._told()
            yield from self._told()
        yield from self._told()

    def _second_round(self, bodies: Callable[[int], None]) -> Generator[Ingested, None, None]:
        """Reads whole what was read in part, now or by a run that was killed; one run at a time does so."""
        waiting = len(self._store.unfinished())
        if waiting and not self._store.frozen:
            bodies(waiting)
            with self._store.exclusive(), closing(self._read(self._to_finish(), lambda _inside: False)) as outcomes:
                for outcome in outcomes:
                    self._finish(outcome)
                    yield from self._told()
        for sha256, record in self._store.records(self._bodies).items():  # another run did, or the original is lost
            self._done.extend(ingested(one.shown, record, "known") for one in self._bodies[sha256])
        yield from self._told()

    def _read(
        self, files: Iterable[FileRequest], wanted: Callable[[Source], bool], headers: bool = False
    ) -> Generator[FileResult, None, None]:
        return read_files(files, self._settings, wanted=wanted, headers=headers, cache=self._cache, own=self._learned)

    def _to_finish(self) -> Iterator[FileRequest]:
        """The documents whose bodies wait, as far as their originals are here and are still the same."""
        for sha256 in self._store.unfinished():
            place = self._store.originals.path(sha256)
            document = self._store.document(sha256)
            if document and self._store.unfinished(sha256) and place.is_file() and hash_file(place) == sha256:
                yield FileRequest(document.source, place, Custody.KEPT, document.envelope)

    def _finish(self, outcome: FileResult) -> None:
        """Puts the whole document in the place of its header."""
        sha256 = outcome.source.sha256
        if not self._store.originals.path(sha256).is_file():
            return  # lost just now: the header is worth more than the news that it cannot be read
        self._store.put(outcome.document, outcome.record, None, ())
        paths = [one.shown for one in self._bodies.pop(sha256, ())]
        first, *rest = paths or [one.path for one in self._store.submissions(sha256)][:1] or [outcome.source.path]
        self._done.append(ingested(first, outcome.record, "stored", outcome.seconds, max(0, outcome.recalled - 1)))
        self._done.extend(ingested(path, outcome.record, "known") for path in rest)

    def _told(self) -> Generator[Ingested, None, None]:
        while self._done:
            yield self._done.popleft()

    def _to_read(self, first: FileRequest, arrivals: Iterator[FileRequest | None]) -> Iterator[FileRequest]:
        """What is to be read, up to where so much is settled without reading that it should be told first, or so much
        was read that there is more to learn from; but not between a document's header and its body."""
        yield first
        for request in arrivals:
            if request is not None:
                yield request
            elif len(self._done) >= LOT:
                return
            if self._learned.outgrown and not self._headers:
                self._learned = Learned(self._store)
                return

    def _arrivals(self, offered: Iterator[OfferedFile]) -> Iterator[FileRequest | None]:
        """What is to be read; None at the end of each lot, for what was settled in it to be told."""
        while lot := [Handed(one, read_stamp(one.path)) for one in islice(offered, LOT)]:
            seen = {} if self._rehash else self._store.known_hashes(file.stamp for file in lot if file.stamp)
            hashes = [seen.get(file.stamp.path) if file.stamp else None for file in lot]
            fresh = [file for file, sha256 in zip(lot, hashes, strict=True) if sha256 is None]
            fresh += self._again([(file, sha256) for file, sha256 in zip(lot, hashes, strict=True) if sha256])
            yield from self._hashed(fresh)
            yield None

    def _hashed(self, files: Iterable[Handed]) -> Iterator[FileRequest]:
        """Hashes the files; those of known content are settled, of the others our copies come back to be read."""
        known: list[tuple[Handed, str]] = []
        for file in files:
            started = time.monotonic()
            try:
                request = self._hash(file, known)
            except UnreadableError as error:
                self._refuse(file.offered, error, started)
                continue
            if request is not None:
                yield request
        self._again(known)

    def _hash(self, file: Handed, known: list[tuple[Handed, str]]) -> FileRequest | None:
        path = file.offered.path
        with open_file(path) as opened:
            source = identify_open(opened, path, self._settings.limits, file.offered.received)
            if source.sha256 in self._under_way:
                self._under_way[source.sha256].append(file)
                return None
            record = self._store.record(source.sha256)
            if record is not None and self._whole(file.offered, record):
                known.append((file, source.sha256))
                return None
            copy = self._staged[source.sha256] = self._store.stage(opened, source)
        self._under_way[source.sha256] = [file]
        return FileRequest(source, copy, Custody.KEPT)

    def _again(self, known: list[tuple[Handed, str]]) -> list[Handed]:
        """Writes that known documents were handed in; those come back that are to be read after all."""
        started = time.monotonic()
        records = self._store.records(dict.fromkeys(sha256 for _, sha256 in known))
        other, settled = [], []
        for file, sha256 in known:
            record = records.get(sha256)
            if record is None or worth_another_try(record):
                other.append(file)
            elif (inner := self._members(file.offered, record)) is None:
                other.append(file)  # a file inside it was lost on the way: once more
            elif self._mended(file.offered, record, started):
                settled += [(file, record), *inner]
        self._store.resubmit([handed for file, record in settled for handed in handed_in(file, record)])
        each = (time.monotonic() - started) / max(1, len(known))
        for file, record in settled:
            if record.unfinished:
                self._bodies.setdefault(record.source.sha256, []).append(file.offered)
            else:
                self._done.append(ingested(file.offered.shown, record, "known", each))
        return other

    def _whole(self, one: OfferedFile, record: Record) -> bool:
        """Whether a known file need not be read again, nor any file inside it."""
        return not worth_another_try(record) and self._members(one, record) is not None

    def _members(self, one: OfferedFile, record: Record) -> list[tuple[Handed, Record]] | None:
        """The files inside a known file with their records, all levels; None where one of them is not stored."""
        if not record.members:
            return []
        found: list[tuple[Handed, Record]] = []
        records = self._store.records(dict.fromkeys(member.sha256 for member in record.members))
        for member in record.members:
            known = records.get(member.sha256)
            if known is None or worth_another_try(known):
                return None
            inner = replace(one, inside=member_path(one.inside, member.path))
            deeper = self._members(inner, known) if known.source.sha256 != record.source.sha256 else []
            if deeper is None:
                return None
            found += [(Handed(inner, None), known), *deeper]
        return found

    def _mended(self, one: OfferedFile, record: Record, started: float) -> bool:
        """Whether the original is there, or could be put there again."""
        if one.inside:
            return True
        try:
            self._store.restore_original(one.path, record.source.sha256)
        except UnreadableError as error:
            self._refuse(one, error, started)
            return False
        return True

    def _settle(self, outcome: FileResult) -> None:
        """Stores what was read, for all who offered it."""
        sha256 = outcome.source.sha256
        files = self._under_way.pop(sha256)
        waiting = [file.offered for file in files]
        submissions = [submission for file in files for submission, _ in handed_in(file, outcome.record)]
        looks = [(file.stamp, sha256) for file in files if file.stamp]
        original = outcome.file or self._staged[sha256]
        new = self._store.put(outcome.document, outcome.record, original, submissions, looks)
        if copy := self._staged.pop(sha256, None):
            copy.unlink(missing_ok=True)  # the archive had it already
        self._tell(outcome, waiting, new)
        self._hand_on(waiting, outcome.record)

    def _tell(self, outcome: FileResult, waiting: list[OfferedFile], new: bool) -> None:
        """What was stored: the first who offered it is told so, the others that it is known."""
        record, first = outcome.record, waiting[0].shown
        self._learned.stored()
        if record.unfinished:
            self._bodies.setdefault(record.source.sha256, []).extend(waiting)
            if new:
                self._done.append(ingested(first, record, "header", outcome.seconds, outcome.recalled))
            return
        self._done.append(ingested(first, record, "stored", outcome.seconds, outcome.recalled))
        self._done.extend(ingested(one.shown, record, "known") for one in waiting[1:])

    def _hand_on(self, around: list[OfferedFile], record: Record) -> None:
        """The files inside a file just stored: known ones are settled, the others wait for their outcomes."""
        known: list[tuple[Handed, str]] = []
        for member in record.members:
            files = [Handed(replace(one, inside=member_path(one.inside, member.path)), None) for one in around]
            if member.sha256 in self._under_way:
                self._under_way[member.sha256] += files
                continue
            stored = self._store.record(member.sha256)
            if stored is not None and self._whole(files[0].offered, stored):
                known += [(file, member.sha256) for file in files]
                continue
            self._under_way[member.sha256] = files
            self._inside.add((member_path(record.source.path, member.path), member.sha256))
        self._again(known)

    def _wanted(self, source: Source) -> bool:
        """Whether a file inside another one is to be read: once, if its content is new."""
        if (source.path, source.sha256) not in self._inside:
            return False
        self._inside.remove((source.path, source.sha256))
        return True

    def _refuse(self, one: OfferedFile, error: UnreadableError, started: float) -> None:
        self._store.refuse(refusal(one, error))
        self._done.append(Ingested(one.shown, None, "unreadable", None, error.message, time.monotonic() - started))

"""Files into the store: what is known is not read again, what is reported stored is stored.

For each file: hash it; a known hash only gains a submission (no OCR); a new one is read, copied under its hash and
written in one transaction, and reported after that. A file that cannot be read is stored as unreadable with its
reason; one that cannot even be hashed is written down as refused. Stopping at any moment loses nothing that was
reported.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from evidence.config import Settings
from evidence.errors import UnreadableError
from evidence.ingest.identify import identify
from evidence.ingest.nest import INTO
from evidence.ingest.walk import Offered
from evidence.messages import Message
from evidence.model import ProblemCode, Record, Source, Status, Submission
from evidence.pipeline import read_files
from evidence.store.nouns import Refusal
from evidence.store.stamps import Stamp, look
from evidence.store.store import Store
from evidence.under_way import Outcome

LOT = 256  # files looked at together


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file offered. ``known``: its content was in the archive already."""

    path: str
    sha256: str | None
    outcome: Literal["stored", "known", "unreadable"]
    record: Record | None
    problem: Message | None
    seconds: float


def take_in(
    store: Store, settings: Settings, offered: Iterable[Offered], rehash: bool = False
) -> Generator[Ingested, None, None]:
    """What became of each file, as it is settled: each is durable when it is told.

    A file that was not touched since it was hashed is known by that (``store.stamps``), unless ``rehash``.
    """
    return _Desk(store, settings, rehash).run(offered)


@dataclass(slots=True)
class _File:
    """A file on the desk. The stamp is taken before the file is hashed: a change after that shows."""

    offered: Offered
    stamp: Stamp | None


class _Desk:
    """Where files are received. ``_under_way`` holds who offered what is being read: one content is read once.

    Files are looked at ``LOT`` at a time, so that what is known already costs one transaction a lot, not one a file.
    """

    def __init__(self, store: Store, settings: Settings, rehash: bool) -> None:
        self._store = store
        self._settings = settings
        self._rehash = rehash
        self._under_way: dict[str, list[_File]] = {}
        self._inside: set[tuple[str, str]] = set()  # files inside others that are to be read: path, hash
        self._done: deque[Ingested] = deque()

    def run(self, offered: Iterable[Offered]) -> Generator[Ingested, None, None]:
        arrivals = self._arrivals(iter(offered))
        for first in arrivals:
            if first is not None:
                to_read = self._to_read(first, arrivals)
                with closing(read_files(to_read, self._settings, wanted=self._wanted)) as outcomes:
                    for outcome in outcomes:
                        self._settle(outcome)
                        yield from self._told()
            yield from self._told()
        yield from self._told()

    def _told(self) -> Generator[Ingested, None, None]:
        while self._done:
            yield self._done.popleft()

    def _to_read(self, first: Source, arrivals: Iterator[Source | None]) -> Iterator[Source]:
        """What is to be read, up to where so much is settled without reading that it should be told first."""
        yield first
        for source in arrivals:
            if source is not None:
                yield source
            elif len(self._done) >= LOT:
                return

    def _arrivals(self, offered: Iterator[Offered]) -> Iterator[Source | None]:
        """What is to be read; None at the end of each lot, for what was settled in it to be told."""
        while lot := [_File(one, look(one.path)) for one in islice(offered, LOT)]:
            seen = {} if self._rehash else self._store.recall(file.stamp for file in lot if file.stamp)
            hashes = [seen.get(file.stamp.path) if file.stamp else None for file in lot]
            fresh = [file for file, sha256 in zip(lot, hashes, strict=True) if sha256 is None]
            fresh += self._again([(file, sha256) for file, sha256 in zip(lot, hashes, strict=True) if sha256])
            yield from self._hashed(fresh)
            yield None

    def _hashed(self, files: Iterable[_File]) -> Iterator[Source]:
        """Hashes the files; those of known content are settled, the others come back to be read."""
        known: list[tuple[_File, str]] = []
        for file in files:
            source = self._identified(file)
            if source is None:
                continue
            if source.sha256 in self._under_way:
                self._under_way[source.sha256].append(file)
                continue
            record = self._store.record(source.sha256)
            if record is not None and self._whole(file.offered, record):
                known.append((file, source.sha256))
                continue
            self._under_way[source.sha256] = [file]
            yield source
        self._again(known)

    def _identified(self, file: _File) -> Source | None:
        started = time.monotonic()
        try:
            return identify(file.offered.path, self._settings.limits, file.offered.received)
        except UnreadableError as error:
            self._refuse(file.offered, error, started)
            return None

    def _again(self, known: list[tuple[_File, str]]) -> list[_File]:
        """Writes that known documents were handed in; those come back that are to be read after all."""
        started = time.monotonic()
        records = self._store.records(dict.fromkeys(sha256 for _, sha256 in known))
        other, settled = [], []
        for file, sha256 in known:
            record = records.get(sha256)
            if record is None or _worth_another_try(record):
                other.append(file)
            elif (inner := self._members(file.offered, record)) is None:
                other.append(file)  # a file inside it was lost on the way: once more
            elif self._mended(file.offered, record, started):
                settled += [(file, record), *inner]
        self._store.resubmit([handed for file, record in settled for handed in _handed(file, record)])
        each = (time.monotonic() - started) / max(1, len(known))
        self._done.extend(_ingested(file.offered, record, "known", each) for file, record in settled)
        return other

    def _whole(self, one: Offered, record: Record) -> bool:
        """Whether a known file need not be read again, nor any file inside it."""
        return not _worth_another_try(record) and self._members(one, record) is not None

    def _members(self, one: Offered, record: Record) -> list[tuple[_File, Record]] | None:
        """The files inside a known file with their records, all levels; None where one of them is not stored."""
        if not record.members:
            return []
        found: list[tuple[_File, Record]] = []
        records = self._store.records(dict.fromkeys(member.sha256 for member in record.members))
        for member in record.members:
            known = records.get(member.sha256)
            if known is None or _worth_another_try(known):
                return None
            inner = replace(one, inside=f"{one.inside}{INTO}{member.path}")
            deeper = self._members(inner, known) if known.source.sha256 != record.source.sha256 else []
            if deeper is None:
                return None
            found += [(_File(inner, None), known), *deeper]
        return found

    def _mended(self, one: Offered, record: Record, started: float) -> bool:
        """Whether the original is there, or could be put there again."""
        if one.inside:
            return True
        try:
            self._store.mend(one.path, record.source.sha256)
        except UnreadableError as error:
            self._refuse(one, error, started)
            return False
        return True

    def _settle(self, outcome: Outcome) -> None:
        """Stores what was read, for all who offered it; an original that is gone by now is taken from the next."""
        started = time.monotonic() - outcome.seconds
        sha256 = outcome.source.sha256
        files = self._under_way.pop(sha256)
        while files:
            waiting = [file.offered for file in files]
            submissions = [each for file in files for each, _ in _handed(file, outcome.record)]
            looks = [(file.stamp, sha256) for file in files if file.stamp]
            try:
                original = outcome.file or waiting[0].path
                self._store.put(outcome.document, outcome.record, original, submissions, looks)
            except UnreadableError as error:
                self._refuse(files.pop(0).offered, error, started)
                continue
            self._done.append(_ingested(waiting[0], outcome.record, "stored", outcome.seconds))
            self._done.extend(_ingested(one, outcome.record, "known", 0.0) for one in waiting[1:])
            self._hand_on(waiting, outcome.record)
            return

    def _hand_on(self, around: list[Offered], record: Record) -> None:
        """The files inside a file just stored: known ones are settled, the others wait for their outcomes."""
        known: list[tuple[_File, str]] = []
        for member in record.members:
            files = [_File(replace(one, inside=f"{one.inside}{INTO}{member.path}"), None) for one in around]
            if member.sha256 in self._under_way:
                self._under_way[member.sha256] += files
                continue
            stored = self._store.record(member.sha256)
            if stored is not None and self._whole(files[0].offered, stored):
                known += [(file, member.sha256) for file in files]
                continue
            self._under_way[member.sha256] = files
            self._inside.add((f"{record.source.path}{INTO}{member.path}", member.sha256))
        self._again(known)

    def _wanted(self, source: Source) -> bool:
        """Whether a file inside another one is to be read: once, if its content is new."""
        if (source.path, source.sha256) not in self._inside:
            return False
        self._inside.remove((source.path, source.sha256))
        return True

    def _refuse(self, one: Offered, error: UnreadableError, started: float) -> None:
        path, problem = one.shown, ProblemCode(error.problem)
        self._store.refuse(Refusal(path, one.unit, one.criterion, one.received, problem, error.message))
        self._done.append(Ingested(path, None, "unreadable", None, error.message, time.monotonic() - started))


def _worth_another_try(record: Record) -> bool:
    """Whether reading may go better now: it was given up for lack of time or of a program (``antiword-missing``)."""
    lacked = any(
        problem.code is ProblemCode.TIME_OUT or problem.message.code.endswith("-missing") for problem in record.problems
    )
    return record.status is Status.UNREADABLE and lacked


def _handed(file: _File, record: Record) -> list[tuple[Submission, Stamp | None]]:
    """What was handed in by that: a ZIP stands for the files inside it and is no document of its own."""
    if record.members and not record.pages:
        return []
    return [(_submission(file.offered, record.source.sha256), file.stamp)]


def _submission(one: Offered, sha256: str) -> Submission:
    return Submission(
        sha256=sha256,
        path=one.shown,
        unit=one.unit,
        criterion=one.criterion,
        received=one.received,
        claimed_number=one.claimed_number,
        claimed_date=one.claimed_date,
        page=one.page,
    )


def _ingested(one: Offered, record: Record, outcome: Literal["stored", "known"], seconds: float) -> Ingested:
    """A document that cannot be read is told as unreadable each time it is handed in, with the reason."""
    path, sha256 = one.shown, record.source.sha256
    if record.status is Status.UNREADABLE:
        reason = record.problems[0].message if record.problems else Message("problem-damaged")
        return Ingested(path, sha256, "unreadable", record, reason, seconds)
    return Ingested(path, sha256, outcome, record, None, seconds)

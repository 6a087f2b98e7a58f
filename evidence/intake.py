"""Files into the store: what is known is not read again, what is reported stored is stored.

For each file: hash it; a known hash only gains a submission (no OCR); a new one is read, copied under its hash and
written in one transaction, and reported after that. A file that cannot be read is stored as unreadable with its
reason; one that cannot even be hashed is written down as refused. Stopping at any moment loses nothing that was
reported.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from evidence.config import Settings
from evidence.errors import UnreadableError
from evidence.ingest.identify import display, identify
from evidence.ingest.walk import Offered
from evidence.messages import Message
from evidence.model import ProblemCode, Record, Source, Status, Submission
from evidence.pipeline import Outcome, read_files
from evidence.store.nouns import Refusal
from evidence.store.store import Store


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file offered. ``known``: its content was in the archive already."""

    path: str
    sha256: str | None
    outcome: Literal["stored", "known", "unreadable"]
    record: Record | None
    problem: Message | None
    seconds: float


def take_in(store: Store, settings: Settings, offered: Iterable[Offered]) -> Generator[Ingested, None, None]:
    """What became of each file, as it is settled: each is durable when it is told."""
    return _Desk(store, settings).run(offered)


class _Desk:
    """Where files are received. ``_under_way`` holds who offered what is being read: one content is read once."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._under_way: dict[str, list[Offered]] = {}
        self._done: deque[Ingested] = deque()

    def run(self, offered: Iterable[Offered]) -> Generator[Ingested, None, None]:
        arrivals = (self._receive(one) for one in offered)
        for first in arrivals:
            if first is None:
                yield from self._told()
                continue
            to_read = (source for source in chain((first,), arrivals) if source is not None)
            with closing(read_files(to_read, self._settings)) as outcomes:
                for outcome in outcomes:
                    self._settle(outcome)
                    yield from self._told()
        yield from self._told()

    def _told(self) -> Generator[Ingested, None, None]:
        while self._done:
            yield self._done.popleft()

    def _receive(self, one: Offered) -> Source | None:
        """The source, if its content is to be read; None where the file is settled or waits for the same content."""
        started = time.monotonic()
        try:
            source = identify(one.path, self._settings.limits, one.received)
        except UnreadableError as error:
            self._refuse(one, error, started)
            return None
        if source.sha256 in self._under_way:
            self._under_way[source.sha256].append(one)
            return None
        record = self._store.record(source.sha256)
        if record is None or _worth_another_try(record):
            self._under_way[source.sha256] = [one]
            return source
        self._again(one, record, started)
        return None

    def _again(self, one: Offered, record: Record, started: float) -> None:
        """Writes that a known document was handed in."""
        try:
            self._store.mend(one.path, record.source.sha256)
        except UnreadableError as error:
            self._refuse(one, error, started)
            return
        self._store.submit(_submission(one, record.source.sha256))
        self._done.append(_ingested(one, record, "known", time.monotonic() - started))

    def _settle(self, outcome: Outcome) -> None:
        """Stores what was read, for all who offered it; an original that is gone by now is taken from the next."""
        started = time.monotonic() - outcome.seconds
        waiting = self._under_way.pop(outcome.source.sha256)
        while waiting:
            submissions = [_submission(one, outcome.source.sha256) for one in waiting]
            try:
                self._store.put(outcome.document, outcome.record, waiting[0].path, submissions)
            except UnreadableError as error:
                self._refuse(waiting.pop(0), error, started)
                continue
            self._done.append(_ingested(waiting[0], outcome.record, "stored", outcome.seconds))
            self._done.extend(_ingested(one, outcome.record, "known", 0.0) for one in waiting[1:])
            return

    def _refuse(self, one: Offered, error: UnreadableError, started: float) -> None:
        path, problem = display(one.path), ProblemCode(error.problem)
        self._store.refuse(Refusal(path, one.unit, one.criterion, one.received, problem, error.message))
        self._done.append(Ingested(path, None, "unreadable", None, error.message, time.monotonic() - started))


def _worth_another_try(record: Record) -> bool:
    """Whether reading may go better now: it was given up for lack of time or of a program (``antiword-missing``)."""
    lacked = any(
        problem.code is ProblemCode.TIME_OUT or problem.message.code.endswith("-missing") for problem in record.problems
    )
    return record.status is Status.UNREADABLE and lacked


def _submission(one: Offered, sha256: str) -> Submission:
    return Submission(
        sha256=sha256,
        path=display(one.path),
        unit=one.unit,
        criterion=one.criterion,
        received=one.received,
        claimed_number=one.claimed_number,
        claimed_date=one.claimed_date,
        page=one.page,
    )


def _ingested(one: Offered, record: Record, outcome: Literal["stored", "known"], seconds: float) -> Ingested:
    """A document that cannot be read is told as unreadable each time it is handed in, with the reason."""
    path, sha256 = display(one.path), record.source.sha256
    if record.status is Status.UNREADABLE:
        reason = record.problems[0].message if record.problems else Message("problem-damaged")
        return Ingested(path, sha256, "unreadable", record, reason, seconds)
    return Ingested(path, sha256, outcome, record, None, seconds)

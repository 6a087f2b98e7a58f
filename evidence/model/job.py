"""Work that other processes do: jobs, how far they are, and the protocol of whatever queue holds them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from evidence.messages import Message


class JobKind(StrEnum):
    """What is to be done. One process takes them, one after the other; the last stands in tables of before only."""

    READ_UPLOAD = "read-upload"
    REREAD = "reread"
    FIND_FIGURES = "find-figures"
    DRAW_PAGE = "draw-page"


class WorkerRole(StrEnum):
    """The processes of a worker."""

    READING = "reading"
    FINDINGS = "findings"
    INDEXING = "indexing"


DO_JOB = "evidence.do_job"
"""What a queue engine calls a job of ours: its argument is the job's number."""
FIND_ANEW = "evidence.find_anew"
"""What it calls a unit's findings to be found anew: set and unit."""
READING_QUEUE, FINDINGS_QUEUE = "reading", "findings"


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


UNSETTLED = frozenset({JobState.WAITING, JobState.RUNNING})
"""Jobs that are still to end."""
LEFT = UNSETTLED | {JobState.FAILED}
"""Jobs that somebody may have to look after."""


@dataclass(frozen=True, slots=True)
class JobRequest:
    """A job to be done: ``work`` as its kind reads it, ``subject`` to find it by, ``unit`` whose it is. ``alone``: of
    jobs that name the same there, a queue engine hands out one after the other; it is not kept."""

    kind: JobKind
    subject: str
    work: bytes
    unit: str | None = None
    alone: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands. ``done`` of ``total`` steps (files, pages, units; 0 of 0: not known yet). ``message``: why it
    failed. ``attempts``: how often it was begun."""

    id: int
    request: JobRequest
    state: JobState
    attempts: int
    done: int
    total: int
    message: Message | None
    created_at: datetime.datetime
    started_at: datetime.datetime | None
    ended_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class QueueRates:
    """How the queue stands: jobs by state, those that ended within the last hour and day, seconds that one takes in the
    mean (of the last day), and since when the oldest of those that wait does."""

    waiting: int
    running: int
    failed: int
    last_hour: int
    last_day: int
    mean_seconds: float | None
    oldest: datetime.datetime | None


class JobQueue(Protocol):
    """What holds jobs. On SQLite a table of ours; elsewhere an engine of its own. Each method is durable when it
    returns; ArchiveError where nothing can be written."""

    def add(self, request: JobRequest) -> int:
        """Adds a job, or finds the one that waits for the same; its number."""

    def take(self, kinds: tuple[JobKind, ...], worker: str) -> Job | None:
        """The oldest that waits, or whose worker is gone, now that worker's. One that was begun too often fails."""

    def begin(self, number: int, worker: str) -> Job | None:
        """The job that an engine of its own handed to that worker; None where it was done already."""

    def note_end(self, number: int) -> None:
        """The job ended the process that did it: it waits again, or fails where that was too often."""

    def give_up(self, number: int) -> None:
        """The job was begun over and over by workers that went away: it fails."""

    def announce_lost(self) -> None:
        """Jobs that wait and that the engine does not know, as after a restore, get their turn."""

    def announce_units(self, units: Sequence[tuple[str, str]]) -> None:
        """The findings of those units (set, code) wait to be found anew by whoever takes jobs, each once."""

    def renew(self, worker: str) -> None:
        """That worker is still at its jobs."""

    def release(self, worker: str) -> None:
        """That worker is gone: its jobs wait again, at once."""

    def report(self, number: int, done: int, total: int) -> None:
        """How far the job is."""

    def end(self, number: int, message: Message | None = None) -> None:
        """The job is done; with a message it failed, and will not be tried again."""

    def find(self, kind: JobKind, subject: str) -> tuple[Job, ...]:
        """The jobs of that kind for that subject, in the order in which they were added."""

    def list_jobs(self, states: frozenset[JobState], most: int) -> tuple[Job, ...]:
        """The latest jobs in those states, the latest first."""

    def count_waiting(self, kinds: tuple[JobKind, ...]) -> int:
        """How many wait or are under way."""

    def measure(self) -> QueueRates:
        """How the queue stands now."""

    def forget_old(self) -> None:
        """Takes away jobs that ended long ago."""

"""The process that does jobs for a queue's worker: one thread, so that it may fork; one request a line, one answer.

It ends with its worker, and with any file that ends it: the worker starts another, which takes note of that.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace

from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.errors import ArchiveError
from evidence.jobs.helper_process import open_answers
from evidence.jobs.roles import NICENESS, run_job
from evidence.model.job import WorkerRole

Answer = dict[str, object]


def answer_requests(settings: Settings, role: WorkerRole, worker: str) -> None:
    """Does what is asked on standard input until that ends. ArchiveError: the archive cannot be opened."""
    os.nice(NICENESS[role])
    out = open_answers()
    reading = role is WorkerRole.READING
    own = replace(settings, jobs=settings.jobs if reading else 1)
    with Archive.open(own, indexing=False, resident=not reading) as archive:  # who only finds forks nobody
        for line in sys.stdin:
            request, *arguments = json.loads(line)
            try:
                answer = REQUESTS[request](archive, worker, *arguments)
            except ArchiveError as error:  # the database or the object store does not answer now: later it may
                print(error.say(settings.language), file=sys.stderr, flush=True)
                answer = {"again": error.message.code}
            out.write(json.dumps(answer).encode() + b"\n")
            out.flush()


def _do(archive: Archive, worker: str, number: int) -> Answer:
    """What the archive's engines cannot do now is no fault of the file: the job stays open and is tried again."""
    job = archive.jobs.begin(number, worker)
    if job is not None:
        archive.jobs.end(job.id, run_job(archive, job, passed_on=ArchiveError))
    return {}


def _note_end(archive: Archive, worker: str, number: int) -> Answer:
    """The job ended the process that did it."""
    archive.jobs.note_end(number)
    return {}


def _give_up(archive: Archive, worker: str, number: int) -> Answer:
    """The job was begun over and over, on machines that went away."""
    archive.jobs.give_up(number)
    return {}


def _find(archive: Archive, worker: str, criteria_set: str, unit: str) -> Answer:
    archive.findings.refresh([unit], criteria_set)
    return {}


def _announce(archive: Archive, worker: str) -> Answer:
    """Asks for the findings of every unit that are stale."""
    archive.jobs.announce_units(archive.findings.list_all_stale())
    return {}


def _tidy(archive: Archive, worker: str) -> Answer:
    archive.tidy()
    return {}


REQUESTS: Mapping[str, Callable[..., Answer]] = {
    "do": _do,
    "ended": _note_end,
    "give-up": _give_up,
    "find": _find,
    "announce": _announce,
    "tidy": _tidy,
}

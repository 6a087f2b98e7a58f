"""What each process of the worker does: read files, find findings anew, keep up the index. One thread each.

A process holds its jobs under its own name; who started it renews the lease and gives back what it leaves.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace

from evidence.archive.facade import Archive
from evidence.archive.uploads.reading_progress import PageListener, following_pages
from evidence.config import Settings
from evidence.errors import EvidenceError
from evidence.messages import Message
from evidence.model.job import Job, JobKind, WorkerRole

IDLE = 0.2  # seconds between two looks for work
TELL = 0.5  # seconds between two writings of how many pages are read
HOUR = 3600.0
GLANCE = 1.0  # seconds between two looks at what other machines stored


NICENESS = {WorkerRole.READING: 10, WorkerRole.FINDINGS: 5, WorkerRole.INDEXING: 5}
KINDS: Mapping[WorkerRole, tuple[JobKind, ...]] = {
    WorkerRole.READING: (JobKind.READ_UPLOAD, JobKind.REREAD, JobKind.FIND_FIGURES),
    WorkerRole.FINDINGS: (),
    WorkerRole.INDEXING: (),
}


def run_role(settings: Settings, role: WorkerRole, worker: str, once: bool) -> None:
    """Works until it is told to end (SIGTERM), or with ``once`` until nothing waits. ArchiveError: the archive cannot
    be opened or written."""
    os.nice(NICENESS[role])
    if role is WorkerRole.FINDINGS:
        _find_anew(settings, once)
    elif role is WorkerRole.INDEXING:
        _keep_up_index(settings, once)
    else:
        _take_jobs(settings, role, worker, once)


def _find_anew(settings: Settings, once: bool) -> None:
    with Archive.open(settings, resident=True) as archive:
        swept = -HOUR
        while True:
            if time.monotonic() - swept > HOUR:
                archive.tidy()
                swept = time.monotonic()
            if not archive.findings.refresh():
                if once:
                    return
                time.sleep(IDLE)


def _keep_up_index(settings: Settings, once: bool) -> None:
    """Of an archive in a database of others: what one machine stores is found on the others within some seconds."""
    with Archive.open(settings, resident=True, indexing=False) as archive:
        while True:
            if not archive.keep_up_index():
                if once:
                    return
                time.sleep(GLANCE)


def _take_jobs(settings: Settings, role: WorkerRole, worker: str, once: bool) -> None:
    own = replace(settings, jobs=1)  # one file at a time: people at the pages come first
    with Archive.open(own, indexing=False) as archive:
        while True:
            job = archive.jobs.take(KINDS[role], worker)
            if job is not None:
                archive.jobs.end(job.id, run_job(archive, job))
            elif once:
                return
            else:
                time.sleep(IDLE)


def run_job(archive: Archive, job: Job, passed_on: type[EvidenceError] | None = None) -> Message | None:
    """Does the job; why not, if so. What stops the process leaves the job to the next start, and so does an error of
    the kind that is ``passed_on``."""
    try:
        return RUN[job.request.kind](archive, job)
    except EvidenceError as error:
        if passed_on is not None and isinstance(error, passed_on):
            raise
        return error.message


def _read_upload(archive: Archive, job: Job) -> Message | None:
    file = archive.uploads.offer_file(job.request.work)
    if file is None:
        return Message("job-gone")
    with following_pages(_tell_pages(archive, job)), closing(archive.ingest([file])) as events:
        for _ in events:
            pass
    return None


def _tell_pages(archive: Archive, job: Job) -> PageListener:
    """Writes down how far the file is, now and then: each time costs a transaction."""
    last = 0.0

    def tell(_sha256: str, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= TELL:
            archive.jobs.report(job.id, done, total)
            last = time.monotonic()

    return tell


def _reread(archive: Archive, job: Job) -> Message | None:
    failed = [result.path for result in archive.reread_lot(job.request.work) if result.problem]
    return Message("job-reread-failed", {"count": str(len(failed)), "path": failed[0]}) if failed else None


def _find_figures(archive: Archive, job: Job) -> Message | None:
    archive.figures.keep_proposals(job.request.work.decode(), job.request.unit or "")
    return None


RUN: Mapping[JobKind, Callable[[Archive, Job], Message | None]] = {
    JobKind.READ_UPLOAD: _read_upload,
    JobKind.REREAD: _reread,
    JobKind.FIND_FIGURES: _find_figures,
}

"""The work of a job that takes in a folder of this machine."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from evidence import codec
from evidence.archive.ingest_request import IngestRequest
from evidence.model.job import JobKind, JobRequest


@dataclass(frozen=True, slots=True)
class _FolderWork:
    path: str
    unit: str | None
    criterion: str | None
    received: datetime.date | None


def request_folder(
    folder: Path, unit: str | None = None, criterion: str | None = None, received: datetime.date | None = None
) -> JobRequest:
    """The job that takes in that folder; its files as of ``IngestRequest``."""
    work = _FolderWork(str(folder.absolute()), unit, criterion, received)
    return JobRequest(JobKind.INGEST_FOLDER, work.path, codec.encode(work), unit)


def read_folder_work(work: bytes) -> IngestRequest:
    """What such a job asks to be taken in. ValueError: it is no such work."""
    asked = codec.decode(work, _FolderWork)
    return IngestRequest((Path(asked.path),), asked.unit, asked.criterion, asked.received)

"""What the pipeline knows of a file: what was asked, how far it is, what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from evidence.config import Limits
from evidence.ingest import member_sources as nest
from evidence.ingest.sources.identify import identify
from evidence.model.document import Document, Envelope, Page, Source
from evidence.model.problem import Problem
from evidence.model.record import Record
from evidence.model.signature import Signature
from evidence.pipeline.ocr_batches import Due


class Custody(StrEnum):
    """Whose the bytes are that a request names."""

    GIVEN = "given"  # somebody else's, who may change them at any moment: a copy is read, checked against the hash
    KEPT = "kept"  # our own, which nobody changes: read where they lie
    SCRATCH = "scratch"  # our own copy for this one reading: removed once its result was taken


@dataclass(frozen=True, slots=True)
class FileRequest:
    """A file to be read. ``file`` is where its bytes lie, under the name it really bears; ``envelope`` what was said
    around it when it was first read; ``depth`` counts the packages around it."""

    source: Source
    file: Path
    custody: Custody = Custody.GIVEN
    envelope: Envelope | None = None
    depth: int = 0


def request_file(path: Path, limits: Limits, received: date | None = None) -> FileRequest:
    """The file of that path, identified. UnreadableError where it cannot be (``ingest.sources.identify``)."""
    return FileRequest(identify(path, limits, received), path)


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file. ``seconds`` counts from the start of its first task.

    ``file`` is where the bytes of a file inside another one lie until the next outcome is asked for; ``recalled``
    counts the pages whose OCR was remembered.
    """

    source: Source
    document: Document
    record: Record
    seconds: float
    file: Path | None = None
    recalled: int = 0


class TaskStage(StrEnum):
    SIGN = "sign"
    READ = "read"
    OCR = "ocr"
    EXTRACT = "extract"


# of a file's tasks, what ends it comes first, and pages that are drawn are read before more are drawn
URGENCY = {TaskStage.EXTRACT: 0, TaskStage.OCR: 1, TaskStage.SIGN: 2, TaskStage.READ: 2}


@dataclass(frozen=True, slots=True)
class TaskKey:
    """The key of a task: whose it is, and which part of the work: pages from ``first`` to ``end``, or those ``due``."""

    number: int
    stage: TaskStage
    first: int = 0
    end: int | None = None
    due: tuple[Due, ...] = ()
    again: bool = False  # the second attempt at a page


@dataclass(slots=True)
class FileProgress:
    """A file under way; ``open`` counts its tasks that have not been answered."""

    request: FileRequest
    folder: Path
    started: float
    file: Path  # where the children read it
    pages: dict[int, Page] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    signatures: tuple[Signature, ...] = ()
    envelope: Envelope | None = None
    inside: tuple[nest.Inside, ...] = ()
    open: int = 0
    unread: int = 0  # pages left for later, where only the header was wanted
    recalled: int = 0
    document: Document | None = None

    @property
    def source(self) -> Source:
        return self.request.source

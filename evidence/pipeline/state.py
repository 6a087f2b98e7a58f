"""What the pipeline knows of a file: what was asked, how far it is, what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from evidence.ingest import member_sources as nest
from evidence.model.document import Document, Envelope, Page, Source
from evidence.model.problem import Problem
from evidence.model.record import Record
from evidence.model.signature import Signature
from evidence.pipeline.ocr_batches import Due


@dataclass(frozen=True, slots=True)
class FileRequest:
    """A file to be read. ``place`` is where its bytes lie if not under its path; ``envelope`` what was said around it
    when it was first read."""

    source: Source
    place: Path | None = None
    envelope: Envelope | None = None


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

    source: Source
    folder: Path
    started: float
    place: Path | None = None  # where its bytes lie, if not under its path
    ours: bool = False  # those bytes are a copy of our own, to be let go
    pages: dict[int, Page] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    signatures: tuple[Signature, ...] = ()
    envelope: Envelope | None = None
    inside: tuple[nest.Inside, ...] = ()
    depth: int = 0  # packages around it
    open: int = 0
    unread: int = 0  # pages left for later, where only the header was wanted
    recalled: int = 0
    document: Document | None = None

"""How far the pipeline is with a file, and which of its tasks a reply answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from evidence.ingest import problems
from evidence.ingest.member_sources import MemberFile
from evidence.model.document import Document, Envelope, Page, Source
from evidence.model.problem import Problem
from evidence.model.signature import Signature
from evidence.pipeline.ocr_batches import DuePage
from evidence.pipeline.requests import Custody, FileRequest


class TaskStage(StrEnum):
    """What a child does for a file."""

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
    due: tuple[DuePage, ...] = ()
    again: bool = False  # the second attempt at a page


@dataclass(slots=True)
class FileProgress:
    """A file that is being read; ``open`` counts its tasks that have not been answered."""

    request: FileRequest
    folder: Path
    started: float
    file: Path  # where the children read it
    pages: dict[int, Page] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    signatures: tuple[Signature, ...] = ()
    envelope: Envelope | None = None
    members: tuple[MemberFile, ...] = ()
    total: int = 0  # pages, as soon as it is known
    open: int = 0
    unread: int = 0  # pages left for later, where only the header was wanted
    recalled: int = 0
    document: Document | None = None

    @property
    def source(self) -> Source:
        """The file as it was handed in."""
        return self.request.source

    def make_document(self) -> Document:
        """All that was read of it."""
        pages = tuple(self.pages[number] for number in sorted(self.pages))
        worth_saying = problems.worth_saying(self.problems, bool(pages))
        ordered = tuple(sorted(worth_saying, key=lambda problem: problem.page or 0))
        members = tuple(member.member for member in self.members)
        return Document(self.source, pages, ordered, self.signatures, self.envelope, members)

    def request_members(self) -> tuple[FileRequest, ...]:
        """The requests that would read the files inside it."""
        depth = self.request.depth + 1
        return tuple(
            FileRequest(member.source, member.file, Custody.SCRATCH, self.envelope, depth) for member in self.members
        )

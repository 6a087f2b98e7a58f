"""What was handed in, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evidence.errors import UnreadableError
from evidence.ingest.sources.walk import OfferedFile
from evidence.messages import Message
from evidence.model.document import member_path
from evidence.model.placement import Submission
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import Record, Status
from evidence.store.facts import Refusal
from evidence.store.file_stamps import Stamp

Outcome = Literal["stored", "known", "unreadable", "header"]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file offered.

    ``known``: its content was in the archive already; ``header``: its first page was read and stored, the whole of it
    follows later. ``recalled``: pages whose OCR was remembered.
    """

    path: str
    sha256: str | None
    outcome: Outcome
    record: Record | None
    problem: Message | None
    seconds: float
    recalled: int = 0


@dataclass(frozen=True, slots=True)
class SecondRoundBegins:
    """All headers are stored: from here on so many documents are read whole, those of earlier runs with them."""

    waiting: int


IngestEvent = Ingested | SecondRoundBegins


@dataclass(frozen=True, slots=True)
class StampedFile:
    """A file offered, as it looked before it was hashed: a change after that shows."""

    offered: OfferedFile
    stamp: Stamp | None = None


def is_worth_another_try(record: Record) -> bool:
    """Whether reading may go better now: it was given up for lack of time or of a program."""
    return record.status is Status.UNREADABLE and any(problem.retriable for problem in record.problems)


def make_submissions(file: StampedFile, record: Record) -> list[tuple[Submission, Stamp | None]]:
    """What was handed in by that: a ZIP stands for the files inside it and is no document of its own."""
    if record.members and not record.pages:
        return []
    return [(_make_submission(file.offered, record.source.sha256), file.stamp)]


def _make_submission(file: OfferedFile, sha256: str) -> Submission:
    return Submission(
        sha256=sha256,
        path=file.shown,
        unit=file.unit,
        criterion=file.criterion,
        received=file.received,
        claimed_number=file.claimed_number,
        claimed_date=file.claimed_date,
        page=file.page,
        path_bytes=file.path_bytes,
        by_layout=file.by_layout,
    )


def make_refusal(file: OfferedFile, error: UnreadableError) -> Refusal:
    """What is written down of a file that could not even be hashed."""
    return Refusal(
        path=file.shown,
        unit=file.unit,
        criterion=file.criterion,
        received=file.received,
        problem=ProblemCode(error.problem),
        message=error.message,
        path_bytes=file.path_bytes,
    )


def make_member_refusal(package: OfferedFile, problem: Problem) -> Refusal:
    """What is written down of a file inside a package that could not be taken out. It has no place on disk: by its
    package's place every other file inside would be taken for it."""
    return Refusal(
        path=member_path(package.shown, problem.member or ""),
        unit=package.unit,
        criterion=package.criterion,
        received=package.received,
        problem=problem.code,
        message=problem.message,
        path_bytes=None,
    )


def make_outcome(path: str, record: Record, outcome: Outcome, seconds: float = 0.0, recalled: int = 0) -> Ingested:
    """A document that cannot be read is unreadable each time it is handed in, with the reason."""
    sha256 = record.source.sha256
    if record.status is Status.UNREADABLE:
        reason = record.problems[0].message if record.problems else Message("problem-damaged")
        return Ingested(path, sha256, "unreadable", record, reason, seconds)
    return Ingested(path, sha256, outcome, record, None, seconds, recalled)

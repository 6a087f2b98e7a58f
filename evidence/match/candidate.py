"""A document as the rules see it: the record, how it was handed in, and its subject prepared once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from evidence.criteria import periods
from evidence.match.subject_text import SubjectText, lay_out_subject, split_title
from evidence.model.placement import Submission
from evidence.model.problem import ProblemCode
from evidence.model.record import Record, Status


@dataclass(frozen=True, slots=True)
class Candidate:
    """``submissions`` are all ways in which one unit handed in this file, in a fixed order. ``parts`` are the further
    documents of a file that holds several; ``place`` tells the documents of one file apart. ``sha256`` and ``readable``
    are of its record: they are asked hundreds of times a document."""

    record: Record
    sha256: str
    readable: bool
    submissions: tuple[Submission, ...]
    subject: SubjectText
    periods: periods.SubjectPeriods
    parts: tuple[Candidate, ...] = ()
    place: int = 0

    @property
    def key(self) -> str:
        """What tells this document from any other."""
        return f"{self.sha256}#{self.place}"

    @property
    def path(self) -> str:
        return self.submissions[0].path

    def has(self, code: ProblemCode) -> bool:
        return any(problem.code is code for problem in self.record.problems)

    @property
    def received(self) -> datetime.date | None:
        """The day it came in; the first, where it was handed in more than once."""
        days = [submission.received for submission in self.submissions if submission.received]
        return min(days) if days else self.record.source.received


def prepare_candidate(record: Record, submissions: tuple[Submission, ...]) -> Candidate:
    """The candidate; the order in which submissions came does not matter."""
    ordered = tuple(
        sorted(
            submissions, key=lambda submission: (submission.path, submission.criterion or "", str(submission.received))
        )
    )
    parts = tuple(_prepare(part, ordered, (), at) for at, part in enumerate(record.parts, start=1))
    return _prepare(record, ordered, parts, 0)


def _prepare(record: Record, ordered: tuple[Submission, ...], parts: tuple[Candidate, ...], place: int) -> Candidate:
    text = record.subject.value or ""
    readable = record.status is not Status.UNREADABLE
    subject, named = lay_out_subject(text), periods.read_periods(split_title(text)[0])
    return Candidate(record, record.source.sha256, readable, ordered, subject, named, parts, place)

"""A document as the rules see it: the record, how it was handed in, and its subject prepared once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from evidence.criteria import periods
from evidence.criteria.phrases import PhraseMatch, PreparedText, find_phrase, prepare_text
from evidence.model.assessment import Submission
from evidence.model.problem import ProblemCode
from evidence.model.record import Record, Status


@dataclass(frozen=True, slots=True)
class Candidate:
    """``submissions`` are all ways in which one unit handed in this file, in a fixed order. ``parts`` are the further
    documents of a file that holds several; ``place`` tells the documents of one file apart."""

    record: Record
    submissions: tuple[Submission, ...]
    subject: PreparedText
    named: periods.SubjectPeriods
    parts: tuple[Candidate, ...] = ()
    place: int = 0
    asked: dict[str, PhraseMatch] = field(default_factory=dict, compare=False, repr=False)

    def says(self, phrase: str) -> PhraseMatch:
        """Whether the phrase stands in the subject; kept, since the slots of a series ask for the same words."""
        found = self.asked.get(phrase)
        if found is None:
            found = self.asked[phrase] = find_phrase(phrase, self.subject)
        return found

    @property
    def key(self) -> str:
        """What tells this document from any other."""
        return f"{self.sha256}#{self.place}"

    @property
    def sha256(self) -> str:
        return self.record.source.sha256

    @property
    def path(self) -> str:
        return self.submissions[0].path

    @property
    def readable(self) -> bool:
        return self.record.status is not Status.UNREADABLE

    def has(self, problem: ProblemCode) -> bool:
        return any(one.code is problem for one in self.record.problems)

    @property
    def received(self) -> datetime.date | None:
        """The day it came in; the first, where it was handed in more than once."""
        days = [one.received for one in self.submissions if one.received]
        return min(days) if days else self.record.source.received


def prepare(record: Record, submissions: tuple[Submission, ...]) -> Candidate:
    """The candidate; the order in which submissions came does not matter."""
    ordered = tuple(sorted(submissions, key=lambda one: (one.path, one.criterion or "", str(one.received))))
    parts = tuple(_laid(part, ordered, (), at) for at, part in enumerate(record.parts, start=1))
    return _laid(record, ordered, parts, 0)


def _laid(record: Record, ordered: tuple[Submission, ...], parts: tuple[Candidate, ...], place: int) -> Candidate:
    text = record.subject.value or ""
    return Candidate(record, ordered, prepare_text(text), periods.read_periods(text), parts, place)

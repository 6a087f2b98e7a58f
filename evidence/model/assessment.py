"""What is found of what was handed in: findings with their reasons, points, and what a report rests on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from evidence.messages import Message
from evidence.model.criteria import Clock, CriteriaSet, Requirement
from evidence.model.geometry import Box
from evidence.model.placement import Submission
from evidence.model.record import Record

SubmittedRecord = tuple[Submission, Record]  # a file as it was handed in, and what was read in it


class Verdict(StrEnum):
    MET = "met"
    LATE = "late"
    MISSING = "missing"
    UNCLEAR = "unclear"
    WRONG = "wrong"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule held against one document (or against none), and how it came out. ``ok`` is ``None`` for doubt."""

    rule: str
    ok: bool | None
    message: Message
    document: str | None = None
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """Of a requirement. ``suggested`` is ``None`` where a person must decide: unknown is never zero."""

    max: Decimal
    suggested: Decimal | None
    at_stake: Decimal
    suggested_min: Decimal | None = None
    suggested_max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one requirement for one unit; it cannot be built without a reason."""

    unit: str
    criterion: str
    requirement: str
    title: str
    status: Verdict
    reasons: tuple[Reason, ...]
    points: Points
    documents: tuple[str, ...] = ()
    due: datetime.date | None = None
    clock: Clock = Clock.ISSUED
    actual: datetime.date | None = None
    days_late: int | None = None

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError(f"finding {self.requirement} for {self.unit} has no reason")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that no document is read for (a rate, a count), given by a person for one criterion of one unit."""

    unit: str
    criterion: str
    name: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """Points of a criterion, a group of them, or of all (``criterion`` is empty) for one unit.

    ``max`` as the set has it, ``applicable`` what this unit can reach. ``lowest``..``highest`` is what the rules give:
    what is unknown at its worst and at its best. ``lost`` is surely lost; ``recoverable`` is what documents can still
    bring, before their deadline or in the supplement window. ``lacking`` are figures that a rule waits for.
    """

    unit: str
    criterion: str
    max: Decimal
    applicable: Decimal
    lowest: Decimal
    highest: Decimal
    lost: Decimal
    recoverable: Decimal
    lacking: tuple[str, ...] = ()

    @property
    def suggested(self) -> Decimal | None:
        return self.lowest if self.lowest == self.highest else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a report rests on; printed at its end."""

    files: int
    pages: int
    pages_ocr: int
    unreadable: tuple[str, ...]
    doubtful: int
    as_of: datetime.date
    criteria_set: str
    version: str
    proposed: int = 0  # requirements of the set that wait for a person's word and were not asked for


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that a report needs: the set, its findings in order of unit and criterion, and what they rest on.

    ``records`` holds every document named in a finding, by hash, without its citations; ``paths`` the path each was
    handed in under. ``proposals``: by criterion, the requirements that wait for a person's word; nothing was asked for
    them, and ``criteria`` is the set without them.
    """

    criteria: CriteriaSet
    findings: tuple[Finding, ...]
    coverage: Coverage
    records: dict[str, Record]
    paths: dict[str, str]
    scores: tuple[Score, ...] = ()
    proposals: dict[str, tuple[Requirement, ...]] = field(default_factory=dict)

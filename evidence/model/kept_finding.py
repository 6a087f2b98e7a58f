"""Findings as they are kept for people who work through them: counted, filtered, in order, with what was decided."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from evidence.model.assessment import Finding, Score, Verdict

CHANGED = "changed"  # what a decision that no longer fits its finding is called among ``judged``
TO_BE_DONE = frozenset({"", CHANGED})
OPEN = frozenset({Verdict.LATE, Verdict.MISSING, Verdict.UNCLEAR, Verdict.WRONG})  # what a person has to look at


@dataclass(frozen=True, slots=True)
class FindingKey:
    """Names a finding of a set: ``VPUBND`` and ``1.2/q1``."""

    unit: str
    requirement: str


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """A finding as it is kept. ``facts`` tells what it says from anything else it may say (a hash; the wording of
    reasons is none of it): a decision names the facts that were seen. ``judged``: the act of the last decision on it
    in the last round, empty where there is none, ``changed`` where the finding says something else since; ``decision``
    is the number of that decision. ``at``: since when it says this."""

    finding: Finding
    field: str
    facts: str
    judged: str
    decision: int | None
    at: datetime.datetime

    @property
    def key(self) -> FindingKey:
        return FindingKey(self.finding.unit, self.finding.requirement)

    @property
    def is_open(self) -> bool:
        """Whether a person has to look at it still."""
        return self.finding.status in OPEN and self.judged in TO_BE_DONE


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as lists show it, without its reasons; ``field``, ``judged`` and ``decision`` as of ``KeptFinding``."""

    unit: str
    requirement: str
    criterion: str
    field: str
    title: str
    status: Verdict
    judged: str
    decision: int | None
    due: datetime.date | None
    documents: tuple[str, ...]

    @property
    def key(self) -> FindingKey:
        return FindingKey(self.unit, self.requirement)

    @property
    def is_open(self) -> bool:
        """Whether a person has to look at it still."""
        return self.status in OPEN and self.judged in TO_BE_DONE


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Which findings are meant; None: any. ``fields``: criteria at the top of the set; ``judged``: what was done with
    them, ``TO_BE_DONE`` for what is left."""

    units: frozenset[str] | None = None
    fields: frozenset[str] | None = None
    criteria: frozenset[str] | None = None
    statuses: frozenset[Verdict] | None = None
    judged: frozenset[str] | None = None

    def holds(self, line: FindingLine) -> bool:
        """Whether that finding is one of those that are meant."""
        return (
            (self.units is None or line.unit in self.units)
            and (self.fields is None or line.field in self.fields)
            and (self.criteria is None or line.criterion in self.criteria)
            and (self.statuses is None or line.status in self.statuses)
            and (self.judged is None or line.judged in self.judged)
        )


@dataclass(frozen=True, slots=True)
class FindingCount:
    """So many findings of one unit in one field, of one status, with which the same was done."""

    unit: str
    field: str
    status: Verdict
    judged: str
    count: int


@dataclass(frozen=True, slots=True)
class LeftCount:
    """Of ``every`` findings of one unit in a filter, how many are still to be done."""

    unit: str
    every: int
    left: int


@dataclass(frozen=True, slots=True)
class UnitTotal:
    """What one unit's findings come to, as the rules give it: ``lowest`` .. ``highest`` of ``applicable`` points."""

    unit: str
    lowest: Decimal
    highest: Decimal
    applicable: Decimal
    as_of: datetime.date
    revision: int


@dataclass(frozen=True, slots=True)
class FindingShift:
    """A finding that has another status than at some moment; None: it was not there, or is there no more."""

    key: FindingKey
    field: str
    before: Verdict | None
    after: Verdict | None
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class KeptUnit:
    """All findings of one unit in order of the set, with the points of every criterion and in sum."""

    total: UnitTotal
    findings: tuple[KeptFinding, ...]
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class UnitLines:
    """The same without the reasons of its findings: for pages that list them."""

    total: UnitTotal
    lines: tuple[FindingLine, ...]
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class FindingsState:
    """How far the kept findings of a set go. ``pending``: something changed that they do not know yet; ``as_of``: the
    day they hold for, the earliest where units differ, None where there are none yet."""

    as_of: datetime.date | None
    revision: int
    pending: bool

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
class FindingFilter:
    """Which findings are meant; None: any. ``fields``: criteria at the top of the set; ``judged``: what was done with
    them, ``TO_BE_DONE`` for what is left."""

    units: frozenset[str] | None = None
    fields: frozenset[str] | None = None
    criteria: frozenset[str] | None = None
    statuses: frozenset[Verdict] | None = None
    judged: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class FindingCount:
    """So many findings of one unit in one field, of one status, with which the same was done."""

    unit: str
    field: str
    status: Verdict
    judged: str
    count: int


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
class FindingsState:
    """How far the kept findings of a set go. ``pending``: something changed that they do not know yet; ``as_of``: the
    day they hold for, the earliest where units differ, None where there are none yet."""

    as_of: datetime.date | None
    revision: int
    pending: bool

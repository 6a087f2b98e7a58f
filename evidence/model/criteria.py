"""What is asked for: a criteria set with its units, criteria, requirements and score rules."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from evidence.model.record import Relation
from evidence.model.score_rule import Rounding, ScoreBlock, ScoreRule, Scoring
from evidence.model.scoring import Grade, ScoredPart
from evidence.values.kind import Kind
from evidence.values.number import Number


class Clock(StrEnum):
    """Which moment counts against the deadline."""

    ISSUED = "issued"
    SIGNED = "signed"
    RECEIVED = "received"


class Shift(StrEnum):
    """What happens to a deadline on a day off."""

    NONE = "none"
    NEXT_WORKING_DAY = "next-working-day"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off of the years that are known. Outside ``years`` nobody knows: a day there is never guessed.

    ``off``: holidays and days off besides Saturdays and Sundays; ``working``: Saturdays worked in exchange.
    """

    name: str
    years: tuple[int, ...]
    off: tuple[datetime.date, ...] = ()
    working: tuple[datetime.date, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A deadline counted from another document: that of a requirement (``1.1/kh``) or the one of that number."""

    days: int
    working: bool = False
    requirement: str | None = None
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class MustCite:
    """A document that must be cited: that of a requirement, or the one of that number; how is asked if ``relation``."""

    number: Number | None = None
    requirement: str | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One way in which evidence is accepted this year; what is left empty asks nothing."""

    levels: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    subject: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceAlternative:
    """One of several documents of which any serves a requirement ("A hoặc B"); what is left empty asks nothing."""

    kinds: tuple[Kind, ...] = ()
    subject: tuple[str, ...] = ()
    period: str | None = None


@dataclass(frozen=True, slots=True)
class OfferedDue:
    """A usual deadline that binds another level than the set's: a person may take it, nothing takes it unasked."""

    rule: str  # as a criteria file writes it: "day 20 of the last month of the period"
    source: str  # the text that it comes from: "581/BNV-CCHC"


class Sureness(StrEnum):
    """How sure the reading of an annex's words is."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Wording:
    """Where a proposal comes from: the annex's words, its page and that of the guide, how sure the reading is.

    ``doubts``: codes of the sentences that say why it is not sure.
    """

    words: str
    page: int | None = None
    guide_page: int | None = None
    sureness: Sureness = Sureness.SURE
    doubts: tuple[str, ...] = ()


# Doubts that leave open which document is meant: such words alone earn nothing, a person must look.
OPEN_SUBJECTS = ("proposal-subject-thin", "proposal-no-subject")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One piece of evidence that a criterion asks for. ``id`` is unique inside its criterion.

    ``due`` is the day after a shift, ``due_written`` the one before it, where they differ. ``series`` is the id that
    the slots of one series share: a document fills one slot of it; ``series_name`` the ready-made series that it is.
    ``accept``: at least one of them must hold. ``any_of``: at least one of them must hold beside all else that is asked
    here. ``not_subject``: phrases that the subject must not have. ``optional``: its absence costs nothing.

    Of the deadline: ``due_rule`` as the file writes it, ``due_text`` what the annex says of time, ``due_source`` where
    the deadline comes from. ``due_unknown``: there is a deadline, or may be one, and nobody has said which day it is.
    """

    id: str
    title: str
    kind: Kind | None = None
    issuer: str = "any"  # "unit", "any", a level ("tinh", "bo", "so", "huyen", "xa") or an agency's name
    subject: tuple[str, ...] = ()
    about: int | None = None
    issued_from: datetime.date | None = None
    issued_to: datetime.date | None = None
    due: datetime.date | None = None
    clock: Clock = Clock.ISSUED
    count: int = 1
    annexes: tuple[str, ...] = ()
    proposed: bool = False
    other_kinds: tuple[Kind, ...] = ()
    other_issuers: tuple[str, ...] = ()
    number_pattern: str | None = None
    cites: tuple[MustCite, ...] = ()
    digital: bool = False
    accept: tuple[Acceptance, ...] = ()
    period: str | None = None
    series: str | None = None
    shift: Shift = Shift.NONE
    due_written: datetime.date | None = None
    trigger: Trigger | None = None
    series_name: str | None = None
    any_of: tuple[EvidenceAlternative, ...] = ()
    not_subject: tuple[str, ...] = ()
    optional: bool = False
    due_rule: str | None = None
    due_unknown: bool = False
    due_text: str = ""
    due_source: str | None = None
    due_offered: OfferedDue | None = None
    wording: Wording | None = None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return (self.kind, *self.other_kinds) if self.kind else ()

    @property
    def is_open(self) -> bool:
        """Whether its words fit documents of many kinds, so that agreeing with them proves little."""
        return self.wording is not None and any(code in self.wording.doubts for code in OPEN_SUBJECTS)

    @property
    def issuers(self) -> tuple[str, ...]:
        return (self.issuer, *self.other_issuers)


@dataclass(frozen=True, slots=True)
class Criterion:
    """``rule_text``, ``evidence_text`` and ``page``: how the annex words the scoring and the evidence, and where.

    ``not_applicable_if`` and ``full_points_if``: clauses of the annex that a person answers for each unit. ``timely``:
    the scoring speaks of time. ``owners``: who verifies or leads. ``weight``: percent of the sum of its siblings.
    """

    code: str
    title: str
    points: Decimal
    children: tuple[Criterion, ...] = ()
    score: ScoreRule = ScoreRule.MANUAL
    not_for: tuple[str, ...] = ()
    evidence: tuple[Requirement, ...] = ()
    rule_text: str = ""
    evidence_text: str = ""
    page: int | None = None
    scoring: Scoring = field(default_factory=Scoring)
    points_for: tuple[tuple[str, Decimal], ...] = ()  # profile and its own maximum
    not_applicable_if: str = ""
    full_points_if: str = ""
    timely: bool = False
    owners: tuple[str, ...] = ()
    weight: Decimal | None = None
    self_assessed: bool = True
    block: ScoreBlock | None = None

    @property
    def additive(self) -> bool:
        """Whether the points of the requirements add up to those of the criterion; else each carries the whole."""
        if self.score is ScoreRule.PER_ITEM and self.scoring.each is not None:
            return self.scoring.each * sum(requirement.count for requirement in self.evidence) == self.points
        return self.score in (ScoreRule.TIMELINESS, ScoreRule.PER_ITEM)


def walk_criteria(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    """These criteria with all below them, each before its parts."""
    for criterion in criteria:
        yield criterion
        yield from walk_criteria(criterion.children)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit under appraisal. ``issuer`` is its name as it stands at the head of its documents; ``group``: whom it is
    ranked with (sở, ban, ngành; xã miền núi)."""

    code: str
    name: str
    issuer: str
    profile: str | None = None
    not_applicable: tuple[str, ...] = ()  # criteria that this unit has no business in
    group: str | None = None
    is_ranked: bool = True  # False: graded and not ranked


@dataclass(frozen=True, slots=True)
class Profile:
    """A group of special units; ``scale``: the points that its units can reach, where the set names them."""

    name: str
    title: str
    scale: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """A set of criteria; it never changes once an appraisal uses it."""

    set: str
    title: str
    year: int
    level: str
    units: tuple[Unit, ...]
    criteria: tuple[Criterion, ...]
    based_on: Number | None = None
    based_on_date: datetime.date | None = None
    calendar: Calendar | None = None
    rounding: Rounding = field(default_factory=Rounding)
    profiles: tuple[Profile, ...] = ()
    supplement_from: datetime.date | None = None  # the days in which what is missing may still be handed in
    supplement_to: datetime.date | None = None
    window_from: datetime.date | None = None  # the days that figures are counted over; no document's due date
    window_to: datetime.date | None = None
    closing: datetime.datetime | None = None  # the moment, local time, until which evidence is received
    grades: tuple[Grade, ...] = ()  # the highest first
    parts: tuple[ScoredPart, ...] = ()  # of the points, as a published table has columns for

    @property
    def points(self) -> Decimal:
        """The maximum of the whole set: the sum of its fields, without bonus and penalty; 100 where they have weights
        in percent."""
        fields = [criterion for criterion in self.criteria if criterion.block is None]
        weighted = bool(fields) and all(criterion.weight is not None for criterion in fields)
        return Decimal(100) if weighted else sum((criterion.points for criterion in fields), Decimal(0))

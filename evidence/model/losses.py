"""Points that were lost, and what is said of them: in findings, decisions, surveys, and in a report's own words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evidence.messages import Message


class LossKind(StrEnum):
    """Why points are lost. ``stated``: a report says so, in no words that tell more; ``open``: not lost yet."""

    MISSING = "missing"
    LATE = "late"
    WRONG = "wrong"
    UNCLEAR = "unclear"
    FIGURE = "figure"
    DECISION = "decision"
    SURVEY = "survey"
    STATED = "stated"
    OPEN = "open"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class LossReason:
    """One reason. ``points``: what it is said to cost; None where nobody says how much. ``text``: as it was written;
    ``message``: as we say it. ``line`` of the report, counted from 1; ``requirement``: of the finding that says it."""

    kind: LossKind
    points: Decimal | None = None
    text: str = ""
    message: Message | None = None
    documents: tuple[str, ...] = ()
    line: int | None = None
    requirement: str = ""


@dataclass(frozen=True, slots=True)
class PointLoss:
    """What was lost in one criterion or field. ``explained``: the part of it that its reasons account for; more than
    ``lost`` where they claim more. ``open``: what may still be won or lost. ``is_named``: whether a report names the
    field among those with shortcomings; None where it names none."""

    code: str
    title: str
    max: Decimal
    points: Decimal
    explained: Decimal
    reasons: tuple[LossReason, ...] = ()
    field: str = ""
    open: Decimal = Decimal(0)
    is_named: bool | None = None

    @property
    def lost(self) -> Decimal:
        """What is surely lost: ``points`` is the most that can still come of it."""
        return self.max - self.points

    @property
    def unexplained(self) -> Decimal:
        """What no reason accounts for."""
        return max(self.lost - self.explained, Decimal(0))


@dataclass(frozen=True, slots=True)
class LossCheck:
    """Something in a report that does not hold together: its code and the sentence that says it."""

    code: str
    message: Message


@dataclass(frozen=True, slots=True)
class LossReport:
    """The losses of a unit, criterion by criterion or field by field; ``total``: as the source gives it, None where it
    gives none."""

    unit: str
    source: str
    losses: tuple[PointLoss, ...]
    total: Decimal | None = None
    total_max: Decimal | None = None
    checks: tuple[LossCheck, ...] = ()

    @property
    def max(self) -> Decimal:
        return sum((loss.max for loss in self.losses), Decimal(0))

    @property
    def points(self) -> Decimal:
        return sum((loss.points for loss in self.losses), Decimal(0))

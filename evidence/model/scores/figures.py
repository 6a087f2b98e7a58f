"""Figures that papers state, and figures that count because a person said so, with the place that shows them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evidence.model.assessment import Figure
from evidence.model.geometry import Box


class FigureRole(StrEnum):
    """What a stated number counts: all that there was to do, what was done (recognised, settled), of it in time or
    late, what was not done, and what waits for somebody else's word ("đang trình") and never counts as done."""

    TOTAL = "total"
    DONE = "done"
    IN_TIME = "in-time"
    LATE = "late"
    NOT_DONE = "not-done"
    PENDING = "pending"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class FigureSource:
    """Where a number stands: the document's hash, page, box (None where the format has no pages to measure on), the
    words as printed, and how surely they were read, from 0 to 1."""

    document: str
    page: int
    box: Box | None
    raw: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A number that a paper states. ``label``: the words that it belongs to, with those it shares with the numbers
    before it; ``own``: its own words alone; ``context``: sentence and heading; ``group``: numbers of one sentence or
    row have one; ``is_percent``: it is printed with "%"."""

    value: Decimal
    role: FigureRole
    label: str
    own: str
    context: str
    group: int
    source: FigureSource
    is_percent: bool = False


@dataclass(frozen=True, slots=True)
class StatedSum:
    """A whole that a paper takes apart: "780 lượt (605 …, 114 …, 61 …)". ``is_exhaustive``: the words say that the
    parts are all ("gồm", "="); else they may be some of it."""

    whole: Decimal
    parts: tuple[Decimal, ...]
    source: FigureSource
    is_exhaustive: bool = True

    @property
    def difference(self) -> Decimal:
        """The parts less the whole."""
        return sum(self.parts, Decimal(0)) - self.whole

    @property
    def holds(self) -> bool | None:
        """Whether the parts make the whole; None where they are less, and may be some of it."""
        return True if not self.difference else None if self.difference < 0 and not self.is_exhaustive else False


@dataclass(frozen=True, slots=True)
class FigureProposal:
    """A figure that a criterion asks for, as papers of the unit state it: a person confirms it. ``meaning``: how the
    set words it; ``others``: other values that were found; ``pending``: what was stated and must not count;
    ``doubts``: codes of sentences; ``kept``: what counts now."""

    figure: Figure
    title: str
    meaning: str
    sources: tuple[FigureSource, ...]
    others: tuple[tuple[Decimal, FigureSource], ...] = ()
    pending: tuple[tuple[Decimal, FigureSource], ...] = ()
    doubts: tuple[str, ...] = ()
    kept: Decimal | None = None


@dataclass(frozen=True, slots=True)
class KeptFigure:
    """A figure that counts: who said so, when, and what shows it, where it was taken from a paper."""

    figure: Figure
    author: str
    at: datetime.datetime
    sources: tuple[FigureSource, ...] = ()


class FigureAnswerKind(StrEnum):
    """What a person did with a proposal: took it as it is, took another value, said that it does not count."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """A person's word on a proposal. ``value``: what counts from then on; None where nothing does."""

    kind: FigureAnswerKind
    value: Decimal | None
    author: str
    note: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class StoredProposal:
    """A proposal that is kept for people to answer. ``facts``: a hash of what it says, by which one that changed since
    it was shown is known; ``answers``: all that were given, the last one counts."""

    id: int
    facts: str
    proposal: FigureProposal
    at: datetime.datetime
    answers: tuple[FigureAnswer, ...] = ()

    @property
    def answer(self) -> FigureAnswer | None:
        """What was said last."""
        return self.answers[-1] if self.answers else None

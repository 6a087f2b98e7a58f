"""What appraisers work on: what a unit claims of itself, rounds, decisions.

A claim is what a unit's self-assessment says of one criterion; a decision is what an appraiser wrote down in a round.
Both are kept as they were written, in order, and never changed: a later one stands beside the former.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evidence.model.assessment import Finding
from evidence.model.geometry import Box


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of a self-assessment table. ``row`` counts from 1 and does not count the header."""

    unit: str
    criterion: str
    row: int
    title: str = ""
    max: Decimal | None = None
    points: Decimal | None = None
    evidence: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """A self-assessment as it was imported; ``criteria_set`` is the set that it was imported with, if any."""

    unit: str
    criteria_set: str | None
    claims: tuple[Claim, ...]


class RoundStage(StrEnum):
    """The rounds of an appraisal, in the order in which they are held."""

    SELF = "self"
    FIRST = "first"
    SUPPLEMENT = "supplement"
    SECOND = "second"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Round:
    """A round as it was opened: by whom, when, and for which state of which set."""

    id: int
    stage: RoundStage
    criteria_set: str
    version: str
    as_of: datetime.date
    by: str
    at: datetime.datetime


class DecisionAct(StrEnum):
    """What was done with a finding; ``undo`` takes back the decision before it."""

    ACCEPT = "accept"
    RETURN = "return"
    ASK = "ask"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an appraiser decided or noted on one criterion of one unit. ``points`` is None for a note alone.

    ``requirement`` and ``act``: of a decision on one finding; ``judged`` is that finding, as it was then."""

    round: int
    unit: str
    criterion: str
    points: Decimal | None
    note: str
    by: str
    at: datetime.datetime
    requirement: str | None = None
    act: DecisionAct | None = None
    judged: Finding | None = None


@dataclass(frozen=True, slots=True)
class RoundClosing:
    """A round that takes no more decisions: by whom, when, with which note."""

    round: int
    by: str
    note: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Statements:
    """What people said beside the findings: claims of the units, decisions of the appraisers in the rounds; the latest
    last."""

    claims: tuple[Claim, ...] = ()
    decisions: tuple[Decision, ...] = ()
    rounds: tuple[Round, ...] = ()


NO_STATEMENTS = Statements()


@dataclass(frozen=True, slots=True)
class LetterMark:
    """What an appraiser marked for the letter to a unit: a requirement, or a criterion with all below it. ``note`` is
    the appraiser's own wording, where there is one."""

    code: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LetterChoice:
    """What a letter is to hold: the findings on those requirements, and criteria in an appraiser's own words."""

    requirements: frozenset[str] = frozenset()
    noted: tuple[LetterMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that is another one now than when a round was opened; ``before`` or ``after`` is None where it has
    only come or gone with the set."""

    before: Finding | None
    after: Finding | None


@dataclass(frozen=True, slots=True)
class ProofSpot:
    """A spot on a page of a document that proves something: what a crop shows."""

    sha256: str
    page: int
    box: Box

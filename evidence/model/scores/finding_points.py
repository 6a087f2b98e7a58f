"""Findings and decisions on them as far as points go: what the points of criteria are joined from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from evidence.model.appraisal import DecisionAct
from evidence.model.assessment import Verdict


@dataclass(frozen=True, slots=True)
class FindingPoints:
    """A finding as far as points go: what it can bring, by the rules ``low`` to ``high`` of it; ``facts``: a hash of
    what it says."""

    unit: str
    requirement: str
    criterion: str
    status: Verdict
    max: Decimal
    low: Decimal
    high: Decimal
    facts: str


@dataclass(frozen=True, slots=True)
class LastDecision:
    """What was decided last on a finding. ``facts``: what it said then, held against the whole archive, and against
    what the unit itself handed in."""

    round: int
    unit: str
    criterion: str
    requirement: str
    act: DecisionAct
    points: Decimal | None
    note: str
    by: str
    at: datetime.datetime
    facts: tuple[str, str]

"""What appraisers send a unit: the decisions that return a finding or ask about it, and what the unit answers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from evidence.model.appraisal import Decision
from evidence.model.kept_finding import FindingKey


@dataclass(frozen=True, slots=True)
class Slip:
    """What was sent to a unit at one moment; ``decisions``: numbers of the decisions in it."""

    number: int
    criteria_set: str
    unit: str
    by: str
    at: datetime.datetime
    decisions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FindingAnswer:
    """A unit's explanation of a finding that was returned or asked about by the decision of that number."""

    unit: str
    requirement: str
    decision: int
    text: str
    by: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class SlipItem:
    """A decision on a finding, as the unit gets it: ``number`` is the decision's, ``sent_at`` None while it waits in
    the slip; ``answers`` what the unit said to it."""

    key: FindingKey
    number: int
    decision: Decision
    sent_at: datetime.datetime | None
    answers: tuple[FindingAnswer, ...] = ()

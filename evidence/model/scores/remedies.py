"""What is to be mended after a year's points: tasks with owner and deadline, in the columns of the administration."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from evidence.messages import Message


@dataclass(frozen=True, slots=True)
class Remedy:
    """One row: the shortcoming with the points that it cost (None where nobody says how much), what is to be done, the
    document that will show it (empty where none can), who leads, who helps, and the last day."""

    criterion: str
    shortcoming: Message
    reason: str
    why: Message | None
    task: Message
    product: str
    owner: str
    partners: tuple[str, ...]
    due: datetime.date
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class UnitRemedies:
    """The rows of one unit."""

    name: str
    rows: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True)
class RemedyPlan:
    """The table of a year: ``title`` names the set whose points were lost, ``year`` when it is to be done."""

    title: str
    year: int
    units: tuple[UnitRemedies, ...]

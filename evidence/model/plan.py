"""A plan of work as it was issued: tasks with their products, owners and deadlines, and how they came out.

Such tables end the yearly plan for administrative reform (nhiệm vụ, sản phẩm, chủ trì, phối hợp, thời hạn, theo dõi)
and the reports on what is to be mended (tồn tại, nhiệm vụ, chủ trì, phối hợp, thời gian).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evidence.model.assessment import Finding


class DueKind(StrEnum):
    """What kind of deadline a plan prints.

    ``day``: a day; ``month-end``: within a month or up to its end (also of a quarter or half year); ``within-year``:
    within a year; ``continuous``: all the time, or again and again; ``reference``: as another document or an event
    says; ``unknown``: nothing is printed, or nothing that can be read. Only the first three have a date.
    """

    DAY = "day"
    MONTH_END = "month-end"
    WITHIN_YEAR = "within-year"
    CONTINUOUS = "continuous"
    REFERENCE = "reference"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TaskDue:
    """One deadline. ``date`` is the last day in time, ``text`` what is printed."""

    kind: DueKind
    date: datetime.date | None = None
    text: str = ""


class OwnerKind(StrEnum):
    """Who is meant: one agency, a group of them ("các sở, ban, ngành"), or whom another document names."""

    AGENCY = "agency"
    GROUP = "group"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class TaskOwner:
    """Who leads a task, as printed."""

    name: str
    kind: OwnerKind


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One task: a row of the table. ``code`` is field and number as printed ("VII.2"), with a further part where
    several rows share them; ``dues`` holds every deadline of a compound one ("ban hành trong tháng 01, kiểm tra trong
    tháng 6"), ``due`` the one that counts for the product. ``place``: the page, sheet or table, from 1."""

    code: str
    field: str
    text: str
    products: tuple[str, ...]
    owners: tuple[TaskOwner, ...]
    partners: tuple[str, ...]
    watchers: tuple[str, ...]
    dues: tuple[TaskDue, ...]
    place: int
    points: Decimal | None = None
    shortcoming: str = ""

    @property
    def due(self) -> TaskDue:
        """The first deadline with a day, else the first."""
        return next((due for due in self.dues if due.date is not None), self.dues[0])


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it was imported. ``year``: the one it plans for; ``issuer``: who issued it, as read; ``source``: the
    file's name."""

    name: str
    title: str
    year: int
    issuer: str
    source: str
    sha256: str
    tasks: tuple[PlanTask, ...]


class TaskStatus(StrEnum):
    """How a task stands. What no document can show waits for a person, and is never called missing."""

    DONE = "done"
    DONE_LATE = "done-late"
    OVERDUE = "overdue"
    NOT_DUE = "not-due"
    TO_CONFIRM = "to-confirm"


@dataclass(frozen=True, slots=True)
class TaskMark:
    """What a person wrote down of a task of a plan, for one owner (by code or name) or, where empty, for all. The last
    counts."""

    plan: str
    task: str
    owner: str
    status: TaskStatus
    note: str
    by: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class OwnerProgress:
    """How a task stands with one of its owners: by what was found, or by the mark of a person."""

    owner: str
    status: TaskStatus
    findings: tuple[Finding, ...] = ()
    mark: TaskMark | None = None


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """A task, and how it stands with each owner; ``status`` is the one that needs most."""

    task: PlanTask
    status: TaskStatus
    owners: tuple[OwnerProgress, ...]

"""What is published at the end of a scoring year: the annexes of the decision, and the figures of its report.

An annex holds the whole index or one field; its sections are the groups, and apart from those that are ranked the units
of a group that are graded alone. Numbers are unrounded ``Decimal``; whoever prints them rounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evidence.model.scoring import UnitStanding


@dataclass(frozen=True, slots=True)
class IndexSummary:
    """The highest, the mean and the lowest index of ``count`` units, in percent, unrounded."""

    count: int
    highest: Decimal
    mean: Decimal
    lowest: Decimal


@dataclass(frozen=True, slots=True)
class AnnexSection:
    """The units of a group in their order. ``is_ranked``: False for those that are graded alone. ``summary`` is None
    where no unit has an index that is sure."""

    group: str | None
    is_ranked: bool
    standings: tuple[UnitStanding, ...]
    summary: IndexSummary | None


@dataclass(frozen=True, slots=True)
class PublishedField:
    """A field or part of the index: what it is called by the points, and what people read."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class PublishedAnnex:
    """A table of the decision; ``field`` is None for the whole index."""

    field: PublishedField | None
    sections: tuple[AnnexSection, ...]


@dataclass(frozen=True, slots=True)
class FieldShares:
    """Of one unit the percent reached in each field, in their order; None: not assessed, or open."""

    unit: str
    group: str | None
    percents: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class IndexChange:
    """A unit's index in the year before and now, in percent; ``change`` in percentage points."""

    unit: str
    old: Decimal
    new: Decimal
    change: Decimal


@dataclass(frozen=True, slots=True)
class YearChanges:
    """The year against the one before: rises and falls, the largest first; ``new``, ``gone``, ``merged``: units that
    nothing is compared of."""

    rises: tuple[IndexChange, ...]
    falls: tuple[IndexChange, ...]
    equal: tuple[IndexChange, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    merged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """All that is published. ``title``: of the index; ``drawn``: the units of charts of their own; ``is_provisional``:
    points are open."""

    title: str
    annexes: tuple[PublishedAnnex, ...]
    fields: tuple[PublishedField, ...]
    shares: tuple[FieldShares, ...]
    grades: tuple[str, ...]
    changes: YearChanges | None = None
    drawn: tuple[str, ...] = ()
    is_provisional: bool = False

    @property
    def whole(self) -> PublishedAnnex:
        """The annex of the whole index."""
        return self.annexes[0]

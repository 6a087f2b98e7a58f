"""A table as it was published, read back; numbers with the digits that are printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A unit of a published table: the number of its row, then what is printed; None where nothing is. ``self_points``
    and ``self_max``: what the unit gave itself, of how much; ``parts``: the other numbers of the row, by heading."""

    number: int
    unit: str
    group: str | None
    is_ranked: bool
    rank: int | None
    max: Decimal | None
    points: Decimal | None
    index: Decimal
    grade: str | None
    self_points: Decimal | None = None
    self_max: Decimal | None = None
    parts: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedSummary:
    """A line of the highest, mean or lowest index (``kind``) of a group."""

    number: int
    group: str | None
    kind: str
    index: Decimal


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """The units in their order; ``aside``: rows of further tables, for single fields, that were not read."""

    rows: tuple[PublishedRow, ...]
    summaries: tuple[PublishedSummary, ...]
    aside: int

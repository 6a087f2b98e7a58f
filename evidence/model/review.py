"""A person's review of a set's proposals: the rows that are shown, the answers that are given, what is remembered.

Values are in one plain writing, whatever the reader's language: ``Báo cáo; Kế hoạch``, ``unit``, ``2025-03-20``,
``day 20 of the last month of the period``, ``unknown``; ``criteria.review`` has the forms.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evidence.model.criteria import Sureness
from evidence.model.geometry import Box


class ReviewAct(StrEnum):
    """What a person does with a proposal: takes it, changes it, drops it, or adds what was not proposed."""

    ACCEPT = "accept"
    EDIT = "edit"
    DROP = "drop"
    ADD = "add"
    REMEMBERED = "remembered"  # as it was made of the same words once before


class ReviewField(StrEnum):
    """What a person may change. ``RULE`` is that of the criterion, all else of the requirement."""

    TITLE = "title"
    KIND = "kind"
    ISSUER = "issuer"
    SUBJECT = "subject"
    NOT_SUBJECT = "not-subject"
    YEAR = "year"
    PERIOD = "period"
    COUNT = "count"
    DUE = "due"
    ANY_OF = "any-of"
    OPTIONAL = "optional"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class ProposalValue:
    """One value in the plain writing; an empty one asks nothing."""

    field: ReviewField
    value: str


@dataclass(frozen=True, slots=True)
class ReviewAnswer:
    """A decision on one proposal. ``changes``: what is other than proposed; of what is added, all that it asks."""

    criterion: str
    requirement: str
    act: ReviewAct
    changes: tuple[ProposalValue, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class WordingRule:
    """What somebody made of these words in the set of that year. ``act``: changed, or dropped."""

    words: str  # folded, years as distance to that of the set
    act: ReviewAct
    changes: tuple[ProposalValue, ...]
    year: int
    criteria_set: str
    by: str = ""
    at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A proposal as a person sees it; ``requirement`` is empty where a criterion has none.

    ``proposed`` are its values, ``answer`` what was decided before, ``remembered`` what was made of these words once.
    """

    criterion: str
    criterion_title: str
    points: Decimal
    requirement: str = ""
    words: str = ""
    page: int | None = None
    guide_page: int | None = None
    sureness: Sureness | None = None
    doubts: tuple[str, ...] = ()
    proposed: tuple[ProposalValue, ...] = ()
    rule_text: str = ""
    due_text: str = ""
    due_source: str = ""
    due_offered: str = ""
    due_offered_source: str = ""
    answer: ReviewAnswer | None = None
    remembered: WordingRule | None = None

    def value(self, field: ReviewField) -> str:
        """The value as proposed."""
        return next((pair.value for pair in self.proposed if pair.field is field), "")


@dataclass(frozen=True, slots=True)
class AnnexPage:
    """A page of the file that a set was read from: its size in points as it was read, and by how many degrees,
    clockwise, it was turned for that."""

    number: int
    width: float
    height: float
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class AnnexSpot:
    """Where a proposal's words stand in the annex: the page, and the box round them; none where they were not found."""

    criterion: str
    requirement: str
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class AnnexMap:
    """The pages of an annex, and where on them its proposals stand."""

    pages: tuple[AnnexPage, ...]
    spots: tuple[AnnexSpot, ...]


@dataclass(frozen=True, slots=True)
class AnnexPaper:
    """The file that a set was read from, where it has pages of its own: ``data`` are its bytes, as they came."""

    media_type: str
    data: bytes
    map: AnnexMap


@dataclass(frozen=True, slots=True)
class CriteriaVersion:
    """A set as somebody went on with it: ``act`` is ``accepted`` or ``units``; ``source`` the file it was made with."""

    number: int
    criteria_set: str
    act: str
    source: str
    sha256: str
    answers: tuple[ReviewAnswer, ...]
    by: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row in the words of the reader: the values as they stand after the answer, what was asked before, doubts."""

    row: ReviewRow
    texts: Mapping[ReviewField, str]
    decision: str
    doubts: tuple[str, ...] = ()
    remembered: str = ""
    due_note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """All that a workbook of a review shows. ``mark`` tells the content of the set as it was imported."""

    criteria_set: str
    title: str
    mark: str
    rows: tuple[ShownRow, ...]
    choices: Mapping[ReviewField, tuple[str, ...]]
    decisions: tuple[str, ...]

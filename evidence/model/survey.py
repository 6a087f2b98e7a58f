"""A survey (điều tra xã hội học): what its questions and options mean, what was counted, how it came in.

Nothing of a respondent is kept beyond a salted hash of who it was.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class SurveyForm(StrEnum):
    """How a table is laid out: a row for each respondent, or for each unit with counts of answers."""

    ANSWERS = "answers"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class OptionValue:
    """What an option is worth: ``amount`` of ``scale`` (75 of 100; 4 of 5), or points of the criterion where ``scale``
    is None. ``amount`` is None for "không biết": counted, and outside the score."""

    option: str
    amount: Decimal | None
    scale: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """A question: how its column begins, the criterion that it is for, options of its own where it has some."""

    name: str
    criterion: str
    options: tuple[OptionValue, ...] = ()


@dataclass(frozen=True, slots=True)
class SurveyMap:
    """What the columns of a survey's table mean. ``unit``: the column, unless ``fixed_unit``, the sheet's name
    (``unit_is_sheet``) or the brackets of the headings (``Câu 1 [Sở Nội vụ]``) say it. ``question``: the column of a
    table that names the question in every row. ``sent``: forms handed out by unit; ``sent_to_all``: to each of them.
    """

    form: SurveyForm
    questions: tuple[SurveyQuestion, ...]
    options: tuple[OptionValue, ...]
    unit: str | None = None
    fixed_unit: str | None = None
    unit_is_sheet: bool = False
    respondent: tuple[str, ...] = ()
    group: str | None = None
    groups: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    question: str | None = None
    forms: str | None = None
    sent_column: str | None = None
    sent: dict[str, int] = field(default_factory=dict)
    sent_to_all: int | None = None
    ignored: tuple[str, ...] = ()


class AnswerKind(StrEnum):
    """Whether an answer counts: ``unknown`` ("không biết") and ``blank`` are counted and stand outside the score."""

    VALID = "valid"
    UNKNOWN = "unknown"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many answers of one kind there are. ``amount`` and ``scale`` as of the option; ``group``: of respondents."""

    unit: str
    criterion: str
    question: str
    kind: AnswerKind
    count: int
    option: str | None = None
    amount: Decimal | None = None
    scale: Decimal | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class FormCount:
    """The forms that came back for a unit, and how many were sent (None: nobody said)."""

    unit: str
    forms: int
    sent: int | None = None


@dataclass(frozen=True, slots=True)
class RespondentMark:
    """That somebody answered for a unit: a salted hash, nothing else."""

    unit: str
    mark: str


@dataclass(frozen=True, slots=True)
class SurveyTally:
    """A survey's table, counted."""

    counts: tuple[AnswerCount, ...]
    forms: tuple[FormCount, ...]
    respondents: tuple[RespondentMark, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptSurvey:
    """A survey as it was taken in. ``replaces``: the number of the one that counts no more since then."""

    id: int
    criteria_set: str
    source: str
    sha256: str
    tally: SurveyTally
    by: str
    at: datetime.datetime
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class CriterionSurvey:
    """What a survey says of one criterion for one unit. ``score`` in points, unrounded; None where nobody gave an
    answer that counts."""

    unit: str
    criterion: str
    max: Decimal
    valid: int
    unknown: int
    blank: int
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class UnitSurvey:
    """A part that is surveyed, for one unit. ``rate``: forms of those sent, in percent. ``needed``: the sample that
    n = N / (1 + N·e²) asks for. ``is_assessed`` is None while nobody can tell: no form is known of.
    ``shortfalls``: codes of the thresholds that were not reached, or that cannot be told."""

    unit: str
    part: str
    forms: int | None
    sent: int | None
    rate: Decimal | None
    needed: int | None
    max: Decimal
    is_assessed: bool | None
    shortfalls: tuple[str, ...]
    criteria: tuple[CriterionSurvey, ...]

    @property
    def score(self) -> Decimal | None:
        """The points of the part; None where it is not assessed, or a criterion of it has no answer that counts."""
        scores = [criterion.score for criterion in self.criteria]
        known = [score for score in scores if score is not None]
        return sum(known, Decimal(0)) if self.is_assessed and known and len(known) == len(scores) else None

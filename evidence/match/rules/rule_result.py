"""The answer of a rule, with its proof: where in which document the value stands, and how sure it is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TypeVar

from evidence.match.candidate import Candidate
from evidence.messages import Message
from evidence.model.assessment import Reason
from evidence.model.document import Origin
from evidence.model.record import FieldValue, Status
from evidence.values.date import PartialDate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RuleResult:
    """``likely`` is the answer if the doubtful value were right: it decides which documents, not handed in for a
    requirement, are worth showing for it."""

    reason: Reason
    likely: bool

    @property
    def ok(self) -> bool | None:
        return self.reason.ok


def build_reason(
    rule: str, ok: bool | None, code: str, candidate: Candidate, field: FieldValue[T] | None = None, **params: object
) -> Reason:
    """A reason that points at where the value stands, else at the page that the document begins on."""
    span = field.span if field else None
    texts = {name: str(value) for name, value in params.items()}
    return Reason(
        rule=rule,
        ok=ok,
        message=Message(code, texts),
        document=candidate.sha256,
        page=span.page if span else first_page(candidate),
        box=span.box if span else None,
    )


def first_page(candidate: Candidate) -> int | None:
    """The page that the document begins on; None where no page could be read."""
    return candidate.record.first_page or (candidate.record.pages[0].number if candidate.record.pages else None)


def decide(
    rule: str, right: bool, candidate: Candidate, field: FieldValue[T], value: str, **params: object
) -> RuleResult:
    """The answer where a value was read: sure ones answer, doubtful ones are doubt. Messages: ``rule-RULE-yes|no``
    and ``rule-RULE-doubt``, which names the page to look at."""
    answer = "doubt" if not field.sure else "yes" if right else "no"
    page = field.span.page if field.span else 1
    ok = right if field.sure else None
    reason = build_reason(rule, ok, f"rule-{rule}-{answer}", candidate, field, value=value, page=page, **params)
    return RuleResult(reason, right)


def doubt_unread(rule: str, candidate: Candidate, field: FieldValue[T], likely: bool, **params: object) -> RuleResult:
    """Doubt where the field is absent, or was seen and could not be read."""
    code = f"rule-{rule}-unread" if field.raw else f"rule-{rule}-absent"
    return RuleResult(build_reason(rule, None, code, candidate, field, raw=field.raw or "", **params), likely)


def is_typed_throughout(candidate: Candidate) -> bool:
    """Whether the file was read whole and all its text is typed, none recognised: only then absence is sure."""
    record = candidate.record
    typed = all(page.origin in (Origin.TEXT, Origin.BLANK) for page in record.pages)
    return typed and bool(record.pages) and record.status is Status.READ


def date_range(date: PartialDate) -> tuple[datetime.date, datetime.date]:
    """First and last day that a date without day or month may mean."""
    if date.month is None:
        return datetime.date(date.year, 1, 1), datetime.date(date.year, 12, 31)
    if date.day is None:
        following = datetime.date(date.year + date.month // 12, date.month % 12 + 1, 1)
        return datetime.date(date.year, date.month, 1), following - datetime.timedelta(days=1)
    only = datetime.date(date.year, date.month, date.day)
    return only, only


def format_day(date: datetime.date | None) -> str:
    """A day as administrative papers write it; ``…`` for an open side."""
    return f"{date.day:02}/{date.month:02}/{date.year}" if date else "…"


def format_date(date: PartialDate) -> str:
    """A date that may lack its day: ``20/03/2018``, ``03/2018``, ``2018``."""
    parts = (f"{part:02}" for part in (date.day, date.month) if part)
    return "/".join((*parts, str(date.year)))


def quote_phrases(phrases: tuple[str, ...]) -> str:
    """Texts as a sentence names them."""
    return ", ".join(f"“{phrase}”" for phrase in phrases)

"""An answer of a rule, with its proof: where in which document the value stands, and how sure it is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TypeVar

from evidence.match.rules.candidate import Candidate
from evidence.messages import Message
from evidence.model.assessment import Reason
from evidence.model.record import FieldValue
from evidence.values.date import PartialDate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judged:
    reason: Reason
    likely: bool

    @property
    def ok(self) -> bool | None:
        return self.reason.ok


def proof(
    rule: str, ok: bool | None, code: str, one: Candidate, found: FieldValue[T] | None = None, **params: object
) -> Reason:
    """A reason that points at where the value stands."""
    span = found.span if found else None
    texts = {name: str(value) for name, value in params.items()}
    return Reason(
        rule=rule,
        ok=ok,
        message=Message(code, texts),
        document=one.sha256,
        page=span.page if span else None,
        box=span.box if span else None,
    )


def settle(rule: str, right: bool, one: Candidate, found: FieldValue[T], value: str, **params: object) -> Judged:
    """The answer where a value was found: sure ones answer, doubtful ones are doubt. Messages: ``rule-RULE-yes|no``
    and ``rule-RULE-doubt``, which names the page to look at."""
    answer = "doubt" if not found.sure else "yes" if right else "no"
    page = found.span.page if found.span else 1
    ok = right if found.sure else None
    reason = proof(rule, ok, f"rule-{rule}-{answer}", one, found, value=value, page=page, **params)
    return Judged(reason, right)


def unseen(rule: str, one: Candidate, found: FieldValue[T], likely: bool, **params: object) -> Judged:
    """Doubt where the field was not found, or was seen and could not be read."""
    code = f"rule-{rule}-unread" if found.raw else f"rule-{rule}-absent"
    return Judged(proof(rule, None, code, one, found, raw=found.raw or "", **params), likely)


def stretch(date: PartialDate) -> tuple[datetime.date, datetime.date]:
    """First and last day that a date without day or month may mean."""
    if date.month is None:
        return datetime.date(date.year, 1, 1), datetime.date(date.year, 12, 31)
    if date.day is None:
        following = datetime.date(date.year + date.month // 12, date.month % 12 + 1, 1)
        return datetime.date(date.year, date.month, 1), following - datetime.timedelta(days=1)
    only = datetime.date(date.year, date.month, date.day)
    return only, only


def day(date: datetime.date | None) -> str:
    """A day as administrative papers write it; ``…`` for an open side."""
    return f"{date.day:02}/{date.month:02}/{date.year}" if date else "…"


def shown(date: PartialDate) -> str:
    """A date that may lack its day: ``20/03/2018``, ``03/2018``, ``2018``."""
    parts = (f"{part:02}" for part in (date.day, date.month) if part)
    return "/".join((*parts, str(date.year)))


def quoted(phrases: tuple[str, ...]) -> str:
    """Texts as a sentence names them."""
    return ", ".join(f"“{phrase}”" for phrase in phrases)

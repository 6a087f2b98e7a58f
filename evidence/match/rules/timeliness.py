"""Whether a document came in time, by the clock that the requirement names.

Three clocks: the date on the paper, the moment of the digital signature, the day it was received. The due day itself
is in time. A date that is doubtful, absent or lacks its day decides only where every day it may mean decides alike.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import build_reason, date_range, format_date, format_day
from evidence.model.assessment import Reason
from evidence.model.criteria import Clock, Requirement
from evidence.model.record import FieldValue
from evidence.model.signature import Signature
from evidence.values.date import PartialDate

HANOI = datetime.timezone(datetime.timedelta(hours=7))  # without summer time since 1975


@dataclass(frozen=True, slots=True)
class Timing:
    """``ok`` is None for doubt. ``reason`` is None where no deadline is set. ``closed``: in time by its own deadline,
    but received after the round's closing."""

    ok: bool | None
    actual: datetime.date | None = None
    days_late: int | None = None
    reason: Reason | None = None
    closed: bool = False


def check_timeliness(requirement: Requirement, candidate: Candidate) -> Timing:
    """When the document came by that clock, and whether that was in time. A deadline that counts from a document that
    is not there yet is not known: doubt."""
    if requirement.trigger is not None and requirement.due is None:
        return Timing(None)
    if requirement.clock is Clock.RECEIVED:
        return _received(requirement, candidate)
    if requirement.clock is Clock.SIGNED:
        return _signed(requirement, candidate)
    return _issued(requirement, candidate)


def _received(requirement: Requirement, candidate: Candidate) -> Timing:
    received = candidate.received
    if requirement.due is None:
        return Timing(True, received)
    if received is None:
        return _doubt("deadline-not-received", candidate, due=format_day(requirement.due))
    return _decide(requirement.due, received, candidate, "received")


def _signed(requirement: Requirement, candidate: Candidate) -> Timing:
    """By the days of the signatures whose bytes are intact. Several (officer, office, portal) decide where all of them
    decide alike; the first one may be a draft's and the last a portal's, so that else a person must look."""
    intact = [signature for signature in candidate.record.signatures if signature.intact]
    days = sorted({day for signature in intact if (day := signing_day(signature))})
    if requirement.due is None:
        return Timing(True, days[0] if len(days) == 1 else None)
    if not days:
        return _doubt("deadline-not-signed", candidate, due=format_day(requirement.due))
    if days[-1] <= requirement.due:
        return _decide(requirement.due, days[-1], candidate, "signed")
    if days[0] > requirement.due:
        return _decide(requirement.due, days[0], candidate, "signed")
    due, first, last = format_day(requirement.due), format_day(days[0]), format_day(days[-1])
    return _doubt("deadline-signed-doubt", candidate, due=due, first=first, last=last)


def signing_day(signature: Signature) -> datetime.date | None:
    """The day of a signature in Vietnam; ``None`` without a time, or with one that names no zone."""
    if signature.time is None or signature.time.tzinfo is None:
        return None
    return signature.time.astimezone(HANOI).date()


def _issued(requirement: Requirement, candidate: Candidate) -> Timing:
    date = candidate.record.date
    first, last = date_range(date.value) if date.value else (None, None)
    actual = first if date.sure and first == last else None
    if requirement.due is None:
        return Timing(True, actual)
    due = format_day(requirement.due)
    if date.value is None or first is None or last is None:
        code = "deadline-unread" if date.raw else "deadline-absent"
        return _doubt(code, candidate, date, due=due, raw=date.raw or "")
    value, page = format_date(date.value), date.span.page if date.span else 1
    if not date.sure:
        return _doubt("deadline-doubt", candidate, date, due=due, value=value, page=page)
    if actual:
        return _decide(requirement.due, actual, candidate, "issued")
    ok = True if last <= requirement.due else False if first > requirement.due else None
    code = {True: "deadline-part-yes", False: "deadline-part-no", None: "deadline-part-doubt"}[ok]
    return Timing(ok, None, None, build_reason("deadline", ok, code, candidate, date, due=due, value=value))


def _doubt(code: str, candidate: Candidate, date: FieldValue[PartialDate] | None = None, **params: object) -> Timing:
    return Timing(None, None, None, build_reason("deadline", None, code, candidate, date, **params))


def _decide(due: datetime.date, actual: datetime.date, candidate: Candidate, clock: str) -> Timing:
    late = (actual - due).days
    date = candidate.record.date if clock == "issued" else None
    code = f"deadline-{clock}-late" if late > 0 else f"deadline-{clock}-yes"
    params = {"due": format_day(due), "value": format_day(actual), "days": late}
    reason = build_reason("deadline", late <= 0, code, candidate, date, **params)
    return Timing(late <= 0, actual, late if late > 0 else None, reason)

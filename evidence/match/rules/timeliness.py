"""Whether a document came in time, by the clock that the requirement names.

Three clocks: the date on the paper, the moment of the digital signature, the day it was received. The due day itself
is in time. A date that is doubtful, absent or lacks its day decides only where every day it may mean decides alike.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from evidence.match.rules.answer import day, proof, shown, stretch
from evidence.match.rules.candidate import Candidate
from evidence.model.assessment import Reason
from evidence.model.criteria import Clock, Requirement
from evidence.model.signature import Signature

HANOI = datetime.timezone(datetime.timedelta(hours=7))  # without summer time since 1975


@dataclass(frozen=True, slots=True)
class Timing:
    """``ok`` is None for doubt. ``reason`` is None where no deadline is set."""

    ok: bool | None
    actual: datetime.date | None = None
    days_late: int | None = None
    reason: Reason | None = None


def timing(wanted: Requirement, one: Candidate) -> Timing:
    """When the document came by that clock, and whether that was in time. A deadline that counts from a document that
    is not there yet is not known: doubt."""
    if wanted.trigger is not None and wanted.due is None:
        return Timing(None)
    if wanted.clock is Clock.RECEIVED:
        return _received(wanted, one)
    if wanted.clock is Clock.SIGNED:
        return _signed(wanted, one)
    return _issued(wanted, one)


def _received(wanted: Requirement, one: Candidate) -> Timing:
    came = one.received
    if wanted.due is None:
        return Timing(True, came)
    if came is None:
        return Timing(None, None, None, proof("deadline", None, "deadline-not-received", one, due=day(wanted.due)))
    return _decide(wanted.due, came, one, "received")


def _signed(wanted: Requirement, one: Candidate) -> Timing:
    """By the days of the signatures whose bytes are intact. Several (officer, office, portal) decide where all of them
    decide alike; the first one may be a draft's and the last a portal's, so that else a person must look."""
    days = sorted({at for it in one.record.signatures if it.intact and (at := signing_day(it))})
    if wanted.due is None:
        return Timing(True, days[0] if len(days) == 1 else None)
    if not days:
        return Timing(None, None, None, proof("deadline", None, "deadline-not-signed", one, due=day(wanted.due)))
    if days[-1] <= wanted.due:
        return _decide(wanted.due, days[-1], one, "signed")
    if days[0] > wanted.due:
        return _decide(wanted.due, days[0], one, "signed")
    due, first, last = day(wanted.due), day(days[0]), day(days[-1])
    reason = proof("deadline", None, "deadline-signed-doubt", one, due=due, first=first, last=last)
    return Timing(None, None, None, reason)


def signing_day(signature: Signature) -> datetime.date | None:
    """The day of a signature in Vietnam; ``None`` without a time, or with one that names no zone."""
    if signature.time is None or signature.time.tzinfo is None:
        return None
    return signature.time.astimezone(HANOI).date()


def _issued(wanted: Requirement, one: Candidate) -> Timing:
    found = one.record.date
    first, last = stretch(found.value) if found.value else (None, None)
    actual = first if found.sure and first == last else None
    if wanted.due is None:
        return Timing(True, actual)
    due = day(wanted.due)
    if found.value is None or first is None or last is None:
        code = "deadline-unread" if found.raw else "deadline-absent"
        return Timing(None, None, None, proof("deadline", None, code, one, found, due=due, raw=found.raw or ""))
    value, page = shown(found.value), found.span.page if found.span else 1
    if not found.sure:
        reason = proof("deadline", None, "deadline-doubt", one, found, due=due, value=value, page=page)
        return Timing(None, None, None, reason)
    if actual:
        return _decide(wanted.due, actual, one, "issued")
    ok = True if last <= wanted.due else False if first > wanted.due else None
    code = {True: "deadline-part-yes", False: "deadline-part-no", None: "deadline-part-doubt"}[ok]
    return Timing(ok, None, None, proof("deadline", ok, code, one, found, due=due, value=value))


def _decide(due: datetime.date, actual: datetime.date, one: Candidate, clock: str) -> Timing:
    late = (actual - due).days
    found = one.record.date if clock == "issued" else None
    code = f"deadline-{clock}-late" if late > 0 else f"deadline-{clock}-yes"
    reason = proof("deadline", late <= 0, code, one, found, due=day(due), value=day(actual), days=late)
    return Timing(late <= 0, actual, late if late > 0 else None, reason)

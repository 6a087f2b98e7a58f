"""Deadlines that count from another document, and what citations must name: settled before anything is judged."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from evidence.criteria import calendars
from evidence.match.assign import pool, serve
from evidence.match.rules.answer import day
from evidence.match.unit_documents import Anchor, Desk
from evidence.messages import Message
from evidence.model.assessment import Reason
from evidence.model.criteria import Calendar, Requirement, Shift, Trigger
from evidence.model.record import SURE
from evidence.values.number import Number

NOTHING = Anchor(False, None, frozenset())
UNSETTLED = Anchor(None, None, frozenset())
Kin = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]  # by code: those above and below, those below


@dataclass(frozen=True, slots=True)
class Timed:
    """A requirement with the deadline that holds for this unit. ``idle``: its time has not begun to run."""

    wanted: Requirement
    reasons: tuple[Reason, ...] = ()
    idle: bool = False


def named(requirements: Iterable[Requirement]) -> tuple[str, ...]:
    """The requirements that others point at."""
    found: dict[str, None] = {}
    for one in requirements:
        for name in (one.trigger.requirement if one.trigger else None, *(must.requirement for must in one.cites)):
            if name:
                found[name] = None
    return tuple(found)


def anchor(name: str, desk: Desk, kin: Kin) -> Anchor:
    """The document that surely serves that requirement, whenever it came. Two that fit alike are not settled."""
    code = name.split("/")[0]
    bare = replace(desk.frame.requirements[name], due=None, trigger=None, cites=())
    served = serve((bare,), desk, code, *kin[code])[0]
    fits = pool(served.sure, bare.count)
    keys = frozenset(
        found.value.key
        for fit in (fits or served.doubtful)
        if (found := fit.one.record.number).value is not None and found.sure
    )
    if not fits:
        return Anchor(None, None, keys) if served.doubtful else NOTHING
    if len(fits) > 1:
        return Anchor(None, None, keys)
    date = fits[0].one.record.date
    return Anchor(True, date.value.to_date() if date.value is not None and date.sure else None, keys)


def timed(wanted: Requirement, desk: Desk) -> Timed:
    """With the deadline that counts from its trigger, or the reason why that is not known."""
    if wanted.trigger is None:
        if wanted.due is None or wanted.due_written is None:
            return Timed(wanted)
        return Timed(wanted, (_say("deadline-shifted", due=day(wanted.due), written=day(wanted.due_written)),))
    trigger = wanted.trigger
    title = _title(trigger, desk)
    anchored = desk.anchors.get(trigger.requirement or "", UNSETTLED)
    start = anchored.date if trigger.requirement else _dated(trigger.number, desk)
    if start is None:
        unsettled = trigger.requirement is not None and anchored.there is not False
        code = "deadline-trigger-unclear" if unsettled else "deadline-trigger-absent"
        idle = trigger.requirement is not None and anchored.there is False and _open(trigger.requirement, desk)
        return Timed(wanted, (_say(code, trigger=title),), idle)
    return _counted(wanted, trigger, start, title, desk.frame.calendar)


def _counted(
    wanted: Requirement, trigger: Trigger, start: datetime.date, title: str, calendar: Calendar | None
) -> Timed:
    written = _after(trigger, start, calendar)
    due = written
    if written is not None and wanted.shift is Shift.NEXT_WORKING_DAY:
        due = calendars.next_working_day(calendar, written) if calendar else None
    if due is None or written is None:
        name = calendar.name if calendar else "–"
        return Timed(wanted, (_say("deadline-trigger-calendar", trigger=title, calendar=name),))
    code = "deadline-from-trigger-working" if trigger.working else "deadline-from-trigger"
    reasons = [_say(code, due=day(written), days=trigger.days, trigger=title, start=day(start))]
    if due != written:
        reasons.append(_say("deadline-shifted", due=day(due), written=day(written)))
    return Timed(replace(wanted, due=due, due_written=written if due != written else None), tuple(reasons))


def _after(trigger: Trigger, start: datetime.date, calendar: Calendar | None) -> datetime.date | None:
    if not trigger.working:
        return start + datetime.timedelta(trigger.days)
    return calendars.add_working_days(calendar, start, trigger.days) if calendar else None


def _open(name: str, desk: Desk) -> bool:
    """Whether the document that the time counts from may itself still come."""
    before = timed(desk.frame.requirements[name], desk)
    end = before.wanted.due or before.wanted.issued_to
    return before.idle or (end is not None and desk.frame.as_of <= end)


def _dated(number: Number | None, desk: Desk) -> datetime.date | None:
    """The date of the document of that number: as the archive holds it, else as the unit's documents cite it."""
    if number is None:
        return None
    if (found := desk.frame.register.dated(number)) is not None:
        return found
    days = {
        it.date.to_date()
        for one in desk.candidates
        for it in one.record.citations
        if it.number is not None and it.number.key == number.key and it.date is not None and it.confidence >= SURE
    }
    return next(iter(days)) if len(days) == 1 else None


def _title(trigger: Trigger, desk: Desk) -> str:
    if trigger.requirement is None:
        return str(trigger.number)
    wanted = desk.frame.requirements.get(trigger.requirement)
    return f"“{wanted.title}”" if wanted else trigger.requirement


def _say(code: str, **params: object) -> Reason:
    texts = {name: str(value) for name, value in params.items()}
    ok = None if code.startswith("deadline-trigger") else True
    return Reason("due", ok, Message(code, texts))

"""The deadline that holds for a unit: the one of the set, or one that counts from another document (its trigger)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from evidence.criteria import calendars
from evidence.match.context import UNSETTLED
from evidence.match.rules.rule_result import format_day
from evidence.match.unit_documents import UnitDocuments
from evidence.messages import Message
from evidence.model.assessment import Reason
from evidence.model.criteria import Calendar, Requirement, Shift, Trigger
from evidence.model.record import SURE
from evidence.values.number import Number


@dataclass(frozen=True, slots=True)
class DatedRequirement:
    """A requirement with the deadline that holds for this unit. ``idle``: its time has not begun to run."""

    requirement: Requirement
    reasons: tuple[Reason, ...] = ()
    idle: bool = False


def resolve_due_date(requirement: Requirement, documents: UnitDocuments) -> DatedRequirement:
    """With the deadline that counts from its trigger, or the reason why that is not known."""
    trigger = requirement.trigger
    if trigger is None:
        if requirement.due is None or requirement.due_written is None:
            return DatedRequirement(requirement)
        due, written = format_day(requirement.due), format_day(requirement.due_written)
        return DatedRequirement(requirement, (_reason("deadline-shifted", due=due, written=written),))
    title = _trigger_title(trigger, documents)
    reference = documents.context.references.get(trigger.requirement or "", UNSETTLED)
    start = reference.date if trigger.requirement else _date_of(trigger.number, documents)
    if start is None:
        unsettled = trigger.requirement is not None and reference.there is not False
        code = "deadline-trigger-unclear" if unsettled else "deadline-trigger-absent"
        absent = trigger.requirement is not None and reference.there is False
        idle = absent and _may_still_come(trigger.requirement or "", documents)
        return DatedRequirement(requirement, (_reason(code, trigger=title),), idle)
    return _count_from(start, requirement, trigger, title, documents.check.calendar)


def _count_from(
    start: datetime.date, requirement: Requirement, trigger: Trigger, title: str, calendar: Calendar | None
) -> DatedRequirement:
    written = _add_days(trigger, start, calendar)
    due = written
    if written is not None and requirement.shift is Shift.NEXT_WORKING_DAY:
        due = calendars.next_working_day(calendar, written) if calendar else None
    if due is None or written is None:
        name = calendar.name if calendar else "–"
        return DatedRequirement(requirement, (_reason("deadline-trigger-calendar", trigger=title, calendar=name),))
    code = "deadline-from-trigger-working" if trigger.working else "deadline-from-trigger"
    reasons = [_reason(code, due=format_day(written), days=trigger.days, trigger=title, start=format_day(start))]
    if due != written:
        reasons.append(_reason("deadline-shifted", due=format_day(due), written=format_day(written)))
    dated = replace(requirement, due=due, due_written=written if due != written else None)
    return DatedRequirement(dated, tuple(reasons))


def _add_days(trigger: Trigger, start: datetime.date, calendar: Calendar | None) -> datetime.date | None:
    if not trigger.working:
        return start + datetime.timedelta(trigger.days)
    return calendars.add_working_days(calendar, start, trigger.days) if calendar else None


def _may_still_come(name: str, documents: UnitDocuments) -> bool:
    """Whether the document that the time counts from may itself still come."""
    dated = resolve_due_date(documents.check.requirements[name], documents)
    end = dated.requirement.due or dated.requirement.issued_to
    return dated.idle or (end is not None and documents.check.as_of <= end)


def _date_of(number: Number | None, documents: UnitDocuments) -> datetime.date | None:
    """The date of the document of that number: as the archive holds it, else as the unit's documents cite it."""
    if number is None:
        return None
    if (date := documents.check.register.date_of(number)) is not None:
        return date
    citations = (citation for candidate in documents.candidates for citation in candidate.record.citations)
    days = {
        citation.date.to_date()
        for citation in citations
        if citation.number is not None and citation.number.key == number.key
        if citation.date is not None and citation.confidence >= SURE
    }
    return next(iter(days)) if len(days) == 1 else None


def _trigger_title(trigger: Trigger, documents: UnitDocuments) -> str:
    if trigger.requirement is None:
        return str(trigger.number)
    requirement = documents.check.requirements.get(trigger.requirement)
    return f"“{requirement.title}”" if requirement else trigger.requirement


def _reason(code: str, **params: object) -> Reason:
    texts = {name: str(value) for name, value in params.items()}
    ok = None if code.startswith("deadline-trigger") else True
    return Reason("due", ok, Message(code, texts))

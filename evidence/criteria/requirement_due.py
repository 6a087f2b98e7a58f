"""The deadline of one requirement: a day, days behind a trigger, or that nobody has said it; and its source."""

from __future__ import annotations

import datetime
from dataclasses import replace

from evidence.criteria import calendars, periods, reference_names
from evidence.criteria.due_dates import DaysAfterTrigger, DueContext, resolve_due, shift_due_date
from evidence.criteria.set_context import SetContext
from evidence.criteria.yaml_section import Section
from evidence.model.criteria import OfferedDue, Requirement, Trigger


def read_due(
    requirement: Requirement, section: Section, raw: str | None, key: str, where: Section, basis: SetContext
) -> Requirement:
    """With its deadline: a day, moved by the shift, or days behind a trigger."""
    due = (
        resolve_due(
            raw, DueContext(basis.year, periods.parse_period(requirement.period) if requirement.period else None)
        )
        if raw
        else None
    )
    if isinstance(due, str):
        where.fault(key, due, value=raw)
        return requirement
    requirement = replace(requirement, due_rule=raw)
    trigger = section.text("trigger")
    if requirement.due_unknown:
        if isinstance(due, datetime.date):
            section.fault("due_unknown", "criteria-due-known", value=raw)
        return requirement
    if isinstance(due, DaysAfterTrigger):
        return _triggered(requirement, section, due, trigger, basis)
    if trigger:
        section.fault("trigger", "criteria-trigger-idle", value=trigger)
    return requirement if due is None else _due(requirement, due, where, key, basis)


def read_due_knowledge(requirement: Requirement, section: Section) -> Requirement:
    """With what is known of the deadline beside the day: that nobody knows it, where it comes from, what is usual."""
    return replace(
        requirement,
        due_unknown=section.flag("due_unknown"),
        due_text=section.text("due_text") or "",
        due_source=section.text("due_source"),
        due_offered=_offered(section),
    )


def _offered(section: Section) -> OfferedDue | None:
    node = section.mapping("due_offered")
    if node is None:
        return None
    own = Section(node, section.faults, ("due", "source"))
    rule, source = own.text("due", required=True), own.text("source", required=True)
    return OfferedDue(rule, source) if rule and source else None


def _due(requirement: Requirement, day: datetime.date, where: Section, key: str, basis: SetContext) -> Requirement:
    due = shift_due_date(where, key, day, requirement.shift, basis.calendar)
    return replace(requirement, due=due, due_written=day if due != day else None)


def _triggered(
    undated: Requirement, section: Section, counted: DaysAfterTrigger, raw: str | None, basis: SetContext
) -> Requirement:
    if counted.working and basis.calendar is None:
        section.fault("due", "criteria-no-calendar", value=section.text("due"))
    if raw is None:
        section.fault("due", "criteria-trigger-missing", value=section.text("due"))
        return undated
    start = resolve_due(raw, DueContext(basis.year)) if raw[:1].isdigit() and raw not in basis.names else None
    if isinstance(start, datetime.date):
        return _counted(undated, start, counted, section, basis)
    requirement, number = reference_names.resolve_reference(section, "trigger", raw, basis.names)
    return replace(undated, trigger=Trigger(counted.days, counted.working, requirement, number))


def _counted(
    requirement: Requirement, start: datetime.date, counted: DaysAfterTrigger, where: Section, basis: SetContext
) -> Requirement:
    """Counted from a day that the file names: known at once."""
    day: datetime.date | None = start + datetime.timedelta(counted.days)
    if counted.working and basis.calendar is not None:
        day = calendars.add_working_days(basis.calendar, start, counted.days)
        if day is None:
            years = ", ".join(str(year) for year in basis.calendar.years)
            where.fault("due", "criteria-calendar-year", value=start, calendar=basis.calendar.name, years=years)
    return requirement if day is None else _due(requirement, day, where, "due", basis)

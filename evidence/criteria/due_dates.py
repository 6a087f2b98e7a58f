"""Deadlines as a criteria file writes them, as days.

>>> context = DueContext(2018, "6 months")
>>> [str(resolve_due(text, context)) for text in ("2018-03-20", "day 20 of the last month of the period")]
['2018-03-20', '2018-06-20']
>>> str(resolve_due("day 25 of month 11 of the previous year", context))
'2017-11-25'
>>> str(resolve_due("day last of month 2", context))
'2018-02-28'
>>> str(resolve_due("before 2025-12-20", context))
'2025-12-19'
>>> resolve_due("trigger + 5 working days", context)
DaysAfterTrigger(days=5, working=True)
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from evidence.criteria import calendars, periods
from evidence.criteria.yaml_section import Section
from evidence.model.criteria import Calendar, Shift

_ABSOLUTE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_DAY = re.compile(
    r"day (?P<day>\d{1,2}|last) of (?:the )?(?:(?P<end>last month of the period)"
    r"|(?P<after>first month after the period)|month (?P<month>\d{1,2})(?: of the (?P<year>previous|next) year)?)"
)
_COUNTED = re.compile(r"trigger \+ (?P<days>\d{1,4}) (?P<working>working )?days?")
BEFORE = "before "  # "trước ngày 20/12": the day itself is late
_YEARS = {None: 0, "previous": -1, "next": 1}


@dataclass(frozen=True, slots=True)
class DueContext:
    """What a deadline is counted in: the year of the set, the period of the requirement."""

    year: int
    period: str | None = None


@dataclass(frozen=True, slots=True)
class DaysAfterTrigger:
    """Days behind a trigger."""

    days: int
    working: bool


def resolve_due(text: str, context: DueContext) -> datetime.date | DaysAfterTrigger | str:
    """The day, the days behind a trigger, or the code of the fault."""
    lean = " ".join(text.lower().split())
    if lean.startswith(BEFORE):
        day = resolve_due(lean.removeprefix(BEFORE), context)
        return day - datetime.timedelta(days=1) if isinstance(day, datetime.date) else day
    if match := _COUNTED.fullmatch(lean):
        return DaysAfterTrigger(int(match["days"]), match["working"] is not None)
    if match := _DAY.fullmatch(lean):
        return _of_month(match, context)
    if not _ABSOLUTE.fullmatch(lean):
        return "criteria-want-day" if re.fullmatch(r"[\d/.\- ]+", lean) else "criteria-due-form"
    try:
        return datetime.date(*(int(part) for part in lean.split("-")))
    except ValueError:
        return "criteria-no-such-day"


def _of_month(match: re.Match[str], context: DueContext) -> datetime.date | str:
    year = context.year + _YEARS[match["year"]]
    if match["month"]:
        month = int(match["month"])
    else:
        last = periods.last_month(context.period) if context.period else None
        if last is None:
            return "criteria-due-period"
        month = last + bool(match["after"])
    year, month = (year + 1, 1) if month == 13 else (year, month)
    if not 1 <= month <= 12:
        return "criteria-no-such-day"
    most = calendar.monthrange(year, month)[1]
    day = most if match["day"] == "last" else int(match["day"])
    return datetime.date(year, month, day) if 1 <= day <= most else "criteria-no-such-day"


def shift_due_date(
    section: Section, key: str, day: datetime.date, shift: Shift, known: Calendar | None
) -> datetime.date | None:
    """The day after the shift; None, with a fault, where the calendar does not know the days off around it."""
    if shift is Shift.NONE:
        return day
    if known is None:  # a fault that is noted where the shift stands
        return None
    due = calendars.next_working_day(known, day)
    if due is None:
        years = ", ".join(str(year) for year in known.years)
        section.fault(key, "criteria-calendar-year", value=day, calendar=known.name, years=years)
    return due

"""Days off in Viet Nam, by year, as data.

The holidays of the law (Labour Code 2019, art. 112, and those before it) come from the library ``holidays``, which
knows the lunar calendar; the working days that the government swaps each year stand in ``data/holidays/vn-YYYY.yaml``
with their source. A year without such a file is not known: whether a day there is worked is never guessed.

>>> calendar = load_calendar("vn-2019")
>>> [str(day) for day in (calendar.off[0], next_working_day(calendar, datetime.date(2019, 4, 27)))]
['2018-01-01', '2019-05-02']
>>> is_working_day(calendar, datetime.date(2019, 5, 4)), is_working_day(calendar, datetime.date(2019, 5, 5))
(True, False)
>>> is_working_day(calendar, datetime.date(2017, 5, 4)) is None
True
"""

from __future__ import annotations

import datetime
import re
from functools import cache
from importlib.resources import files

import holidays

from evidence import resources
from evidence.model.criteria import Calendar

NAME = re.compile(r"vn-(\d{4})")
SATURDAY = 5
ONE = datetime.timedelta(1)
FARTHEST = 3_700  # days that a deadline is followed; beyond ten years nobody means it


@cache
def known_years() -> tuple[int, ...]:
    """The years whose swapped days are known."""
    folder = files("evidence.criteria") / "data" / "holidays"
    matches = (NAME.match(file.name) for file in folder.iterdir() if file.name.endswith(".yaml"))
    return tuple(sorted(int(match[1]) for match in matches if match))


@cache
def load_calendar(name: str) -> Calendar | None:
    """The calendar of that name, with the years next to it where they are known; None where its year is not."""
    match = NAME.fullmatch(name)
    if match is None or int(match[1]) not in known_years():
        return None
    middle = int(match[1])
    years = tuple(year for year in (middle - 1, middle, middle + 1, middle + 2) if year in known_years())
    off, working, sources = [*statutory_holidays(years)], [], []
    for year in years:
        more_off, more_working, source = _year(year)
        off += more_off
        working += more_working
        sources.append(source)
    return Calendar(name, years, tuple(sorted({*off})), tuple(sorted(working)), "; ".join(dict.fromkeys(sources)))


def statutory_holidays(years: tuple[int, ...]) -> tuple[datetime.date, ...]:
    """The holidays of the law in these years, with the days given for those on a weekend; swapped days left out."""
    if not years:
        return ()
    days = holidays.country_holidays("VN", years=years, language="vi")
    return tuple(sorted(day for day in days if "thay cho" not in str(days.get(day))))


def _year(year: int) -> tuple[list[datetime.date], list[datetime.date], str]:
    raw = resources.load_yaml("evidence.criteria", "holidays", f"vn-{year}.yaml")
    return list(raw["days_off"]), list(raw["days_worked"]), str(raw["source"])


def is_working_day(calendar: Calendar, day: datetime.date) -> bool | None:
    """Whether offices work on that day; None in a year that the calendar does not know."""
    if day.year not in calendar.years:
        return None
    if day in calendar.working:
        return True
    return day.weekday() < SATURDAY and day not in calendar.off


def next_working_day(calendar: Calendar, day: datetime.date) -> datetime.date | None:
    """The day itself if it is worked, else the next that is (Civil Code 2015, art. 148: a period that ends on a day
    off ends with the next working day). None where a day on the way is not known."""
    for _ in range(FARTHEST):
        worked = is_working_day(calendar, day)
        if worked is None:
            return None
        if worked:
            return day
        day += ONE
    return None


def add_working_days(calendar: Calendar, day: datetime.date, count: int) -> datetime.date | None:
    """That many working days after the day; the day itself does not count."""
    for _ in range(FARTHEST):
        if count == 0:
            return day
        day += ONE
        worked = is_working_day(calendar, day)
        if worked is None:
            return None
        count -= worked
    return None

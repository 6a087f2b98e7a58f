"""Which year "ngày 15 tháng 3 cùng năm" means: that of the date or of the document named before it.

What is concluded is noted, and never sure where more than one year stands before it; where a bare year ("năm 2018")
stands nearer than any date, it stays open which one is meant.
"""

from __future__ import annotations

from dataclasses import dataclass

from evidence.messages import Message
from evidence.values import date as dates
from evidence.values.date import PartialDate

WINDOW = 300  # characters before it in which a year is looked for, as for "cùng ngày"
NOTE = "citation-same-year"
AGREED, NEAREST, OPEN = 0.9, 0.8, 0.8


@dataclass(frozen=True, slots=True)
class ConcludedDate:
    """``date`` is empty where the year stays open."""

    date: PartialDate | None
    confidence: float = 1.0
    note: Message | None = None


def conclude_date(
    text: str, start: int, day_month: tuple[int, int], own_year: int | None, last_cited: tuple[int, int] | None
) -> ConcludedDate:
    """The date of a citation whose number stands at ``start``.

    ``own_year`` is the year in that number, ``last_cited`` place and year of the number cited before it.

    >>> text = "Kế hoạch số 5/KH-UBND ngày 03/01/2018; Báo cáo số 15/BC-UBND ngày 20/5 cùng năm"
    >>> str(conclude_date(text, text.index("15/BC"), (20, 5), None, None).date)
    '2018-05-20'
    """
    day, month = day_month
    if own_year is not None:
        return _concluded(dates.make_date(own_year, month, day), AGREED)
    low = max(text.rfind("\n\n", 0, start) + 1, start - WINDOW, 0)
    dated = [(low + match.start, match.date) for match in dates.search(text[low:start], years=True) if match.date]
    years = {date.year for _, date in dated}
    if last_cited is not None and last_cited[0] >= low:
        years.add(last_cited[1])
    if len(years) == 1:
        return _concluded(dates.make_date(years.pop(), month, day), AGREED)
    nearest = max(dated, key=lambda place_and_date: place_and_date[0])[1] if dated else None
    if nearest is None or nearest.month is None:
        return ConcludedDate(None, OPEN)
    return _concluded(dates.make_date(nearest.year, month, day), NEAREST)


def _concluded(date: PartialDate | None, confidence: float) -> ConcludedDate:
    """Open where that year has no such day."""
    if date is None:
        return ConcludedDate(None, OPEN)
    return ConcludedDate(date, confidence, Message(NOTE, {"year": str(date.year)}))

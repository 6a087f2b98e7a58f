"""Whether a document came before the round closed: by the day it was received, where that is known.

The closing (the round's letter: 05/12/2025 17:00) is no document's due date. What came on its day came before or after
its hour, which nobody noted: doubt. What comes in the days set for supplements is taken.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import build_reason, format_day
from evidence.match.rules.timeliness import Timing
from evidence.model.assessment import Reason
from evidence.model.criteria import CriteriaSet

LAST_MINUTE = datetime.time(23, 59)


def check_closing(candidate: Candidate, criteria: CriteriaSet) -> Reason | None:
    """The reason where it did not surely come before the closing; None where it did, or nobody knows when."""
    closing, received = criteria.closing, candidate.received
    if closing is None or received is None or received < closing.date():
        return None
    if received == closing.date() and closing.time() >= LAST_MINUTE:
        return None
    value, at = format_day(received), f"{format_day(closing.date())} {closing:%H:%M}"
    if received == closing.date():
        return build_reason("closing", None, "closing-day", candidate, value=value, closing=at)
    first, last = criteria.supplement_from, criteria.supplement_to
    if first is None or last is None or not first <= received <= last:
        return build_reason("closing", False, "closing-after", candidate, value=value, closing=at)
    start, end = format_day(first), format_day(last)
    code = "closing-supplement"
    return build_reason("closing", True, code, candidate, value=value, closing=at, start=start, end=end)


def close_timing(timing: Timing, closed: Reason | None, candidate: Candidate, criteria: CriteriaSet) -> Timing:
    """The timing of a document that came in time by its own deadline, held against the closing."""
    if closed is None or closed.ok or timing.ok is False or criteria.closing is None:
        return timing
    if closed.ok is None:
        return replace(timing, ok=None)
    received = candidate.received
    days = (received - criteria.closing.date()).days if received else None
    return replace(timing, ok=False, actual=received, days_late=days, closed=True)

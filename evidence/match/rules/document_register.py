"""What documents of the whole archive say about one another: which number bears which date, and what ended what.

Only surely read values count. A document is ended where a later one replaces or repeals it by number and date; where
the citation names no date and both come from one agency, it may be ended.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from evidence.match.rules.answer import stretch
from evidence.model.record import SURE, Citation, Record, Relation, Status
from evidence.values import agency as agencies
from evidence.values.number import Number

ENDING = (Relation.REPLACES, Relation.REPEALS)


@dataclass(frozen=True, slots=True)
class End:
    """A document was replaced or repealed; ``sure`` where number and date both say that it is this one."""

    by: Record
    citation: Citation
    on: datetime.date
    sure: bool


class Register:
    """Numbers and endings over all records."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._dates: dict[str, set[datetime.date]] = {}
        self._ends: dict[str, dict[tuple[str, int, int], tuple[Record, Citation]]] = {}
        for record in records:
            for place, one in enumerate((record, *record.parts)):
                self._note(one, place)

    def _note(self, record: Record, part: int) -> None:
        if record.status is Status.UNREADABLE:
            return
        day = record.date.value.to_date() if record.date.value is not None and record.date.sure else None
        if record.number.value is not None and record.number.sure and day is not None:
            self._dates.setdefault(record.number.value.key, set()).add(day)
        if day is None:
            return
        for place, citation in enumerate(record.citations):
            if citation.relation in ENDING and citation.number is not None and citation.confidence >= SURE:
                rows = self._ends.setdefault(citation.number.key, {})
                rows[record.source.sha256, part, place] = (record, citation)

    def dated(self, number: Number) -> datetime.date | None:
        """The date of the document of that number; None where none is there, or several with different dates."""
        days = self._dates.get(number.key, set())
        return next(iter(days)) if len(days) == 1 else None

    def end(self, record: Record, as_of: datetime.date) -> End | None:
        """By what it was ended on that day; the surest, then the earliest."""
        if record.number.value is None or not record.number.sure:
            return None
        rows = self._ends.get(record.number.value.key, {})
        found = [end for _, row in sorted(rows.items()) if (end := _end(record, *row, as_of))]
        return min(found, key=lambda end: (not end.sure, end.on, end.by.source.sha256), default=None)


def _end(record: Record, by: Record, citation: Citation, as_of: datetime.date) -> End | None:
    assert by.date.value is not None
    on, own = by.date.value.to_date(), record.date
    if on is None or on > as_of or by.source.sha256 == record.source.sha256:
        return None
    days = stretch(own.value) if own.value is not None and own.sure else None
    if days is not None and days[0] > on:
        return None
    if citation.date is not None and days is not None:
        first, last = stretch(citation.date)
        if last < days[0] or days[1] < first:
            return None  # another document with this number
        if citation.date.whole:
            return End(by, citation, on, days == (first, last))
    one, other = record.issuer.value, by.issuer.value
    return End(by, citation, on, False) if one and other and agencies.same(one, other) else None

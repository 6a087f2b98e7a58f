"""What documents of the whole archive say about one another: which number bears which date, and what ended what.

Only surely read values count. A document is ended where a later one replaces or repeals it by number and date; where
the citation names no date and both come from one agency, it may be ended.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidence.match.rules.rule_result import date_range
from evidence.model.record import SURE, Citation, Record, Relation, Status
from evidence.values import agency as agencies
from evidence.values.number import Number

ENDING_RELATIONS = (Relation.REPLACES, Relation.REPEALS)
Place = tuple[str, int, int]  # hash of the file, document in it, citation in that


@dataclass(frozen=True, slots=True)
class Ending:
    """A document was replaced or repealed; ``sure`` where number and date both say that it is this one."""

    by: Record
    citation: Citation
    on: datetime.date
    sure: bool


@dataclass(frozen=True, slots=True)
class DocumentRegister:
    """Numbers and endings over all records, by the number's key."""

    dates: Mapping[str, frozenset[datetime.date]]
    endings: Mapping[str, tuple[tuple[Record, Citation], ...]]

    def date_of(self, number: Number) -> datetime.date | None:
        """The date of the document of that number; None where none is there, or several with different dates."""
        days = self.dates.get(number.key, frozenset())
        return next(iter(days)) if len(days) == 1 else None

    def find_ending(self, record: Record, as_of: datetime.date) -> Ending | None:
        """By what it was ended on that day; the surest, then the earliest."""
        if record.number.value is None or not record.number.sure:
            return None
        citing = self.endings.get(record.number.value.key, ())
        endings = [ending for by, citation in citing if (ending := _ending(record, by, citation, as_of))]
        return min(endings, key=lambda ending: (not ending.sure, ending.on, ending.by.source.sha256), default=None)


def build_register(records: Iterable[Record]) -> DocumentRegister:
    """The register of these records; their order does not matter."""
    dates: dict[str, set[datetime.date]] = {}
    endings: dict[str, dict[Place, tuple[Record, Citation]]] = {}
    for record, part in _readable(records):
        day = _sure_day(record)
        if day is None:
            continue
        if record.number.value is not None and record.number.sure:
            dates.setdefault(record.number.value.key, set()).add(day)
        for at, citation in enumerate(record.citations):
            if citation.relation in ENDING_RELATIONS and citation.number is not None and citation.confidence >= SURE:
                place = (record.source.sha256, part, at)
                endings.setdefault(citation.number.key, {})[place] = (record, citation)
    return DocumentRegister(
        {key: frozenset(days) for key, days in dates.items()},
        {key: tuple(citing for _, citing in sorted(places.items())) for key, places in endings.items()},
    )


def _readable(records: Iterable[Record]) -> Iterator[tuple[Record, int]]:
    """The readable documents, each with its place in its file."""
    for record in records:
        for part, document in enumerate((record, *record.parts)):
            if document.status is not Status.UNREADABLE:
                yield document, part


def _sure_day(record: Record) -> datetime.date | None:
    return record.date.value.to_date() if record.date.value is not None and record.date.sure else None


def _ending(record: Record, by: Record, citation: Citation, as_of: datetime.date) -> Ending | None:
    assert by.date.value is not None
    on, own = by.date.value.to_date(), record.date
    if on is None or on > as_of or by.source.sha256 == record.source.sha256:
        return None
    days = date_range(own.value) if own.value is not None and own.sure else None
    if days is not None and days[0] > on:
        return None
    if citation.date is not None and days is not None:
        first, last = date_range(citation.date)
        if last < days[0] or days[1] < first:
            return None  # another document with this number
        if citation.date.whole:
            return Ending(by, citation, on, days == (first, last))
    issuer, other = record.issuer.value, by.issuer.value
    return Ending(by, citation, on, False) if issuer and other and agencies.is_same_agency(issuer, other) else None

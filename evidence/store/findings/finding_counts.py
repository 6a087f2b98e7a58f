"""Kept findings counted: by status, and by what is left of a filter. Every method is one transaction.

ArchiveError where the database fails.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from evidence.model.assessment import Verdict
from evidence.model.kept_finding import FindingCount, FindingFilter, LeftCount
from evidence.store.findings.finding_filters import bind_filter, build_conditions
from evidence.store.findings.tables import FindingRow, UnitFindingsRow
from evidence.store.schema import DecisionRow
from evidence.store.store import Store

MOST_SCOPES = 32  # whose counts are kept in memory: 100 kB each for 59 units
Counts = tuple[FindingCount, ...]
Stamp = tuple[object, ...]

LAST_DECISION = select(func.max(DecisionRow.id))
REVISIONS = select(UnitFindingsRow.unit, UnitFindingsRow.revision, UnitFindingsRow.set_version).where(
    UnitFindingsRow.criteria_set == bindparam("criteria_set"), UnitFindingsRow.whole == bindparam("whole")
)


class FindingCounts:
    """The kept findings of one store, as numbers. ``whole``: those held against the whole archive; else each unit's
    against what it handed in itself. ``units``: none but those, by code; None: all."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[tuple[str, bool, frozenset[str] | None], tuple[Stamp, Counts]] = {}

    def count(self, criteria_set: str, whole: bool, units: frozenset[str] | None) -> Counts:
        """How many there are of each status, by unit and field, in order of the set. Counted once for a state of the
        findings: what is found anew raises a revision, and a decision has a number of its own."""
        key = criteria_set, whole, units
        with self._store.database.reading() as session:
            stamp = _stamp(session, criteria_set, whole)
            kept = self._kept.get(key)
            if kept is None or kept[0] != stamp:
                if len(self._kept) >= MOST_SCOPES:
                    self._kept.clear()
                values = bind_filter(criteria_set, whole, FindingFilter(units))
                kept = self._kept[key] = stamp, _count(session, _by_field, values)
        return kept[1]

    def count_by_criterion(self, criteria_set: str, whole: bool, units: frozenset[str] | None, field: str) -> Counts:
        """The same of one field, by the criterion that the findings are of, which stands in the field's place."""
        values = bind_filter(criteria_set, whole, FindingFilter(units, frozenset({field})))
        with self._store.database.reading() as session:
            return _count(session, _by_criterion, values)

    def count_left(
        self, criteria_set: str, whole: bool, chosen: FindingFilter, judged: frozenset[str]
    ) -> tuple[LeftCount, ...]:
        """How many of that filter each unit has, and how many of those are judged as in ``judged``."""
        values = bind_filter(criteria_set, whole, chosen)
        query = _left_by_unit(tuple(values))
        with self._store.database.reading() as session:
            return tuple(LeftCount(*row) for row in session.execute(query, {**values, "left": sorted(judged)}))


def _stamp(session: Session, criteria_set: str, whole: bool) -> Stamp:
    """What state of the findings it is: another one after whatever changes what they are or what was done with them."""
    revisions = session.execute(REVISIONS, {"criteria_set": criteria_set, "whole": whole})
    return (session.scalar(LAST_DECISION), *(tuple(row) for row in revisions))


Query = Select[str, str, str, str, int]


def _count(session: Session, query: Callable[[tuple[str, ...]], Query], values: dict[str, object]) -> Counts:
    rows = session.execute(query(tuple(values)), values).all()
    return tuple(FindingCount(unit, code, Verdict(status), act, n) for unit, code, status, act, n in rows)


@cache
def _by_field(names: tuple[str, ...]) -> Query:
    return _group_by(FindingRow.field, names)


@cache
def _by_criterion(names: tuple[str, ...]) -> Query:
    return _group_by(FindingRow.criterion, names)


def _group_by(column: InstrumentedAttribute[str], names: tuple[str, ...]) -> Query:
    shape = FindingRow.unit, column, FindingRow.status, FindingRow.judged
    query = select(*shape, func.count()).where(*build_conditions(names)).group_by(*shape)
    return query.order_by(func.min(FindingRow.unit_order), func.min(FindingRow.place))


@cache
def _left_by_unit(names: tuple[str, ...]) -> Select[str, int, int]:
    left = func.sum(case((FindingRow.judged.in_(bindparam("left", expanding=True)), 1), else_=0))
    query = select(FindingRow.unit, func.count(), left).where(*build_conditions(names))
    return query.group_by(FindingRow.unit)

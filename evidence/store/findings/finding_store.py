"""Kept findings as they are read: counted, in order, one by one. Every method is one transaction.

ArchiveError where the database fails, or what is kept is damaged.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from evidence.model.assessment import Finding, Score, Verdict
from evidence.model.kept_finding import (
    FindingCount,
    FindingFilter,
    FindingKey,
    FindingShift,
    KeptFinding,
    KeptUnit,
    UnitTotal,
)
from evidence.store.findings.tables import FindingChangeRow, FindingRow, UnitFindingsRow
from evidence.store.packed_nouns import decode_noun
from evidence.store.schema import CriteriaVersionRow
from evidence.store.store import Store


class FindingStore:
    """The kept findings of one store. ``whole``: those held against the whole archive; else each unit's against what
    it handed in itself. ``units``: none but those, by code; None: all."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def count(self, criteria_set: str, whole: bool, units: frozenset[str] | None) -> tuple[FindingCount, ...]:
        """How many there are of each status, by unit and field, in order of the set."""
        shape = (FindingRow.unit, FindingRow.field, FindingRow.status, FindingRow.judged)
        query = select(*shape, func.count()).where(*_chosen(criteria_set, whole, FindingFilter(units)))
        query = query.group_by(*shape).order_by(FindingRow.unit_order, func.min(FindingRow.place))
        with self._store.database.reading() as session:
            rows = session.execute(query).all()
        return tuple(FindingCount(unit, field, Verdict(status), act, n) for unit, field, status, act, n in rows)

    def count_by_criterion(
        self, criteria_set: str, whole: bool, units: frozenset[str] | None, field: str
    ) -> tuple[FindingCount, ...]:
        """The same of one field, by the criterion that the findings are of, which stands in the field's place."""
        shape = (FindingRow.unit, FindingRow.criterion, FindingRow.status, FindingRow.judged)
        chosen = _chosen(criteria_set, whole, FindingFilter(units, frozenset({field})))
        query = select(*shape, func.count()).where(*chosen).group_by(*shape)
        with self._store.database.reading() as session:
            rows = session.execute(query.order_by(FindingRow.unit_order, func.min(FindingRow.place))).all()
        return tuple(FindingCount(unit, code, Verdict(status), act, n) for unit, code, status, act, n in rows)

    def list_keys(self, criteria_set: str, whole: bool, chosen: FindingFilter) -> tuple[FindingKey, ...]:
        """The findings of that filter, in order of unit and criterion."""
        query = select(FindingRow.unit, FindingRow.requirement).where(*_chosen(criteria_set, whole, chosen))
        with self._store.database.reading() as session:
            rows = session.execute(query.order_by(FindingRow.unit_order, FindingRow.place)).all()
        return tuple(FindingKey(unit, requirement) for unit, requirement in rows)

    def next_key(
        self, criteria_set: str, whole: bool, chosen: FindingFilter, at: FindingKey | None, back: bool = False
    ) -> FindingKey | None:
        """The next finding of that filter behind ``at`` (before it, with ``back``); without ``at`` the first (last)."""
        where = _chosen(criteria_set, whole, chosen)
        with self._store.database.reading() as session:
            if at is not None:
                row = session.get(FindingRow, (criteria_set, whole, at.unit, at.requirement))
                if row is None:
                    return None
                where.append(_beside(row, back))
            order = (FindingRow.unit_order, FindingRow.place)
            query = select(FindingRow.unit, FindingRow.requirement).where(*where)
            query = query.order_by(*(column.desc() if back else column for column in order)).limit(1)
            found = session.execute(query).first()
        return FindingKey(found.unit, found.requirement) if found else None

    def finding(self, criteria_set: str, whole: bool, key: FindingKey) -> KeptFinding | None:
        """That finding; None where there is none such."""
        with self._store.database.reading() as session:
            row = session.get(FindingRow, (criteria_set, whole, key.unit, key.requirement))
            return self._finding(row) if row else None

    def unit(self, criteria_set: str, whole: bool, unit: str) -> KeptUnit | None:
        """All of one unit; None where nothing is kept of it."""
        query = select(FindingRow).where(*_chosen(criteria_set, whole, FindingFilter(frozenset({unit}))))
        with self._store.database.reading() as session:
            row = session.get(UnitFindingsRow, (criteria_set, whole, unit))
            if row is None:
                return None
            findings = tuple(self._finding(each) for each in session.scalars(query.order_by(FindingRow.place)))
            return KeptUnit(_total(row), findings, decode_noun(row.scores, tuple[Score, ...], self._store.folder))

    def scores(self, criteria_set: str, whole: bool, units: frozenset[str] | None) -> tuple[Score, ...]:
        """The points of every criterion, unit by unit in order of the set."""
        with self._store.database.reading() as session:
            rows = session.scalars(_unit_rows(criteria_set, whole, units))
            return tuple(
                score for row in rows for score in decode_noun(row.scores, tuple[Score, ...], self._store.folder)
            )

    def totals(self, criteria_set: str, whole: bool, units: frozenset[str] | None) -> tuple[UnitTotal, ...]:
        """What each unit's findings come to, in order of the set."""
        with self._store.database.reading() as session:
            return tuple(_total(row) for row in session.scalars(_unit_rows(criteria_set, whole, units)))

    def changes_since(
        self, criteria_set: str, whole: bool, instant: datetime.datetime, units: frozenset[str] | None
    ) -> tuple[FindingShift, ...]:
        """The findings that have another status than at that instant, the latest change first."""
        since = instant.astimezone(datetime.UTC).isoformat(timespec="seconds")
        table = FindingChangeRow
        where = [table.criteria_set == criteria_set, table.whole == whole, table.at > since]
        if units is not None:
            where.append(table.unit.in_(units))
        with self._store.database.reading() as session:
            rows = session.scalars(select(table).where(*where).order_by(table.id)).all()
        first: dict[FindingKey, FindingChangeRow] = {}
        last: dict[FindingKey, FindingChangeRow] = {}
        for row in rows:
            key = FindingKey(row.unit, row.requirement)
            first.setdefault(key, row)
            last[key] = row
        moved = [(key, first[key], row) for key, row in last.items() if first[key].before != row.after]
        return tuple(_shift(key, begun, row) for key, begun, row in sorted(moved, key=lambda each: -each[2].id))

    # --- how far they go ----------------------------------------------------------------------------------------

    def unit_rows(self, criteria_set: str, whole: bool = True) -> dict[str, UnitFindingsRow]:
        """By unit, what its findings were made of."""
        with self._store.database.reading() as session:
            return {row.unit: row for row in session.scalars(_unit_rows(criteria_set, whole, None))}

    def set_versions(self) -> dict[str, int]:
        """By set, the last version that people made of it; a set that stands as it was imported is not among them."""
        query = select(CriteriaVersionRow.name, func.max(CriteriaVersionRow.id)).group_by(CriteriaVersionRow.name)
        with self._store.database.reading() as session:
            return {row[0]: row[1] for row in session.execute(query)}

    def _finding(self, row: FindingRow) -> KeptFinding:
        finding = decode_noun(row.data, Finding, self._store.folder)
        at = datetime.datetime.fromisoformat(row.at)
        return KeptFinding(finding, row.field, row.facts, row.judged, row.decision, at)


def _chosen(criteria_set: str, whole: bool, chosen: FindingFilter) -> list[ColumnElement[bool]]:
    where = [FindingRow.criteria_set == criteria_set, FindingRow.whole == whole]
    columns = (
        (FindingRow.unit, chosen.units), (FindingRow.field, chosen.fields), (FindingRow.criterion, chosen.criteria),
        (FindingRow.status, chosen.statuses), (FindingRow.judged, chosen.judged),
    )  # fmt: skip
    return [*where, *(column.in_(sorted(values)) for column, values in columns if values is not None)]


def _beside(row: FindingRow, back: bool) -> ColumnElement[bool]:
    order, place = FindingRow.unit_order, FindingRow.place
    if back:
        return or_(order < row.unit_order, and_(order == row.unit_order, place < row.place))
    return or_(order > row.unit_order, and_(order == row.unit_order, place > row.place))


def _unit_rows(criteria_set: str, whole: bool, units: frozenset[str] | None) -> Select[UnitFindingsRow]:
    query = select(UnitFindingsRow).where(UnitFindingsRow.criteria_set == criteria_set, UnitFindingsRow.whole == whole)
    if units is not None:
        query = query.where(UnitFindingsRow.unit.in_(sorted(units)))
    return query.order_by(UnitFindingsRow.unit_order)


def _total(row: UnitFindingsRow) -> UnitTotal:
    lowest, highest, applicable = (Decimal(text) for text in (row.lowest, row.highest, row.applicable))
    return UnitTotal(row.unit, lowest, highest, applicable, datetime.date.fromisoformat(row.as_of), row.revision)


def _shift(key: FindingKey, first: FindingChangeRow, last: FindingChangeRow) -> FindingShift:
    before, after = (Verdict(text) if text else None for text in (first.before, last.after))
    return FindingShift(key, last.field, before, after, datetime.datetime.fromisoformat(last.at))

"""Kept findings as they are read: counted, in order, one by one. Every method is one transaction.

ArchiveError where the database fails, or what is kept is damaged.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from evidence.model.assessment import Finding, Score, Verdict
from evidence.model.kept_finding import (
    FindingCount,
    FindingFilter,
    FindingKey,
    FindingLine,
    FindingShift,
    KeptFinding,
    KeptUnit,
    LeftCount,
    UnitLines,
    UnitTotal,
)
from evidence.model.scores.finding_points import FindingPoints
from evidence.store.findings.tables import FindingChangeRow, FindingRow, UnitFindingsRow
from evidence.store.packed_nouns import decode_noun
from evidence.store.schema import CriteriaVersionRow
from evidence.store.store import Store

LINE = (
    FindingRow.requirement, FindingRow.criterion, FindingRow.field, FindingRow.title, FindingRow.status,
    FindingRow.judged, FindingRow.decision, FindingRow.due, FindingRow.documents,
)  # fmt: skip
POINTS = (
    FindingRow.unit, FindingRow.requirement, FindingRow.criterion, FindingRow.status, FindingRow.points_max,
    FindingRow.points_low, FindingRow.points_high, FindingRow.facts,
)  # fmt: skip
ORIGIN = UnitFindingsRow.as_of, UnitFindingsRow.set_version, UnitFindingsRow.program, UnitFindingsRow.through
TOTAL = (
    UnitFindingsRow.unit, UnitFindingsRow.lowest, UnitFindingsRow.highest, UnitFindingsRow.applicable,
    UnitFindingsRow.as_of, UnitFindingsRow.revision,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FindingOrigin:
    """What state of the archive a unit's findings were made of (``UnitFindingsRow``)."""

    as_of: str
    set_version: int
    program: str
    through: int


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

    def count_left(
        self, criteria_set: str, whole: bool, chosen: FindingFilter, judged: frozenset[str]
    ) -> tuple[LeftCount, ...]:
        """How many of that filter each unit has, and how many of those are judged as in ``judged``."""
        left = func.sum(case((FindingRow.judged.in_(sorted(judged)), 1), else_=0))
        query = select(FindingRow.unit, func.count(), left).where(*_chosen(criteria_set, whole, chosen))
        with self._store.database.reading() as session:
            return tuple(LeftCount(*row) for row in session.execute(query.group_by(FindingRow.unit)))

    def lines(self, criteria_set: str, whole: bool, unit: str) -> tuple[FindingLine, ...]:
        """All of one unit in order, as lists show them."""
        query = select(*LINE).where(*_chosen(criteria_set, whole, FindingFilter(frozenset({unit}))))
        with self._store.database.reading() as session:
            rows = session.execute(query.order_by(FindingRow.place)).all()
        return tuple(
            FindingLine(
                unit, requirement, criterion, field, title, Verdict(status), judged, decision,
                datetime.date.fromisoformat(due) if due else None, tuple(documents.split()),
            )
            for requirement, criterion, field, title, status, judged, decision, due, documents in rows
        )  # fmt: skip

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
            kept = self._sum(session, criteria_set, whole, unit)
            if kept is None:
                return None
            rows = session.scalars(query.order_by(FindingRow.place))
            return KeptUnit(kept[0], tuple(self._finding(row) for row in rows), kept[1])

    def unit_lines(self, criteria_set: str, whole: bool, unit: str) -> UnitLines | None:
        """The same without what its findings say; None where nothing is kept of it."""
        with self._store.database.reading() as session:
            kept = self._sum(session, criteria_set, whole, unit)
        return UnitLines(kept[0], self.lines(criteria_set, whole, unit), kept[1]) if kept else None

    def scores(self, criteria_set: str, whole: bool, units: frozenset[str] | None) -> tuple[Score, ...]:
        """The points of every criterion, unit by unit in order of the set."""
        query = select(UnitFindingsRow.scores).where(*_kept_units(criteria_set, whole, units))
        with self._store.database.reading() as session:
            rows = session.scalars(query.order_by(UnitFindingsRow.unit_order))
            return tuple(score for data in rows for score in decode_noun(data, tuple[Score, ...], self._store.folder))

    def points(
        self, criteria_set: str, whole: bool, units: frozenset[str] | None, criteria: frozenset[str]
    ) -> tuple[FindingPoints, ...]:
        """The findings on those criteria as far as points go."""
        query = select(*POINTS).where(*_chosen(criteria_set, whole, FindingFilter(units, criteria=criteria)))
        with self._store.database.reading() as session:
            rows = session.execute(query).all()
        return tuple(
            FindingPoints(unit, requirement, code, Verdict(status), Decimal(most), Decimal(low), Decimal(high), facts)
            for unit, requirement, code, status, most, low, high, facts in rows
        )

    def totals(self, criteria_set: str, whole: bool, units: frozenset[str] | None) -> tuple[UnitTotal, ...]:
        """What each unit's findings come to, in order of the set."""
        query = select(*TOTAL).where(*_kept_units(criteria_set, whole, units)).order_by(UnitFindingsRow.unit_order)
        with self._store.database.reading() as session:
            return tuple(_total(*row) for row in session.execute(query))

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

    def origins(self, criteria_set: str) -> dict[str, FindingOrigin]:
        """By unit, what its findings were made of."""
        query = select(UnitFindingsRow.unit, *ORIGIN).where(*_kept_units(criteria_set, True, None))
        with self._store.database.reading() as session:
            rows = session.execute(query).all()
        return {unit: FindingOrigin(day, version, program, through) for unit, day, version, program, through in rows}

    def set_versions(self) -> dict[str, int]:
        """By set, the last version that people made of it; a set that stands as it was imported is not among them."""
        return self._store.database.recall("set versions", self._read_set_versions)

    def _read_set_versions(self) -> dict[str, int]:
        query = select(CriteriaVersionRow.name, func.max(CriteriaVersionRow.id)).group_by(CriteriaVersionRow.name)
        with self._store.database.reading() as session:
            return {row[0]: row[1] for row in session.execute(query)}

    def _sum(
        self, session: Session, criteria_set: str, whole: bool, unit: str
    ) -> tuple[UnitTotal, tuple[Score, ...]] | None:
        """What the unit's findings come to, in sum and by criterion; None where nothing is kept of it."""
        query = select(*TOTAL, UnitFindingsRow.scores)
        row = session.execute(query.where(*_kept_units(criteria_set, whole, frozenset({unit})))).first()
        if row is None:
            return None
        unit, lowest, highest, applicable, as_of, revision, scores = row
        total = _total(unit, lowest, highest, applicable, as_of, revision)
        return total, decode_noun(scores, tuple[Score, ...], self._store.folder)

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


def _kept_units(criteria_set: str, whole: bool, units: frozenset[str] | None) -> list[ColumnElement[bool]]:
    where = [UnitFindingsRow.criteria_set == criteria_set, UnitFindingsRow.whole == whole]
    return where if units is None else [*where, UnitFindingsRow.unit.in_(sorted(units))]


def _total(unit: str, lowest: str, highest: str, applicable: str, as_of: str, revision: int) -> UnitTotal:
    day = datetime.date.fromisoformat(as_of)
    return UnitTotal(unit, Decimal(lowest), Decimal(highest), Decimal(applicable), day, revision)


def _shift(key: FindingKey, first: FindingChangeRow, last: FindingChangeRow) -> FindingShift:
    before, after = (Verdict(text) if text else None for text in (first.before, last.after))
    return FindingShift(key, last.field, before, after, datetime.datetime.fromisoformat(last.at))

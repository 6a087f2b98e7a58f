"""Kept findings as they are read: in order, one by one, of one unit. Every method is one transaction.

ArchiveError where the database fails, or what is kept is damaged.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from evidence.model.assessment import Finding, Score, Verdict
from evidence.model.kept_finding import (
    FindingFilter,
    FindingKey,
    FindingLine,
    FindingShift,
    KeptFinding,
    KeptUnit,
    UnitLines,
    UnitTotal,
)
from evidence.model.scores.finding_points import FindingPoints
from evidence.store.findings.finding_filters import bind_filter, build_conditions
from evidence.store.findings.tables import FindingChangeRow, FindingRow, UnitFindingsRow
from evidence.store.packed_nouns import decode_noun
from evidence.store.schema import CriteriaVersionRow
from evidence.store.store import Store

POINTS = (
    FindingRow.unit, FindingRow.requirement, FindingRow.criterion, FindingRow.status, FindingRow.points_max,
    FindingRow.points_low, FindingRow.points_high, FindingRow.facts,
)  # fmt: skip
TOTAL = (
    UnitFindingsRow.unit, UnitFindingsRow.lowest, UnitFindingsRow.highest, UnitFindingsRow.applicable,
    UnitFindingsRow.as_of, UnitFindingsRow.revision,
)  # fmt: skip
KEPT = UnitFindingsRow.criteria_set == bindparam("criteria_set"), UnitFindingsRow.whole == bindparam("whole")
OF_UNIT = (*build_conditions(()), FindingRow.unit == bindparam("unit"))
# built once: see ``finding_filters``
LINES = (
    select(
        FindingRow.requirement, FindingRow.criterion, FindingRow.field, FindingRow.title, FindingRow.status,
        FindingRow.judged, FindingRow.decision, FindingRow.due, FindingRow.documents,
    )
    .where(*OF_UNIT)
    .order_by(FindingRow.place)
)  # fmt: skip
PLACE = select(FindingRow.unit_order, FindingRow.place).where(
    *OF_UNIT, FindingRow.requirement == bindparam("requirement")
)
SUM = select(*TOTAL, UnitFindingsRow.scores).where(*KEPT, UnitFindingsRow.unit == bindparam("unit"))
ORIGINS = select(
    UnitFindingsRow.unit, UnitFindingsRow.as_of, UnitFindingsRow.set_version, UnitFindingsRow.program,
    UnitFindingsRow.through,
).where(*KEPT)  # fmt: skip
AS_WANTED = and_(
    UnitFindingsRow.as_of == bindparam("as_of"), UnitFindingsRow.set_version == bindparam("set_version"),
    UnitFindingsRow.program == bindparam("program"),
)  # fmt: skip
STAMP = select(
    func.count(), func.sum(case((AS_WANTED, 1), else_=0)), func.sum(UnitFindingsRow.through),
    func.sum(UnitFindingsRow.revision),
).where(*KEPT)  # fmt: skip
VERSIONS = select(CriteriaVersionRow.name, func.max(CriteriaVersionRow.id)).group_by(CriteriaVersionRow.name)


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

    def lines(self, criteria_set: str, whole: bool, unit: str) -> tuple[FindingLine, ...]:
        """All of one unit in order, as lists show them."""
        values = {"criteria_set": criteria_set, "whole": whole, "unit": unit}
        with self._store.database.reading() as session:
            rows = session.execute(LINES, values).all()
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
        values = bind_filter(criteria_set, whole, chosen)
        with self._store.database.reading() as session:
            if at is not None:
                key = {"criteria_set": criteria_set, "whole": whole, "unit": at.unit, "requirement": at.requirement}
                place = session.execute(PLACE, key).first()
                if place is None:
                    return None
                values |= {"at_unit": place.unit_order, "at_place": place.place}
            found = session.execute(_beside(tuple(values), back), values).first()
        return FindingKey(found.unit, found.requirement) if found else None

    def finding(self, criteria_set: str, whole: bool, key: FindingKey) -> KeptFinding | None:
        """That finding; None where there is none such."""
        with self._store.database.reading() as session:
            row = session.get(FindingRow, (criteria_set, whole, key.unit, key.requirement))
            return self._finding(row) if row else None

    def unit(self, criteria_set: str, whole: bool, unit: str) -> KeptUnit | None:
        """All of one unit; None where nothing is kept of it."""
        query = select(FindingRow).where(*OF_UNIT).order_by(FindingRow.place)
        with self._store.database.reading() as session:
            kept = self._sum(session, criteria_set, whole, unit)
            if kept is None:
                return None
            rows = session.scalars(query, {"criteria_set": criteria_set, "whole": whole, "unit": unit})
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
        values = bind_filter(criteria_set, whole, FindingFilter(units, criteria=criteria))
        query = select(*POINTS).where(*build_conditions(tuple(values)))
        with self._store.database.reading() as session:
            rows = session.execute(query, values).all()
        return tuple(
            FindingPoints(unit, requirement, code, Verdict(status), Decimal(most), Decimal(low), Decimal(high), facts)
            for unit, requirement, code, status, most, low, high, facts in rows
        )

    def totals(self, criteria_set: str, whole: bool, units: frozenset[str] | None) -> tuple[UnitTotal, ...]:
        """What each unit's findings come to, in order of the set."""
        values = {"criteria_set": criteria_set, "whole": whole, "units": sorted(units or ())}
        with self._store.database.reading() as session:
            return tuple(_total(*row) for row in session.execute(_totals(units is not None), values))

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
        with self._store.database.reading() as session:
            rows = session.execute(ORIGINS, {"criteria_set": criteria_set, "whole": True}).all()
        return {unit: FindingOrigin(day, version, program, through) for unit, day, version, program, through in rows}

    def stamp_origins(self, criteria_set: str, day: datetime.date, version: int, program: str) -> tuple[object, ...]:
        """What becomes another one with every change of the archive and of what the findings were made of, as far as
        ``origins`` tells who is of that day, version and program: none of these numbers goes down while they hold."""
        wanted = {"as_of": day.isoformat(), "set_version": version, "program": program}
        with self._store.database.reading() as session:
            change = self._store.database.engine.read_change(session)
            sums = session.execute(STAMP, {"criteria_set": criteria_set, "whole": True, **wanted}).one()
        return (change, *sums)

    def set_versions(self) -> dict[str, int]:
        """By set, the last version that people made of it; a set that stands as it was imported is not among them."""
        return self._store.database.recall("set versions", self._read_set_versions)

    def _read_set_versions(self) -> dict[str, int]:
        with self._store.database.reading() as session:
            return {row[0]: row[1] for row in session.execute(VERSIONS)}

    def _sum(
        self, session: Session, criteria_set: str, whole: bool, unit: str
    ) -> tuple[UnitTotal, tuple[Score, ...]] | None:
        """What the unit's findings come to, in sum and by criterion; None where nothing is kept of it."""
        row = session.execute(SUM, {"criteria_set": criteria_set, "whole": whole, "unit": unit}).first()
        if row is None:
            return None
        unit, lowest, highest, applicable, as_of, revision, scores = row
        total = _total(unit, lowest, highest, applicable, as_of, revision)
        return total, decode_noun(scores, tuple[Score, ...], self._store.folder)

    def _finding(self, row: FindingRow) -> KeptFinding:
        finding = decode_noun(row.data, Finding, self._store.folder)
        at = datetime.datetime.fromisoformat(row.at)
        return KeptFinding(finding, row.field, row.facts, row.judged, row.decision, at)


@cache
def _beside(names: tuple[str, ...], back: bool) -> Select[str, str]:
    """The next finding of a filter with values of those names; behind (before) a place, where one is given."""
    order, place = FindingRow.unit_order, FindingRow.place
    query = select(FindingRow.unit, FindingRow.requirement).where(*build_conditions(names)).limit(1)
    if "at_unit" in names:
        here: BindParameter[int] = bindparam("at_unit")
        at: BindParameter[int] = bindparam("at_place")
        nearer = (order < here, place < at) if back else (order > here, place > at)
        query = query.where(or_(nearer[0], and_(order == here, nearer[1])))
    return query.order_by(order.desc(), place.desc()) if back else query.order_by(order, place)


@cache
def _totals(limited: bool) -> Select[str, str, str, str, str, int]:
    within = [UnitFindingsRow.unit.in_(bindparam("units", expanding=True))] if limited else []
    return select(*TOTAL).where(*KEPT, *within).order_by(UnitFindingsRow.unit_order)


def _kept_units(criteria_set: str, whole: bool, units: frozenset[str] | None) -> list[ColumnElement[bool]]:
    where = [UnitFindingsRow.criteria_set == criteria_set, UnitFindingsRow.whole == whole]
    return where if units is None else [*where, UnitFindingsRow.unit.in_(sorted(units))]


def _total(unit: str, lowest: str, highest: str, applicable: str, as_of: str, revision: int) -> UnitTotal:
    day = datetime.date.fromisoformat(as_of)
    return UnitTotal(unit, Decimal(lowest), Decimal(highest), Decimal(applicable), day, revision)


def _shift(key: FindingKey, first: FindingChangeRow, last: FindingChangeRow) -> FindingShift:
    before, after = (Verdict(text) if text else None for text in (first.before, last.after))
    return FindingShift(key, last.field, before, after, datetime.datetime.fromisoformat(last.at))

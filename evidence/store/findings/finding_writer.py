"""Findings put in the place of those kept before, in one transaction: what changed is noted, what is the same stays."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from evidence import codec
from evidence.model.appraisal import DecisionAct
from evidence.model.assessment import Finding, Score
from evidence.model.kept_finding import CHANGED
from evidence.store import commands
from evidence.store.findings.tables import FindingChangeRow, FindingRow, FindingSourceRow, UnitFindingsRow
from evidence.store.schema import DecisionRow, RoundRow


@dataclass(frozen=True, slots=True)
class JudgedState:
    """What state of the archive findings were made of (``UnitFindingsRow``)."""

    criteria_set: str
    set_version: int
    as_of: datetime.date
    program: str
    through: int


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding with its field (a criterion at the top of the set) and the hash of what it says."""

    finding: Finding
    field: str
    facts: str


@dataclass(frozen=True, slots=True)
class UnitView:
    """The findings of one unit in order, and the points; ``whole``: held against the whole archive."""

    whole: bool
    findings: tuple[PlacedFinding, ...]
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class FindingSources:
    """What the findings rest on beside the unit's own documents (``FindingSourceRow``)."""

    documents: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()


def put_unit(
    session: Session, state: JudgedState, unit: str, order: int, views: Iterable[UnitView], sources: FindingSources
) -> bool:
    """Keeps the unit's findings; whether any of them is another one now. Those of a later state stay as they are."""
    changed = False
    for view in views:
        row = session.get(UnitFindingsRow, (state.criteria_set, view.whole, unit))
        if row is not None and row.through > state.through:
            return False
        changed |= _put_view(session, state, unit, order, view, row)
    _put_sources(session, state.criteria_set, unit, sources)
    return changed


def remove_other_units(session: Session, criteria_set: str, units: Iterable[str]) -> None:
    """Takes away what is kept of units that the set has no more."""
    kept = tuple(units)
    for table in (UnitFindingsRow, FindingRow, FindingSourceRow):
        session.execute(delete(table).where(table.criteria_set == criteria_set, table.unit.not_in(kept)))


def find_judged(session: Session, criteria_set: str, unit: str) -> Mapping[str, DecisionRow]:
    """The last decision of the set's last round on each requirement of the unit, and on each criterion as a whole."""
    last = session.scalar(select(func.max(RoundRow.id)).where(RoundRow.criteria_set == criteria_set))
    query = select(DecisionRow).where(DecisionRow.round == last, DecisionRow.unit == unit).order_by(DecisionRow.id)
    latest: dict[str, DecisionRow] = {}
    for row in session.scalars(query):
        if row.act is not None or row.points is not None:  # a note alone judges nothing
            latest[row.requirement or row.criterion] = row
    return latest


def tell_judged(decision: DecisionRow | None, whole: bool, facts: str) -> tuple[str, int | None]:
    """What that decision did with a finding that says this, and its number."""
    if decision is None or decision.act == DecisionAct.UNDO.value:
        return "", None
    seen = (decision.facts or " ").split(" ")[0 if whole else 1]
    if seen and decision.requirement is not None and seen != facts:
        return CHANGED, decision.id
    return decision.act or DecisionAct.ACCEPT.value, decision.id


def select_decision(judged: Mapping[str, DecisionRow], criterion: str, requirement: str) -> DecisionRow | None:
    """The later of the decision on the requirement itself and that on its criterion."""
    candidates = [judged[name] for name in (requirement, criterion) if name in judged]
    return max(candidates, key=lambda row: row.id, default=None)


def _put_view(
    session: Session, state: JudgedState, unit: str, order: int, view: UnitView, row: UnitFindingsRow | None
) -> bool:
    name = (state.criteria_set, view.whole, unit)
    own = (FindingRow.criteria_set == state.criteria_set, FindingRow.whole == view.whole, FindingRow.unit == unit)
    known = {each.requirement: each for each in session.scalars(select(FindingRow).where(*own))}
    judged, now, changed = find_judged(session, state.criteria_set, unit), commands.current_time(), False
    for place, placed in enumerate(view.findings):
        finding = placed.finding
        before = known.pop(finding.requirement, None)
        decision = select_decision(judged, finding.criterion, finding.requirement)
        act, number = tell_judged(decision, view.whole, placed.facts)
        since = before.at if before is not None and before.facts == placed.facts else now
        values = _values(placed) | {"unit_order": order, "place": place, "judged": act, "decision": number, "at": since}
        if row is not None:
            _note_change(session, name, placed, before.status if before else "", now)
        if before is None:
            key = {"criteria_set": name[0], "whole": name[1], "unit": unit, "requirement": finding.requirement}
            session.add(FindingRow(**key, **values))
        changed |= before is None or _overwrite(before, values)
    for gone in known.values():
        session.add(_change(name, gone.field, gone.requirement, gone.status, "", now))
        session.delete(gone)
    return _put_total(session, state, unit, order, view, row, changed or bool(known))


def _values(placed: PlacedFinding) -> dict[str, object]:
    finding, points = placed.finding, placed.finding.points
    low = points.suggested_min if points.suggested is None else points.suggested
    high = points.suggested_max if points.suggested is None else points.suggested
    return {
        "field": placed.field,
        "criterion": finding.criterion,
        "status": finding.status.value,
        "points_max": str(points.max),
        "points_low": str(low if low is not None else 0),
        "points_high": str(high if high is not None else points.max),
        "due": finding.due.isoformat() if finding.due else None,
        "facts": placed.facts,
        "title": finding.title,
        "documents": " ".join(finding.documents),
        "data": codec.encode(finding),
    }


def _overwrite(row: FindingRow, values: Mapping[str, object]) -> bool:
    """Writes the values that differ; whether any does."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _note_change(session: Session, name: tuple[str, bool, str], placed: PlacedFinding, before: str, now: str) -> None:
    finding = placed.finding
    if finding.status.value != before:
        session.add(_change(name, placed.field, finding.requirement, before, finding.status.value, now))


def _change(
    name: tuple[str, bool, str], field: str, requirement: str, before: str, after: str, now: str
) -> FindingChangeRow:
    criteria_set, whole, unit = name
    return FindingChangeRow(
        criteria_set=criteria_set, whole=whole, unit=unit, field=field, requirement=requirement, before=before,
        after=after, at=now,
    )  # fmt: skip


def _put_total(
    session: Session, state: JudgedState, unit: str, order: int, view: UnitView, row: UnitFindingsRow | None,
    changed: bool,
) -> bool:  # fmt: skip
    total = next((score for score in view.scores if not score.criterion), None)
    scores = codec.encode(view.scores)
    changed |= row is None or row.scores != scores
    values = {
        "unit_order": order,
        "as_of": state.as_of.isoformat(),
        "set_version": state.set_version,
        "program": state.program,
        "through": state.through,
        "revision": (row.revision if row is not None else 0) + changed,
        "at": commands.current_time(),
        "lowest": str(total.lowest if total else 0),
        "highest": str(total.highest if total else 0),
        "applicable": str(total.applicable if total else 0),
        "scores": scores,
    }
    if row is None:
        session.add(UnitFindingsRow(criteria_set=state.criteria_set, whole=view.whole, unit=unit, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    return changed


def _put_sources(session: Session, criteria_set: str, unit: str, sources: FindingSources) -> None:
    own = (FindingSourceRow.criteria_set == criteria_set, FindingSourceRow.unit == unit)
    wanted = {("document", value) for value in sources.documents} | {("number", value) for value in sources.numbers}
    wanted |= {("letters", value) for value in sources.letters}
    for row in session.scalars(select(FindingSourceRow).where(*own)):
        if (row.kind, row.value) in wanted:
            wanted.remove((row.kind, row.value))
        else:
            session.delete(row)
    session.add_all(
        FindingSourceRow(criteria_set=criteria_set, unit=unit, kind=kind, value=value) for kind, value in wanted
    )

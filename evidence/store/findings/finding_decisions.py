"""Decisions kept with the findings they were made on, inside one transaction of the caller's."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from evidence import codec
from evidence.errors import UsageError
from evidence.model.appraisal import Decision, DecisionAct
from evidence.model.assessment import Finding
from evidence.model.scores.finding_points import LastDecision
from evidence.store import commands
from evidence.store.findings.finding_writer import tell_judged
from evidence.store.findings.tables import FindingRow
from evidence.store.rounds.round_closings import refuse_closed
from evidence.store.schema import DecisionRow


@dataclass(frozen=True, slots=True)
class SeenFinding:
    """What was on the page when it was decided: what the finding said (``KeptFinding.facts``), and the number of the
    decision that stood there."""

    facts: str
    decision: int | None


def put_decision(session: Session, decision: Decision, criteria_set: str | None) -> None:
    """Writes the decision with the finding it judges, and what was done with that finding among the kept ones.
    UsageError: the round is closed."""
    refuse_closed(session, decision.round)
    rows = _judged_rows(session, decision, criteria_set) if criteria_set is not None else []
    by_view = {row.whole: row for row in rows}
    judged, before = by_view.get(True) or by_view.get(False), _decided_points(session, decision)
    written = DecisionRow(
        round=decision.round,
        unit=decision.unit,
        criterion=decision.criterion,
        points=str(decision.points) if decision.points is not None else None,
        note=decision.note,
        author=decision.by,
        at=commands.current_time(),
        requirement=decision.requirement,
        act=decision.act.value if decision.act else None,
        facts=" ".join(by_view[whole].facts if whole in by_view else "" for whole in (True, False)),
        judged=judged.data if judged is not None and decision.requirement else None,
    )
    session.add(written)
    session.flush()
    if decision.act is not None or decision.points is not None:
        for row in rows:
            row.judged, row.decision = tell_judged(written, row.whole, row.facts)
    subject = f"{decision.unit} {decision.requirement or decision.criterion}"
    act = f"{decision.act} " if decision.act else ""
    detail = f"{act}{written.points} · {written.author}"
    commands.write_audit(session, "decided", subject, detail, before, written.points)


def find_conflict(
    session: Session, criteria_set: str, decision: Decision, whole: bool, seen: SeenFinding
) -> Decision | None:
    """The decision that was made on that finding meanwhile. UsageError: the finding says something else than was seen,
    or is there no more."""
    row = session.get(FindingRow, (criteria_set, whole, decision.unit, decision.requirement))
    if row is None or row.facts != seen.facts:
        raise UsageError("finding-changed", unit=decision.unit, requirement=decision.requirement)
    if row.decision == seen.decision or row.decision is None:
        return None
    return row_to_decision(session.get_one(DecisionRow, row.decision))


def row_to_decision(row: DecisionRow, with_finding: bool = True) -> Decision:
    """ValueError where the finding that was judged is damaged. ``with_finding``: whether it is unpacked at all."""
    judged = row.judged if with_finding else None
    return Decision(
        round=row.round,
        unit=row.unit,
        criterion=row.criterion,
        points=Decimal(row.points) if row.points is not None else None,
        note=row.note,
        by=row.author,
        at=datetime.datetime.fromisoformat(row.at),
        requirement=row.requirement,
        act=DecisionAct(row.act) if row.act else None,
        judged=codec.decode(judged, Finding) if judged is not None else None,
    )


def make_last(row: DecisionRow) -> LastDecision:
    """What was decided on a finding, without that finding."""
    whole, _, own = (row.facts or " ").partition(" ")
    return LastDecision(
        row.round, row.unit, row.criterion, row.requirement or "", DecisionAct(row.act or "accept"),
        Decimal(row.points) if row.points is not None else None, row.note, row.author,
        datetime.datetime.fromisoformat(row.at), (whole, own),
    )  # fmt: skip


def _judged_rows(session: Session, decision: Decision, criteria_set: str) -> list[FindingRow]:
    """The kept findings that it is about, of both views."""
    where = [FindingRow.criteria_set == criteria_set, FindingRow.unit == decision.unit]
    if decision.requirement is not None:
        where.append(FindingRow.requirement == decision.requirement)
    else:
        where.append(FindingRow.criterion == decision.criterion)
    return list(session.scalars(select(FindingRow).where(*where)))


def _decided_points(session: Session, decision: Decision) -> str | None:
    """The points that were decided before on that criterion, or that finding."""
    query = select(DecisionRow.points).where(
        DecisionRow.round == decision.round,
        DecisionRow.unit == decision.unit,
        DecisionRow.criterion == decision.criterion,
        DecisionRow.requirement == decision.requirement,
    )
    return session.scalars(query.order_by(DecisionRow.id.desc()).limit(1)).first()

"""Slips of one store: what waits to be sent to a unit, what was sent, what was answered. Every method is one
transaction; ArchiveError where the database fails, or is to be written and the archive is read-only."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from evidence.model.appraisal import DecisionAct
from evidence.model.kept_finding import FindingKey
from evidence.model.slip import FindingAnswer, Slip, SlipItem
from evidence.store import commands
from evidence.store.findings.finding_decisions import row_to_decision
from evidence.store.findings.tables import FindingRow
from evidence.store.schema import DecisionRow
from evidence.store.slips.tables import FindingAnswerRow, SlipDecisionRow, SlipRow
from evidence.store.store import Store

FOR_UNITS = (DecisionAct.RETURN.value, DecisionAct.ASK.value)


class SlipStore:
    """The slips of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def items(self, criteria_set: str, unit: str, sent: bool) -> tuple[SlipItem, ...]:
        """The decisions that stand on the unit's findings and return them or ask: sent, or still waiting."""
        read = partial(self._read_items, criteria_set, unit)
        every = self._store.database.recall(("slip items", criteria_set, unit), read)
        return tuple(item for item in every if (item.sent_at is not None) == sent)

    def _read_items(self, criteria_set: str, unit: str) -> tuple[SlipItem, ...]:
        with self._store.database.reading() as session:
            rows = _standing(session, criteria_set, unit)
            if not rows:
                return ()
            moments = _sent_at(session, [row.id for row, _ in rows])
            answers = _answers(session, criteria_set, unit)
            return tuple(
                SlipItem(
                    FindingKey(unit, requirement), row.id, row_to_decision(row), moments.get(row.id),
                    answers.get(row.id, ()),
                )
                for row, requirement in rows
            )  # fmt: skip

    def send(self, criteria_set: str, unit: str, by: str) -> Slip | None:
        """Sends all that waits for that unit; None where nothing does."""
        with self._store.database.writing() as session:
            standing = [row.id for row, _ in _standing(session, criteria_set, unit)]
            moments = _sent_at(session, standing)
            waiting = [number for number in dict.fromkeys(standing) if number not in moments]
            if not waiting:
                return None
            row = SlipRow(criteria_set=criteria_set, unit=unit, author=by, at=commands.current_time())
            session.add(row)
            session.flush()
            session.add_all([SlipDecisionRow(decision=number, slip=row.id) for number in waiting])
            commands.write_audit(session, "slip sent", unit, f"{row.id} · {len(waiting)} · {by}")
            at = datetime.datetime.fromisoformat(row.at)
            return Slip(row.id, criteria_set, unit, by, at, tuple(waiting))

    def is_sent(self, decision: int | None) -> bool:
        """Whether the decision of that number was sent to its unit."""
        with self._store.database.reading() as session:
            return decision is not None and session.get(SlipDecisionRow, decision) is not None

    def slips(self, criteria_set: str, unit: str) -> tuple[Slip, ...]:
        """What was sent to that unit, the latest first."""
        query = select(SlipRow).where(SlipRow.criteria_set == criteria_set, SlipRow.unit == unit)
        with self._store.database.reading() as session:
            rows = session.scalars(query.order_by(SlipRow.id.desc())).all()
            sent: dict[int, list[int]] = {}
            within = select(SlipDecisionRow).where(SlipDecisionRow.slip.in_([row.id for row in rows]))
            for each in session.scalars(within):
                sent.setdefault(each.slip, []).append(each.decision)
            return tuple(
                Slip(
                    row.id, criteria_set, unit, row.author, datetime.datetime.fromisoformat(row.at),
                    tuple(sent.get(row.id, ())),
                )
                for row in rows
            )  # fmt: skip

    def answer(self, criteria_set: str, answer: FindingAnswer) -> None:
        """Keeps what the unit says to a finding that it was sent."""
        with self._store.database.writing() as session:
            session.add(FindingAnswerRow(
                criteria_set=criteria_set, unit=answer.unit, requirement=answer.requirement, decision=answer.decision,
                text=answer.text, author=answer.by, at=answer.at.isoformat(timespec="seconds"),
            ))  # fmt: skip
            commands.write_audit(session, "finding answered", f"{answer.unit} {answer.requirement}", answer.by)


def _standing(session: Session, criteria_set: str, unit: str) -> Sequence[tuple[DecisionRow, str]]:
    """The decisions for the unit's eyes that stand on its findings now, each with the requirement, in order."""
    query = (
        select(DecisionRow, FindingRow.requirement)
        .join(FindingRow, FindingRow.decision == DecisionRow.id)
        .where(
            FindingRow.criteria_set == criteria_set,
            FindingRow.unit == unit,
            FindingRow.whole.is_(True),
            DecisionRow.act.in_(FOR_UNITS),
        )
        .order_by(FindingRow.place)
    )
    return [(row, requirement) for row, requirement in session.execute(query)]


def _sent_at(session: Session, numbers: Iterable[int]) -> dict[int, datetime.datetime]:
    """When each of those decisions was sent; those that were not are left out."""
    query = select(SlipDecisionRow.decision, SlipRow.at).join(SlipRow, SlipRow.id == SlipDecisionRow.slip)
    rows = session.execute(query.where(SlipDecisionRow.decision.in_(list(numbers))))
    return {number: datetime.datetime.fromisoformat(at) for number, at in rows}


def _answers(session: Session, criteria_set: str, unit: str) -> dict[int, tuple[FindingAnswer, ...]]:
    query = select(FindingAnswerRow).where(FindingAnswerRow.criteria_set == criteria_set, FindingAnswerRow.unit == unit)
    answers: dict[int, tuple[FindingAnswer, ...]] = {}
    for row in session.scalars(query.order_by(FindingAnswerRow.id)):
        at = datetime.datetime.fromisoformat(row.at)
        answer = FindingAnswer(unit, row.requirement, row.decision, row.text, row.author, at)
        answers[row.decision] = (*answers.get(row.decision, ()), answer)
    return answers

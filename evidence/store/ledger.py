"""What people wrote down: self-assessments, rounds, decisions. Rows are only ever added, with who and when.

What writes raises ArchiveError where the archive is read-only; what reads findings or claims, where they are damaged.

What no longer counts is not removed: a later self-assessment of a unit, a later decision on a criterion stands beside
the former, and the database itself refuses to change either.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import defer

from evidence.model.appraisal import Claim, ClaimSheet, Decision, Round, RoundStage
from evidence.model.assessment import Finding
from evidence.model.scores.finding_points import LastDecision
from evidence.store import commands
from evidence.store.findings import finding_decisions
from evidence.store.findings.finding_decisions import SeenFinding
from evidence.store.findings.marks import mark_set
from evidence.store.packed_nouns import pack_noun, told_as_damage, unpack_noun
from evidence.store.schema import DecisionRow, RoundRow, SheetRow
from evidence.store.store import Store

ROUNDS = select(RoundRow).options(defer(RoundRow.findings)).order_by(RoundRow.id)  # the findings are megabytes


class Ledger:
    """The ledgers of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put_sheet(
        self, unit: str, name: str, sha256: str, claims: tuple[Claim, ...], by: str, criteria_set: str | None = None
    ) -> None:
        """Keeps a self-assessment whole; from now on it is the one of that unit (and set) that counts."""
        with self._store.database.writing() as session:
            row = SheetRow(unit=unit, name=name, sha256=sha256, claims=pack_noun(claims), author=by, at=_now())
            row.criteria_set = criteria_set
            session.add(row)
            commands.write_audit(session, "claims imported", unit, f"{name} · {sha256} · {by}")

    def claims(self) -> tuple[Claim, ...]:
        """What each unit claims by its last self-assessment."""
        last = select(func.max(SheetRow.id)).group_by(SheetRow.unit)
        with self._store.database.reading() as session:
            rows = session.scalars(select(SheetRow).where(SheetRow.id.in_(last)).order_by(SheetRow.unit))
            return tuple(
                claim for row in rows for claim in unpack_noun(row.claims, tuple[Claim, ...], self._store.folder)
            )

    def sheets(self) -> tuple[ClaimSheet, ...]:
        """Every self-assessment, in the order in which they were imported."""
        with self._store.database.reading() as session:
            return tuple(self._sheet(row) for row in session.scalars(select(SheetRow).order_by(SheetRow.id)))

    def last_sheets(self, criteria_set: str, units: Collection[str]) -> tuple[ClaimSheet, ...]:
        """The last self-assessment for that set, or for none by name, of each of those units that has one."""
        fitting = or_(SheetRow.criteria_set.is_(None), SheetRow.criteria_set == criteria_set)
        last = select(func.max(SheetRow.id)).where(SheetRow.unit.in_(sorted(units)), fitting).group_by(SheetRow.unit)
        with self._store.database.reading() as session:
            return tuple(self._sheet(row) for row in session.scalars(select(SheetRow).where(SheetRow.id.in_(last))))

    def open_round(self, opened: Round, findings: tuple[Finding, ...]) -> Round:
        """Keeps the round with the findings it begins with; its number is given here."""
        with self._store.database.writing() as session:
            row = RoundRow(
                stage=opened.stage.value,
                criteria_set=opened.criteria_set,
                version=opened.version,
                as_of=opened.as_of.isoformat(),
                findings=pack_noun(findings),
                author=opened.by,
                at=_now(),
            )
            session.add(row)
            session.flush()
            mark_set(session, opened.criteria_set)  # what was decided in the round before is to be decided again
            commands.write_audit(
                session, "round opened", str(row.id), f"{row.stage} · {row.criteria_set} · {row.author}"
            )
            return _round(row)

    def rounds(self) -> tuple[Round, ...]:
        """Every round, in the order in which they were opened."""
        return self._store.database.recall("rounds", self._read_rounds)

    def _read_rounds(self) -> tuple[Round, ...]:
        with self._store.database.reading() as session:
            return tuple(_round(row) for row in session.scalars(ROUNDS))

    def findings(self, number: int) -> tuple[Finding, ...]:
        """The findings that the round began with; none where there is no such round."""
        with self._store.database.reading() as session:
            row = session.get(RoundRow, number)
            return unpack_noun(row.findings, tuple[Finding, ...], self._store.folder) if row else ()

    def decide(self, decision: Decision, criteria_set: str | None = None) -> None:
        """Keeps a decision on a criterion; ``criteria_set``: that its round is of, whose kept findings it judges."""
        with self._store.database.writing() as session:
            finding_decisions.put_decision(session, decision, criteria_set)

    def judge(self, criteria_set: str, decision: Decision, whole: bool, seen: SeenFinding) -> Decision | None:
        """Keeps a decision on one finding, unless the finding says something else than was seen, or another decision
        was made on it meanwhile: that one is returned, and nothing written. UsageError: the finding changed, or is
        gone."""
        with self._store.database.writing() as session:
            other = finding_decisions.find_conflict(session, criteria_set, decision, whole, seen)
            if other is None:
                finding_decisions.put_decision(session, decision, criteria_set)
        return other

    def decision(self, number: int) -> Decision | None:
        """The decision of that number."""
        with self._store.database.reading() as session:
            row = session.get(DecisionRow, number)
            return self._decision(row) if row else None

    def decisions_numbered(self, numbers: Collection[int]) -> dict[int, Decision]:
        """The decisions of those numbers, without the findings that they were made on."""
        query = select(DecisionRow).options(defer(DecisionRow.judged)).where(DecisionRow.id.in_(sorted(numbers)))
        with self._store.database.reading() as session:
            rows = session.scalars(query)
            return {row.id: finding_decisions.row_to_decision(row, with_finding=False) for row in rows}

    def decisions(self, rounds: Iterable[int]) -> tuple[Decision, ...]:
        """The decisions on criteria of those rounds in the order in which they were written."""
        return self._decisions(rounds, DecisionRow.requirement.is_(None))

    def finding_decisions(self, rounds: Iterable[int]) -> tuple[Decision, ...]:
        """The decisions on single findings of those rounds, in the order in which they were written."""
        return self._decisions(rounds, DecisionRow.requirement.is_not(None))

    def last_on_findings(self, criteria_set: str) -> dict[tuple[str, str], LastDecision]:
        """What was decided last on each finding in the rounds of that set, by unit and requirement."""
        rounds = select(RoundRow.id).where(RoundRow.criteria_set == criteria_set)
        where = DecisionRow.round.in_(rounds), DecisionRow.requirement.is_not(None), DecisionRow.act.is_not(None)
        query = select(DecisionRow).options(defer(DecisionRow.judged)).where(*where).order_by(DecisionRow.id)
        with self._store.database.reading() as session:
            last = map(finding_decisions.make_last, session.scalars(query))
            return {(decision.unit, decision.requirement): decision for decision in last}

    def _sheet(self, row: SheetRow) -> ClaimSheet:
        claims = unpack_noun(row.claims, tuple[Claim, ...], self._store.folder)
        return ClaimSheet(row.unit, row.criteria_set, claims)

    def _decisions(self, rounds: Iterable[int], kind: ColumnElement[bool]) -> tuple[Decision, ...]:
        query = select(DecisionRow).where(DecisionRow.round.in_(tuple(rounds)), kind).order_by(DecisionRow.id)
        with self._store.database.reading() as session:
            return tuple(self._decision(row) for row in session.scalars(query))

    def _decision(self, row: DecisionRow) -> Decision:
        with told_as_damage(self._store.folder):
            return finding_decisions.row_to_decision(row)


def _round(row: RoundRow) -> Round:
    return Round(
        id=row.id,
        stage=RoundStage(row.stage),
        criteria_set=row.criteria_set,
        version=row.version,
        as_of=datetime.date.fromisoformat(row.as_of),
        by=row.author,
        at=datetime.datetime.fromisoformat(row.at),
    )


def _now() -> str:
    return commands.current_time()

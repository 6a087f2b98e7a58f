"""What people wrote down: self-assessments, rounds, decisions. Rows are only ever added, with who and when.

What writes raises ArchiveError where the archive is read-only; what reads findings or claims, where they are damaged.

What no longer counts is not removed: a later self-assessment of a unit, a later decision on a criterion stands beside
the former, and the database itself refuses to change either.
"""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evidence import codec
from evidence.errors import ArchiveError
from evidence.model.appraisal import Claim, ClaimSheet, Decision, Round, RoundStage
from evidence.model.assessment import Finding
from evidence.store import commands
from evidence.store.schema import DecisionRow, RoundRow, SheetRow
from evidence.store.store import Store

T = TypeVar("T")


class Ledger:
    """The ledgers of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put_sheet(
        self, unit: str, name: str, sha256: str, claims: tuple[Claim, ...], by: str, criteria_set: str | None = None
    ) -> None:
        """Keeps a self-assessment whole; from now on it is the one of that unit (and set) that counts."""
        self._check_writable()
        with self._store.database.writing() as session:
            row = SheetRow(unit=unit, name=name, sha256=sha256, claims=_pack(claims), author=by, at=_now())
            row.criteria_set = criteria_set
            session.add(row)
            commands.write_audit(session, "claims imported", unit, f"{name} · {sha256} · {by}")

    def claims(self) -> tuple[Claim, ...]:
        """What each unit claims by its last self-assessment."""
        last = select(func.max(SheetRow.id)).group_by(SheetRow.unit)
        with self._store.database.reading() as session:
            rows = session.scalars(select(SheetRow).where(SheetRow.id.in_(last)).order_by(SheetRow.unit))
            return tuple(claim for row in rows for claim in self._unpack(row.claims, tuple[Claim, ...]))

    def sheets(self) -> tuple[ClaimSheet, ...]:
        """Every self-assessment, in the order in which they were imported."""
        with self._store.database.reading() as session:
            rows = session.scalars(select(SheetRow).order_by(SheetRow.id))
            return tuple(
                ClaimSheet(row.unit, row.criteria_set, self._unpack(row.claims, tuple[Claim, ...])) for row in rows
            )

    def open_round(self, opened: Round, findings: tuple[Finding, ...]) -> Round:
        """Keeps the round with the findings it begins with; its number is given here."""
        self._check_writable()
        with self._store.database.writing() as session:
            row = RoundRow(
                stage=opened.stage.value,
                criteria_set=opened.criteria_set,
                version=opened.version,
                as_of=opened.as_of.isoformat(),
                findings=_pack(findings),
                author=opened.by,
                at=_now(),
            )
            session.add(row)
            session.flush()
            commands.write_audit(
                session, "round opened", str(row.id), f"{row.stage} · {row.criteria_set} · {row.author}"
            )
            return _round(row)

    def rounds(self) -> tuple[Round, ...]:
        with self._store.database.reading() as session:
            return tuple(_round(row) for row in session.scalars(select(RoundRow).order_by(RoundRow.id)))

    def findings(self, number: int) -> tuple[Finding, ...]:
        """The findings that the round began with; none where there is no such round."""
        with self._store.database.reading() as session:
            row = session.get(RoundRow, number)
            return self._unpack(row.findings, tuple[Finding, ...]) if row else ()

    def decide(self, decision: Decision) -> None:
        self._check_writable()
        with self._store.database.writing() as session:
            before = _decided_points(session, decision)
            row = DecisionRow(
                round=decision.round,
                unit=decision.unit,
                criterion=decision.criterion,
                points=str(decision.points) if decision.points is not None else None,
                note=decision.note,
                author=decision.by,
                at=_now(),
            )
            session.add(row)
            subject, detail = f"{decision.unit} {decision.criterion}", f"{row.points} · {row.author}"
            commands.write_audit(session, "decided", subject, detail, before, row.points)

    def decisions(self, rounds: Iterable[int]) -> tuple[Decision, ...]:
        """The decisions of those rounds in the order in which they were written."""
        query = select(DecisionRow).where(DecisionRow.round.in_(tuple(rounds))).order_by(DecisionRow.id)
        with self._store.database.reading() as session:
            return tuple(_decision(row) for row in session.scalars(query))

    def _unpack(self, data: bytes, kind: type[T]) -> T:
        try:
            return codec.decode(zlib.decompress(data), kind)
        except (ValueError, zlib.error) as error:
            raise ArchiveError("archive-damaged", "archive-damaged-hint", home=self._store.folder) from error

    def _check_writable(self) -> None:
        if self._store.frozen:
            raise ArchiveError("archive-read-only", "archive-read-only-hint", home=self._store.folder)


def _pack(nouns: object) -> bytes:
    return zlib.compress(codec.encode(nouns))


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


def _decided_points(session: Session, decision: Decision) -> str | None:
    """The points that were decided before on that criterion."""
    query = select(DecisionRow.points).where(
        DecisionRow.round == decision.round,
        DecisionRow.unit == decision.unit,
        DecisionRow.criterion == decision.criterion,
    )
    return session.scalars(query.order_by(DecisionRow.id.desc()).limit(1)).first()


def _decision(row: DecisionRow) -> Decision:
    return Decision(
        round=row.round,
        unit=row.unit,
        criterion=row.criterion,
        points=Decimal(row.points) if row.points is not None else None,
        note=row.note,
        by=row.author,
        at=datetime.datetime.fromisoformat(row.at),
    )


def _now() -> str:
    return commands.current_time()

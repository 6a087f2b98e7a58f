"""Figures that papers state, proposed to people, and what people said of each. Rows are only ever added.

ArchiveError where the database fails, or the archive is read-only.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evidence import codec
from evidence.model.scores.figures import FigureAnswer, FigureAnswerKind, FigureProposal, StoredProposal
from evidence.store import commands
from evidence.store.findings.figure_store import find_counting, take_back, write_figure
from evidence.store.findings.marks import mark_unit
from evidence.store.findings.tables import FigureAnswerRow, FigureProposalRow
from evidence.store.store import Store


class ProposalStore:
    """The proposals of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, criteria_set: str, unit: str, proposals: Iterable[FigureProposal]) -> int:
        """Keeps what the papers of that unit state now; how many are new or other ones than before. What is no longer
        stated is proposed no more."""
        stated = {(each.figure.criterion, each.figure.name): _encode(each) for each in proposals}
        at, changed = commands.current_time(), 0
        with self._store.database.writing() as session:
            known = {(row.criterion, row.name): row for row in _last_rows(session, criteria_set, [unit])}
            for key in sorted(stated.keys() | known.keys()):
                data = stated.get(key)
                facts = hashlib.sha256(data).hexdigest() if data else ""
                if (known[key].facts if key in known else "") == facts:
                    continue
                row = FigureProposalRow(
                    criteria_set=criteria_set, unit=unit, criterion=key[0], name=key[1], facts=facts, data=data, at=at
                )  # fmt: skip
                session.add(row)
                changed += 1
            if changed:
                commands.write_audit(session, "figures proposed", unit, f"{criteria_set} · {changed}")
        return changed

    def list_proposals(self, criteria_set: str, units: Collection[str] | None = None) -> tuple[StoredProposal, ...]:
        """What is proposed now, by unit in the order in which it was found; ``units``: of those alone."""
        with self._store.database.reading() as session:
            rows = [row for row in _last_rows(session, criteria_set, units) if row.data is not None]
            answers = _answers(session, [row.id for row in rows])
            return tuple(_stored(row, answers.get(row.id, ())) for row in rows)

    def answer(self, criteria_set: str, stored: StoredProposal, answer: FigureAnswer, seen: int) -> bool:
        """Keeps a person's word, and with it the figure that counts from then on; False, and nothing is kept, where
        other answers than the ``seen`` first ones are there already, or something else is proposed by now."""
        figure = stored.proposal.figure
        with self._store.database.writing() as session:
            given = select(func.count()).where(FigureAnswerRow.proposal == stored.id)
            now = [row.id for row in _last_rows(session, criteria_set, [figure.unit])]
            if session.scalar(given) != seen or stored.id not in now:
                return False
            value = None if answer.value is None else str(answer.value)
            row = FigureAnswerRow(
                proposal=stored.id, answer=answer.kind.value, value=value, author=answer.author, note=answer.note,
                at=commands.current_time(),
            )  # fmt: skip
            session.add(row)
            before = stored.answer.value if stored.answer else None
            if answer.value is not None:
                counted = replace(figure, value=answer.value)
                write_figure(session, criteria_set, counted, answer.author, stored.proposal.sources)
            elif before is not None and find_counting(session, criteria_set, figure) == before:
                take_back(session, criteria_set, figure, answer.author)  # what somebody else gave stays
            subject = f"{figure.unit} {figure.criterion}"
            detail = f"{figure.name} = {value or '–'} · {answer.author}" + (f" · {answer.note}" if answer.note else "")
            commands.write_audit(session, f"figure {answer.kind.value}", subject, detail, str(figure.value), value)
            mark_unit(session, figure.unit, criteria_set)
        return True


def _last_rows(session: Session, criteria_set: str, units: Collection[str] | None) -> list[FigureProposalRow]:
    query = select(FigureProposalRow).where(FigureProposalRow.criteria_set == criteria_set)
    if units is not None:
        query = query.where(FigureProposalRow.unit.in_(units))
    last: dict[tuple[str, str, str], FigureProposalRow] = {}
    for row in session.scalars(query.order_by(FigureProposalRow.id)):
        last[(row.unit, row.criterion, row.name)] = row
    return list(last.values())


def _answers(session: Session, numbers: Collection[int]) -> Mapping[int, list[FigureAnswer]]:
    given: dict[int, list[FigureAnswer]] = {}
    query = select(FigureAnswerRow).where(FigureAnswerRow.proposal.in_(numbers)).order_by(FigureAnswerRow.id)
    for row in session.scalars(query):
        value = None if row.value is None else Decimal(row.value)
        at = datetime.datetime.fromisoformat(row.at)
        given.setdefault(row.proposal, []).append(
            FigureAnswer(FigureAnswerKind(row.answer), value, row.author, row.note, at)
        )
    return given


def _encode(proposal: FigureProposal) -> bytes:
    """Without what counts now: that is asked for when it is shown."""
    return codec.encode(replace(proposal, kept=None))


def _stored(row: FigureProposalRow, answers: Sequence[FigureAnswer]) -> StoredProposal:
    proposal = codec.decode(row.data or b"", FigureProposal)
    return StoredProposal(row.id, row.facts, proposal, datetime.datetime.fromisoformat(row.at), tuple(answers))

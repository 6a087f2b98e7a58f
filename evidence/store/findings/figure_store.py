"""Figures that count because a person said so, with what shows them. Rows are only ever added.

ArchiveError where the database fails, or the archive is read-only.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from evidence.model.assessment import Figure
from evidence.model.scores.figures import FigureSource, KeptFigure
from evidence.store import commands
from evidence.store.findings.marks import mark_unit
from evidence.store.findings.tables import FigureRow, FigureSourceRow
from evidence.store.store import Store

Sources = Mapping[Figure, Sequence[FigureSource]]


class FigureStore:
    """The figures of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(
        self, criteria_set: str, figures: Sequence[Figure], author: str, sources: Sources | None = None
    ) -> None:  # fmt: skip
        """Keeps those numbers, with the places that show them; the last of a name counts."""
        with self._store.database.writing() as session:
            for figure in figures:
                write_figure(session, criteria_set, figure, author, (sources or {}).get(figure, ()))
                subject = f"{figure.unit} {figure.criterion}"
                commands.write_audit(session, "figure", subject, f"{figure.name} = {figure.value} · {author}")
            for unit in {figure.unit for figure in figures}:
                mark_unit(session, unit, criteria_set)

    def figures(self, criteria_set: str) -> tuple[Figure, ...]:
        """The numbers that count, by unit, criterion and name."""
        return tuple(kept.figure for kept in self.kept(criteria_set))

    def kept(self, criteria_set: str) -> tuple[KeptFigure, ...]:
        """The same with who gave them, when, and what shows them."""
        query = select(FigureRow).where(FigureRow.criteria_set == criteria_set).order_by(FigureRow.id)
        with self._store.database.reading() as session:
            rows = {(row.unit, row.criterion, row.name): row for row in session.scalars(query)}
            given = [row for _, row in sorted(rows.items()) if row.value is not None]
            shown: dict[int, list[FigureSource]] = {}
            found = select(FigureSourceRow).where(FigureSourceRow.figure.in_([row.id for row in given]))
            for source in session.scalars(found.order_by(FigureSourceRow.id)):
                shown.setdefault(source.figure, []).append(_source(source))
            return tuple(_kept(row, shown.get(row.id, ())) for row in given)


def write_figure(
    session: Session, criteria_set: str, figure: Figure, author: str, sources: Iterable[FigureSource]
) -> None:
    """That number counts from now on, with the places that show it; the caller writes the audit."""
    row = _figure_row(criteria_set, figure, author, str(figure.value))
    session.add(row)
    session.flush()
    for source in sources:
        session.add(_source_row(row.id, source))


def take_back(session: Session, criteria_set: str, figure: Figure, author: str) -> None:
    """No number of that name counts from now on."""
    session.add(_figure_row(criteria_set, figure, author, None))


def find_counting(session: Session, criteria_set: str, figure: Figure) -> Decimal | None:
    """The number of that name that counts now; None where there is none."""
    same = (
        FigureRow.criteria_set == criteria_set, FigureRow.unit == figure.unit,
        FigureRow.criterion == figure.criterion, FigureRow.name == figure.name,
    )  # fmt: skip
    value = session.scalars(select(FigureRow.value).where(*same).order_by(FigureRow.id.desc()).limit(1)).first()
    return None if value is None else Decimal(value)


def _figure_row(criteria_set: str, figure: Figure, author: str, value: str | None) -> FigureRow:
    return FigureRow(
        criteria_set=criteria_set,
        unit=figure.unit,
        criterion=figure.criterion,
        name=figure.name,
        value=value,
        author=author,
        at=commands.current_time(),
    )


def _source_row(figure: int, source: FigureSource) -> FigureSourceRow:
    return FigureSourceRow(
        figure=figure,
        sha256=source.document,
        page=source.page,
        box=" ".join(f"{edge:.1f}" for edge in source.box) if source.box else None,
        raw=source.raw,
        confidence=source.confidence,
    )


def _source(row: FigureSourceRow) -> FigureSource:
    edges = [float(edge) for edge in row.box.split()] if row.box else []
    box = (edges[0], edges[1], edges[2], edges[3]) if len(edges) == 4 else None
    return FigureSource(row.sha256, row.page, box, row.raw, row.confidence)


def _kept(row: FigureRow, sources: Sequence[FigureSource]) -> KeptFigure:
    figure = Figure(row.unit, row.criterion, row.name, Decimal(row.value or "0"))
    return KeptFigure(figure, row.author, datetime.datetime.fromisoformat(row.at), tuple(sources))

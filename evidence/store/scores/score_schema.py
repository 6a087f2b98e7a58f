"""The tables of the scoring year. Rows are only ever added; the database itself refuses to change or remove any."""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from evidence.store.schema_base import SHA, Base, refuse_changes


class SurveyRow(Base):
    """A survey as it was taken in, counted; ``replaces``: the row that counts no more since then."""

    __tablename__ = "surveys"
    id: Mapped[int] = mapped_column(primary_key=True)
    criteria_set: Mapped[str] = mapped_column(index=True)
    source: Mapped[str]
    sha256: Mapped[str] = mapped_column(SHA)
    tally: Mapped[bytes] = mapped_column(LargeBinary)
    replaces: Mapped[int | None]
    author: Mapped[str]
    at: Mapped[str]


class FrozenScoreRow(Base):
    """The points of a round as they were frozen, with all that they rest on; ``sha256``: of ``data``."""

    __tablename__ = "frozen_scores"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    criteria_set: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(SHA)
    author: Mapped[str]
    at: Mapped[str]


for _ledger in ("surveys", "frozen_scores"):
    refuse_changes(_ledger)

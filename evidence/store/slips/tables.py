"""The tables of slips. Rows are added, never changed: what a unit was sent it was sent."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from evidence.store.schema_base import Base, refuse_changes


class SlipRow(Base):
    """What was sent to a unit at one moment."""

    __tablename__ = "slips"
    id: Mapped[int] = mapped_column(primary_key=True)
    criteria_set: Mapped[str]
    unit: Mapped[str] = mapped_column(index=True)
    author: Mapped[str]
    at: Mapped[str]


class SlipDecisionRow(Base):
    """A decision that was sent; each at most once."""

    __tablename__ = "slip_decisions"
    decision: Mapped[int] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    slip: Mapped[int] = mapped_column(ForeignKey("slips.id"), index=True)


class FindingAnswerRow(Base):
    """A unit's explanation of a finding that it was sent."""

    __tablename__ = "finding_answers"
    id: Mapped[int] = mapped_column(primary_key=True)
    criteria_set: Mapped[str]
    unit: Mapped[str] = mapped_column(index=True)
    requirement: Mapped[str]
    decision: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    text: Mapped[str]
    author: Mapped[str]
    at: Mapped[str]


refuse_changes("slips")
refuse_changes("slip_decisions")
refuse_changes("finding_answers")

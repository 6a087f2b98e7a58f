"""The tables of drafts and visits. Both are working state of one person, overwritten as it goes, no ledger."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from evidence.store.schema_base import Base


class DraftNoteRow(Base):
    """A note that a person (``account``) is writing on a finding and has not decided with yet."""

    __tablename__ = "draft_notes"
    account: Mapped[int] = mapped_column(primary_key=True)
    criteria_set: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    requirement: Mapped[str] = mapped_column(primary_key=True)
    note: Mapped[str]
    at: Mapped[str]


class OverviewVisitRow(Base):
    """When a person looked at the overview of a set: ``seen_at`` in the visit that lasts, ``before`` in the one before
    it, empty where there was none."""

    __tablename__ = "overview_visits"
    account: Mapped[int] = mapped_column(primary_key=True)
    criteria_set: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[str]
    before: Mapped[str]

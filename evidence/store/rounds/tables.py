"""The table of closed rounds."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from evidence.store.schema_base import Base, refuse_changes


class RoundClosingRow(Base):
    """A round that takes no more decisions. No row is ever changed."""

    __tablename__ = "round_closings"
    round: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    author: Mapped[str]
    note: Mapped[str]
    at: Mapped[str]


refuse_changes("round_closings")

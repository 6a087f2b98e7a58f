"""The tables of plans: rows are only ever added."""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from evidence.store.schema_base import SHA, Base, refuse_changes


class PlanRow(Base):
    """A plan as it was imported; the last of a name counts. ``plan``: the noun, packed."""

    __tablename__ = "plans"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    sha256: Mapped[str] = mapped_column(SHA)
    plan: Mapped[bytes] = mapped_column(LargeBinary)
    author: Mapped[str]
    at: Mapped[str]


class TaskMarkRow(Base):
    """What a person says of a task of a plan; the last on task and owner counts."""

    __tablename__ = "task_marks"
    id: Mapped[int] = mapped_column(primary_key=True)
    plan: Mapped[str] = mapped_column(index=True)
    task: Mapped[str]
    owner: Mapped[str]
    status: Mapped[str]
    note: Mapped[str]
    author: Mapped[str]
    at: Mapped[str]


for _ledger in ("plans", "task_marks"):
    refuse_changes(_ledger)

"""The table of jobs. On PostgreSQL another queue stands behind the same protocol (decision 0019)."""

from __future__ import annotations

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from evidence.store.schema_base import Base


class JobRow(Base):
    """A job. ``work``: what is to be done, as bytes; ``unit``: whose it is, "" for nobody's; ``subject`` finds it again
    (a receipt's number, a page); ``lease``: seconds since 1970 until which its worker is believed to be at it."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_state", "state", "kind", "id"),
        Index("ix_jobs_subject", "kind", "subject"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    unit: Mapped[str]
    state: Mapped[str]
    work: Mapped[bytes] = mapped_column(LargeBinary)
    attempts: Mapped[int]
    worker: Mapped[str]
    lease: Mapped[float]
    done: Mapped[int]
    total: Mapped[int]
    message: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[str]
    started_at: Mapped[str | None]
    ended_at: Mapped[str | None]

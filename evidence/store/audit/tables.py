"""The table of the audit."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from evidence.store.schema_base import SHA, Base, refuse_changes


class AuditRow(Base):
    """What was done to the archive, in order; never changed. ``hash`` covers the row and the hash of the row before
    (``chain``). Rows of before accounts existed name no actor."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str]
    actor: Mapped[str]
    role: Mapped[str]
    address: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    hash: Mapped[str] = mapped_column(SHA)


refuse_changes("audit")

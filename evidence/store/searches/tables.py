"""The tables that indexes are fed from, and the searches that people keep."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from evidence.store.schema_base import SHA, Base, refuse_changes


class IndexConsumerRow(Base):
    """An index that is fed from ``index_log``, by its name, up to where it has taken the log in, and when it was last
    heard of (UTC)."""

    __tablename__ = "index_consumers"
    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    seen: Mapped[str | None]


class IndexLogRow(Base):
    """A document whose entry in every index is to be written anew."""

    __tablename__ = "index_log"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(SHA, ForeignKey("documents.sha256"))


class SavedSearchRow(Base):
    """A search that a person keeps under a name: the last of a name counts."""

    __tablename__ = "saved_searches"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    query: Mapped[str]
    author: Mapped[str]
    at: Mapped[str]


refuse_changes("saved_searches")

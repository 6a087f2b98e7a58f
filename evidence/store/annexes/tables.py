"""The table of annexes: rows are only ever added."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from evidence.store.schema import CriteriaSetRow
from evidence.store.schema_base import Base, refuse_changes


class AnnexFileRow(Base):
    """The annex of a set: ``data`` its bytes as they came (the set has their hash), ``map`` the noun, packed."""

    __tablename__ = "annexes"
    name: Mapped[str] = mapped_column(ForeignKey(CriteriaSetRow.name), primary_key=True)
    media_type: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    map: Mapped[bytes] = mapped_column(LargeBinary)


refuse_changes("annexes")

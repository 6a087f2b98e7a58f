"""The tables of uploads. A receipt and its files are never changed; drafts of nobody's go after a day."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from evidence.store.schema_base import SHA, Base, refuse_changes


class UploadDraftRow(Base):
    """A file that came in whole and was not handed in yet; it lies in the archive's temporary folder as ``token``.
    ``criterion``: what it is to be handed in for; ``fault``: the sentence that says why it cannot be read."""

    __tablename__ = "upload_drafts"
    token: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(index=True)
    author: Mapped[str]
    name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(SHA)
    at: Mapped[float]
    criterion: Mapped[str | None]
    fault: Mapped[bytes | None]


class ReceiptRow(Base):
    """What a unit handed in at one moment. ``id`` is the receipt's number; ``due`` the moment until which it was asked
    for, ``days_late`` how many days that was ago."""

    __tablename__ = "receipts"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(index=True)
    criteria_set: Mapped[str]
    author: Mapped[str]
    at: Mapped[str]
    due: Mapped[str | None]
    days_late: Mapped[int]


class ReceiptFileRow(Base):
    """A file of a receipt: the name it was given, what it was handed in for, and its content, which is an original of
    the archive from this moment on."""

    __tablename__ = "receipt_files"
    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[int] = mapped_column(ForeignKey("receipts.id"), index=True)
    name: Mapped[str]
    criterion: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(SHA, index=True)


refuse_changes("receipts")
refuse_changes("receipt_files")

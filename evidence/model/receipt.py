"""What a unit hands in through the service: files on their way in, and the receipt that stays."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from evidence.messages import Message


@dataclass(frozen=True, slots=True)
class UploadDraft:
    """A file that came in whole and waits to be handed in; ``token`` names it. ``size`` in bytes.

    ``criterion``: what it is to be handed in for, as far as it was told; ``fault``: why it cannot be read at all, seen
    at a first look."""

    token: str
    unit: str
    by: str
    name: str
    size: int
    sha256: str
    at: datetime.datetime
    criterion: str | None = None
    fault: Message | None = None


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """A file as it was handed in. ``number`` is its own, ``name`` the one it was given, never a path on our disk."""

    number: int
    name: str
    criterion: str | None
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a unit handed in those files at that moment, of which every byte is kept. ``days_late``: whole days of the
    calendar in Vietnam after the day of ``due``; 0 in time, or where nothing was due."""

    number: int
    unit: str
    criteria_set: str
    by: str
    at: datetime.datetime
    due: datetime.datetime | None
    days_late: int
    files: tuple[ReceiptFile, ...]

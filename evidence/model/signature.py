"""Digital signatures of a file, as facts and never as a verdict."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class LaterChange(StrEnum):
    """What was added to a file after a signature was made."""

    UPDATES = "updates"  # certificates and time stamps for later proof
    FILLED = "filled"  # form fields, further signatures and their pictures
    NOTES = "notes"  # annotations
    OTHER = "other"  # pages or content, or what cannot be explained
    UNKNOWN = "unknown"  # not looked into: that took too long


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature as facts, never as a verdict. ``None``: cannot be told.

    ``intact``: the signed bytes are those that were signed. ``time`` is only claimed unless ``timestamped``.
    ``trusted`` is told against the roots that the deployer configures; without any it is ``None``, never true.
    """

    form: str  # "pades" or "cms" of a PDF, "ooxml" of a DOCX
    signer: str | None = None
    organisation: str | None = None
    issuer: str | None = None
    time: datetime.datetime | None = None
    timestamped: bool = False
    digest: str | None = None
    intact: bool | None = None
    covers_whole_file: bool | None = None
    later: LaterChange | None = None
    trusted: bool | None = None

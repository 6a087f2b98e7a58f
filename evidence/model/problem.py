"""What a person should know about a file: the problem codes of the record format, each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidence.messages import Message


class ProblemCode(StrEnum):
    """The problem codes of the record format (``docs/record-format.md``)."""

    BLANK_NUMBER = "blank-number"
    BLANK_DATE = "blank-date"
    NO_SIGNATURE = "no-signature"
    DRAFT = "draft"
    DOUBTFUL_TEXT = "doubtful-text"
    LEGACY_ENCODING = "legacy-encoding"
    MIXED_DOCUMENTS = "mixed-documents"
    ROTATED = "rotated"
    BLANK_PAGE = "blank-page"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too-large"
    UNSUPPORTED = "unsupported"
    TIME_OUT = "time-out"
    SIGNATURE_BROKEN = "signature-broken"
    IMPOSSIBLE_DATE = "impossible-date"
    CONFLICT = "conflict"
    ATTACHED_FILE = "attached-file"  # a file hangs at a page
    HIDDEN_TEXT = "hidden-text"  # text that the page does not show
    UNFINISHED = "unfinished"  # only the first page was read so far (``ingest --headers-first``)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know about the file. ``message`` says it and what to do.

    ``retriable``: reading the same file again may go better, since time or a program was lacking. ``member``: a file
    inside this one that could not be taken out, by its name there; it was handed in all the same.
    """

    code: ProblemCode
    message: Message
    page: int | None = None
    retriable: bool = False
    member: str | None = None

"""What extract finds: the parsed document, each value with its proof.

Confidences run from 0 to 1; a value of 0.9 or more counts as sure (``SURE``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from evidence.messages import Message
from evidence.model.document import Envelope, Member, Origin, Source
from evidence.model.geometry import Box
from evidence.model.problem import Problem, ProblemCode
from evidence.model.signature import Signature
from evidence.values.agency import Agency
from evidence.values.date import PartialDate
from evidence.values.kind import Kind
from evidence.values.number import Number
from evidence.values.standard import Standard

T = TypeVar("T")
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Span:
    """Where a claim comes from: characters ``start:end`` of ``page.text``, and the box around them."""

    page: int
    start: int
    end: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class FieldValue(Generic[T]):
    """A value with its proof.

    Three answers: a value; no value but a raw text (seen, not readable, or blank as printed); neither (absent).
    """

    value: T | None = None
    raw: str | None = None
    span: Span | None = None
    confidence: float = 0.0
    note: Message | None = None

    @property
    def sure(self) -> bool:
        return self.value is not None and self.confidence >= SURE


class Relation(StrEnum):
    CITES = "cites"
    BASED_ON = "based_on"
    IMPLEMENTS = "implements"
    ATTACHED_TO = "attached_to"
    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    GUIDES = "guides"


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document named in the text. ``text`` is the exact span; ``issuer`` is as printed.

    ``issuer_agency`` is what the issuer means in the citing document ("UBND tỉnh" in its own province); ``range_to``
    the other end of "từ số … đến …". ``note`` says what was not printed at that place but concluded.
    """

    text: str
    span: Span
    relation: Relation
    kind: Kind | None = None
    number: Number | None = None
    date: PartialDate | None = None
    issuer: str | None = None
    name: str | None = None  # of a law or plan cited by name: "Luật Đất đai"
    confidence: float = 1.0
    issuer_agency: Agency | None = None
    range_to: Number | None = None
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """``authority`` holds the lines above the title: ``TM. ỦY BAN NHÂN DÂN``, ``KT. CHỦ TỊCH``."""

    name: str
    title: str | None = None
    authority: str | None = None


class Status(StrEnum):
    READ = "read"
    PARTLY_READ = "partly-read"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class PageSummary:
    """What a record keeps of a page (``model.document.Page``)."""

    number: int
    width: float
    height: float
    origin: Origin
    confidence: float
    engine: str | None = None
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """The parsed document. ``grammar`` is the version of the extraction that made it.

    ``annex_of`` names the document that a file of annexes belongs to. A file of several documents has the record of
    its first one, and those of the others in ``parts``; ``first_page`` and ``last_page`` are then each one's own.
    """

    source: Source
    status: Status
    pages: tuple[PageSummary, ...] = ()
    kind: FieldValue[Kind] = field(default_factory=FieldValue)
    number: FieldValue[Number] = field(default_factory=FieldValue)
    date: FieldValue[PartialDate] = field(default_factory=FieldValue)
    place: FieldValue[str] = field(default_factory=FieldValue)
    issuer: FieldValue[Agency] = field(default_factory=FieldValue)
    parent: FieldValue[Agency] = field(default_factory=FieldValue)
    subject: FieldValue[str] = field(default_factory=FieldValue)
    signer: FieldValue[Signer] = field(default_factory=FieldValue)
    recipients: FieldValue[tuple[str, ...]] = field(default_factory=FieldValue)
    citations: tuple[Citation, ...] = ()
    annexes: tuple[FieldValue[str], ...] = ()
    problems: tuple[Problem, ...] = ()
    grammar: int = 0
    annex_of: Citation | None = None
    first_page: int | None = None
    last_page: int | None = None
    parts: tuple[Record, ...] = ()
    signatures: tuple[Signature, ...] = ()
    envelope: Envelope | None = None
    members: tuple[Member, ...] = ()
    standards: tuple[FieldValue[Standard], ...] = ()  # named in the text; they are no citations

    @property
    def unfinished(self) -> bool:
        """Whether only the header was read so far: what it lacks may stand on the pages behind."""
        return any(one.code is ProblemCode.UNFINISHED for one in self.problems)

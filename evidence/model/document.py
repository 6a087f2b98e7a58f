"""The nouns: frozen dataclasses that every room speaks in.

Boxes are ``(left, top, right, bottom)`` in PDF points from the page's top left; ``None`` where the format has no
pages to measure on (DOCX). Confidences run from 0 to 1; a value of 0.9 or more counts as sure (``SURE``).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from evidence.messages import Message
from evidence.values.agency import Agency
from evidence.values.date import PartialDate
from evidence.values.kind import Kind
from evidence.values.number import Number
from evidence.values.standard import Standard

T = TypeVar("T")
Box = tuple[float, float, float, float]
SURE = 0.9


# --- what ingest knows: the file and what stands on its pages -------------------------------------------------------


class Origin(StrEnum):
    """Where a word comes from."""

    TEXT = "text"  # the page's own text layer
    WIDGET = "widget"  # the appearance of a signature field, form field or annotation
    OCR = "ocr"
    BLANK = "blank"  # a page with nothing on it


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was handed in. Its identity is ``sha256``, never its name.

    ``path`` is as given, NFC for display; ``member_of`` is the hash of the ZIP or e-mail that held it.
    """

    path: str
    sha256: str
    media_type: str
    size: int
    member_of: str | None = None
    received: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    box: Box | None
    confidence: float = 1.0
    origin: Origin = Origin.TEXT


@dataclass(frozen=True, slots=True)
class Reading:
    """What a further engine read in a line's box; or the line's own, before spelling was chosen (``trueocr@raw``); or a
    further one's with its spelling chosen (``trueocr@spelled``)."""

    engine: str
    text: str
    confidence: float

    @property
    def is_raw(self) -> bool:
        """Whether it is the line's own engine's: no witness beside the line."""
        return self.engine.endswith("@raw")

    @property
    def is_spelled(self) -> bool:
        """Whether the words around it had a say: no witness of a name."""
        return self.engine.endswith("@spelled")


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a line inside a table of an office document: table, row and column from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    words: tuple[Word, ...]
    cell: Cell | None = None
    readings: tuple[Reading, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box | None:
        return enclose(tuple(word.box for word in self.words if word.box))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as text: ``None`` where a cell goes on from the row above, ``""`` where one to the left covers it.

    ``columns`` holds the left edges of the columns where the format has any; ``name`` that of a spreadsheet's sheet.
    """

    rows: tuple[tuple[str | None, ...], ...]
    box: Box | None = None
    columns: tuple[float, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``lines`` stand in reading order; ``text`` is derived from them and kept nowhere else.

    ``other`` holds the text that lost where there were two, the page's own layer or OCR's; the words' origins say
    which is which.
    """

    number: int
    width: float
    height: float
    origin: Origin
    lines: tuple[Line, ...] = ()
    engine: str | None = None
    tables: tuple[Table, ...] = ()
    other: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def confidence(self) -> float:
        """Mean of the words' confidences; 1.0 for a page without words."""
        words = [word.confidence for line in self.lines for word in line.words]
        return sum(words) / len(words) if words else 1.0


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
    UNFINISHED = "unfinished"  # only the first page was read so far (``ingest --headers-first``)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know about the file. ``message`` says it and what to do."""

    code: ProblemCode
    message: Message
    page: int | None = None


class Later(StrEnum):
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
    later: Later | None = None
    trusted: bool | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """What an edXML envelope (QCVN 102:2016/BTTTT) says of the document in it: a second witness beside the page."""

    number: str | None = None
    date: datetime.date | None = None
    issuer: str | None = None
    kind: str | None = None
    subject: str | None = None
    signer: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a ZIP, an e-mail, an envelope or a PDF: the name that it bears there, and its hash."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Document:
    """All that ingest knows of a file; nothing interpreted."""

    source: Source
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...] = ()
    signatures: tuple[Signature, ...] = ()
    envelope: Envelope | None = None
    members: tuple[Member, ...] = ()


# --- what extract finds ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """Where a claim comes from: characters ``start:end`` of ``page.text``, and the box around them."""

    page: int
    start: int
    end: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
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
    """What a record keeps of a page."""

    number: int
    width: float
    height: float
    origin: Origin
    confidence: float
    engine: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The parsed document. ``grammar`` is the version of the extraction that made it.

    ``annex_of`` names the document that a file of annexes belongs to. A file of several documents has the record of
    its first one, and those of the others in ``parts``; ``first_page`` and ``last_page`` are then each one's own.
    """

    source: Source
    status: Status
    pages: tuple[PageSummary, ...] = ()
    kind: Found[Kind] = field(default_factory=Found)
    number: Found[Number] = field(default_factory=Found)
    date: Found[PartialDate] = field(default_factory=Found)
    place: Found[str] = field(default_factory=Found)
    issuer: Found[Agency] = field(default_factory=Found)
    parent: Found[Agency] = field(default_factory=Found)
    subject: Found[str] = field(default_factory=Found)
    signer: Found[Signer] = field(default_factory=Found)
    recipients: Found[tuple[str, ...]] = field(default_factory=Found)
    citations: tuple[Citation, ...] = ()
    annexes: tuple[Found[str], ...] = ()
    problems: tuple[Problem, ...] = ()
    grammar: int = 0
    annex_of: Citation | None = None
    first_page: int | None = None
    last_page: int | None = None
    parts: tuple[Record, ...] = ()
    signatures: tuple[Signature, ...] = ()
    envelope: Envelope | None = None
    members: tuple[Member, ...] = ()
    standards: tuple[Found[Standard], ...] = ()  # named in the text; they are no citations

    @property
    def unfinished(self) -> bool:
        """Whether only the header was read so far: what it lacks may stand on the pages behind."""
        return any(one.code is ProblemCode.UNFINISHED for one in self.problems)


# --- what is asked for ----------------------------------------------------------------------------------------------


class Clock(StrEnum):
    """Which moment counts against the deadline."""

    ISSUED = "issued"
    SIGNED = "signed"
    RECEIVED = "received"


class Shift(StrEnum):
    """What happens to a deadline on a day off."""

    NONE = "none"
    NEXT_WORKING_DAY = "next-working-day"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off of the years that are known. Outside ``years`` nobody knows: a day there is never guessed.

    ``off``: holidays and days off besides Saturdays and Sundays; ``working``: Saturdays worked in exchange.
    """

    name: str
    years: tuple[int, ...]
    off: tuple[datetime.date, ...] = ()
    working: tuple[datetime.date, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A deadline counted from another document: that of a requirement (``1.1/kh``) or the one of that number."""

    days: int
    working: bool = False
    requirement: str | None = None
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class MustCite:
    """A document that must be cited: that of a requirement, or the one of that number; how is asked if ``relation``."""

    number: Number | None = None
    requirement: str | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One way in which evidence is accepted this year; what is left empty asks nothing."""

    levels: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    subject: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One piece of evidence that a criterion asks for. ``id`` is unique inside its criterion.

    ``due`` is the day after a shift, ``due_written`` the one before it, where they differ. ``series`` is the id that
    the slots of one series share: a document fills one slot of it. ``accept``: at least one of them must hold.
    """

    id: str
    title: str
    kind: Kind | None = None
    issuer: str = "any"  # "unit", "any", a level ("tinh", "bo", "so", "huyen", "xa") or an agency's name
    subject: tuple[str, ...] = ()
    about: int | None = None
    issued_from: datetime.date | None = None
    issued_to: datetime.date | None = None
    due: datetime.date | None = None
    clock: Clock = Clock.ISSUED
    count: int = 1
    annexes: tuple[str, ...] = ()
    proposed: bool = False
    other_kinds: tuple[Kind, ...] = ()
    other_issuers: tuple[str, ...] = ()
    number_pattern: str | None = None
    cites: tuple[MustCite, ...] = ()
    digital: bool = False
    accept: tuple[Acceptance, ...] = ()
    period: str | None = None
    series: str | None = None
    shift: Shift = Shift.NONE
    due_written: datetime.date | None = None
    trigger: Trigger | None = None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return (self.kind, *self.other_kinds) if self.kind else ()

    @property
    def issuers(self) -> tuple[str, ...]:
        return (self.issuer, *self.other_issuers)


class ScoreRule(StrEnum):
    """How requirements turn into points. ``manual`` and ``survey`` are typed in by the appraiser."""

    TIMELINESS = "timeliness"
    ALL_OR_NOTHING = "all-or-nothing"
    PER_ITEM = "per-item"
    STEPPED = "stepped"
    PROPORTIONAL = "proportional"
    DEDUCTION = "deduction"
    FORMULA = "formula"
    MANUAL = "manual"
    SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class Band:
    """Points for a value between two boundaries, each with its side: ``low_in``: the boundary itself belongs here."""

    points: Decimal
    low: Decimal | None = None
    low_in: bool = True
    high: Decimal | None = None
    high_in: bool = False


@dataclass(frozen=True, slots=True)
class Scoring:
    """What a score rule needs besides its name. ``of``: the value that bands and proportion look at.

    ``late``: of timeliness and per-item the share that a late document still brings, of deduction the points taken.
    """

    of: str | None = None
    bands: tuple[Band, ...] = ()
    full: Decimal | None = None
    none_below: Decimal | None = None
    each: Decimal | None = None
    missing: Decimal | None = None
    late: Decimal | None = None
    per_day: Decimal | None = None
    formula: str | None = None
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rounding:
    """How computed points are rounded: ``half-up``, ``half-even`` or ``down``."""

    places: int = 2
    mode: str = "half-up"


@dataclass(frozen=True, slots=True)
class Criterion:
    """``rule_text``, ``evidence_text`` and ``page``: how the annex words the scoring and the evidence, and where."""

    code: str
    title: str
    points: Decimal
    children: tuple[Criterion, ...] = ()
    score: ScoreRule = ScoreRule.MANUAL
    not_for: tuple[str, ...] = ()
    evidence: tuple[Requirement, ...] = ()
    rule_text: str = ""
    evidence_text: str = ""
    page: int | None = None
    scoring: Scoring = field(default_factory=Scoring)
    points_for: tuple[tuple[str, Decimal], ...] = ()  # profile and its own maximum

    @property
    def additive(self) -> bool:
        """Whether the points of the requirements add up to those of the criterion; else each carries the whole."""
        if self.score is ScoreRule.PER_ITEM and self.scoring.each is not None:
            return self.scoring.each * sum(one.count for one in self.evidence) == self.points
        return self.score in (ScoreRule.TIMELINESS, ScoreRule.PER_ITEM)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit under appraisal. ``issuer`` is its name as it stands at the head of its documents."""

    code: str
    name: str
    issuer: str
    profile: str | None = None
    not_applicable: tuple[str, ...] = ()  # criteria that this unit has no business in


@dataclass(frozen=True, slots=True)
class Profile:
    """A group of special units; ``scale``: the points that its units can reach, where the set names them."""

    name: str
    title: str
    scale: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """A set of criteria; it never changes once an appraisal uses it."""

    set: str
    title: str
    year: int
    level: str
    units: tuple[Unit, ...]
    criteria: tuple[Criterion, ...]
    based_on: Number | None = None
    based_on_date: datetime.date | None = None
    calendar: Calendar | None = None
    rounding: Rounding = field(default_factory=Rounding)
    profiles: tuple[Profile, ...] = ()
    supplement_from: datetime.date | None = None  # the days in which what is missing may still be handed in
    supplement_to: datetime.date | None = None


# --- what is handed in, and what is found ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Submission:
    """A file handed in by a unit: by folder, manifest or flag. ``criterion`` is ``None`` where none was named."""

    sha256: str
    path: str
    unit: str | None
    criterion: str | None = None
    received: datetime.date | None = None
    claimed_number: str | None = None
    claimed_date: str | None = None
    page: int | None = None


class Verdict(StrEnum):
    MET = "met"
    LATE = "late"
    MISSING = "missing"
    UNCLEAR = "unclear"
    WRONG = "wrong"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule held against one document (or against none), and how it came out. ``ok`` is ``None`` for doubt."""

    rule: str
    ok: bool | None
    message: Message
    document: str | None = None
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """Of a requirement. ``suggested`` is ``None`` where a person must decide: unknown is never zero."""

    max: Decimal
    suggested: Decimal | None
    at_stake: Decimal
    suggested_min: Decimal | None = None
    suggested_max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one requirement for one unit; it cannot be built without a reason."""

    unit: str
    criterion: str
    requirement: str
    title: str
    status: Verdict
    reasons: tuple[Reason, ...]
    points: Points
    documents: tuple[str, ...] = ()
    due: datetime.date | None = None
    clock: Clock = Clock.ISSUED
    actual: datetime.date | None = None
    days_late: int | None = None

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError(f"finding {self.requirement} for {self.unit} has no reason")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that no document is read for (a rate, a count), given by a person for one criterion of one unit."""

    unit: str
    criterion: str
    name: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """Points of a criterion, a group of them, or of all (``criterion`` is empty) for one unit.

    ``max`` as the set has it, ``applicable`` what this unit can reach. ``lowest``..``highest`` is what the rules give:
    what is unknown at its worst and at its best. ``lost`` is surely lost; ``recoverable`` is what documents can still
    bring, before their deadline or in the supplement window. ``lacking`` are figures that a rule waits for.
    """

    unit: str
    criterion: str
    max: Decimal
    applicable: Decimal
    lowest: Decimal
    highest: Decimal
    lost: Decimal
    recoverable: Decimal
    lacking: tuple[str, ...] = ()

    @property
    def suggested(self) -> Decimal | None:
        return self.lowest if self.lowest == self.highest else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a report rests on; printed at its end."""

    files: int
    pages: int
    pages_ocr: int
    unreadable: tuple[str, ...]
    doubtful: int
    as_of: datetime.date
    criteria_set: str
    version: str
    proposed: int = 0  # requirements of the set that wait for a person's word and were not asked for


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that a report needs: the set, its findings in order of unit and criterion, and what they rest on.

    ``records`` holds every document named in a finding, by hash, without its citations; ``paths`` the path each was
    handed in under.
    """

    criteria: CriteriaSet
    findings: tuple[Finding, ...]
    coverage: Coverage
    records: dict[str, Record]
    paths: dict[str, str]
    scores: tuple[Score, ...] = ()


def enclose(boxes: tuple[Box, ...]) -> Box | None:
    """The smallest box around all; ``None`` around nothing.

    >>> enclose(((1, 2, 3, 4), (0, 3, 2, 9)))
    (0, 2, 3, 9)
    """
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))

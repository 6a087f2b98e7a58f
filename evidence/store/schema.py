"""The tables. A document is its hash; what was handed in, read and found hangs on it.
Empty text stands for "none" in a submission's identity: to SQL two NULLs differ, and it would come in twice. The tables
are made and changed by ``store/migrations`` alone; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from evidence.store.schema_base import SHA, Base, refuse_changes


class Fact(Base):
    """What is true of the archive itself: the last link of its audit; ``archive``, its identity, where the database is
    reached by an address."""

    __tablename__ = "facts"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class DocumentRow(Base):
    """A file by its hash. ``head`` is the Document without its pages; ``kept`` whether its original is here;
    ``revision`` goes up with every change that search must see."""

    __tablename__ = "documents"
    sha256: Mapped[str] = mapped_column(SHA, primary_key=True)
    media_type: Mapped[str]
    size: Mapped[int]
    kept: Mapped[bool]
    page_count: Mapped[int]
    head: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int]
    stored_at: Mapped[str]


class PageRow(Base):
    """A page as it was read, compressed: text, boxes, confidences. Extraction starts here, without OCR."""

    __tablename__ = "pages"
    sha256: Mapped[str] = mapped_column(SHA, ForeignKey("documents.sha256"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class RecordRow(Base):
    """The record, whole (``data``), and the values that are searched by."""

    __tablename__ = "records"
    __table_args__ = (Index("ix_records_unread", "sha256", sqlite_where=text("status = 'unreadable'")),)
    sha256: Mapped[str] = mapped_column(SHA, ForeignKey("documents.sha256"), primary_key=True)
    status: Mapped[str]
    grammar: Mapped[int]
    number_key: Mapped[str | None] = mapped_column(index=True)
    kind: Mapped[str | None]
    issuer: Mapped[str | None]
    date: Mapped[str | None]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class PartNumberRow(Base):
    """The number of a further document of a file (``place`` from 1), of the record that holds."""

    __tablename__ = "part_numbers"
    sha256: Mapped[str] = mapped_column(SHA, ForeignKey("documents.sha256"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    number_key: Mapped[str] = mapped_column(index=True)
    date: Mapped[str | None]


MOST_LETTERS = 40  # of a number's symbol that are looked for
NUMBER_LETTERS = (  # behind the last stroke: 615/2019/qdubnd -> qdubnd
    f"substr(number_key, length(rtrim(number_key, replace(number_key, '/', ''))) + 1, {MOST_LETTERS})"
)


class CitationRow(Base):
    """A document named in another's text; ``place`` counts through all documents of the file."""

    __tablename__ = "citations"
    __table_args__ = (Index("ix_citations_letters", text(NUMBER_LETTERS)),)
    sha256: Mapped[str] = mapped_column(SHA, ForeignKey("documents.sha256"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    number_key: Mapped[str | None] = mapped_column(index=True)
    date: Mapped[str | None]
    relation: Mapped[str]
    page: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]


class SubmissionRow(Base):
    """A file handed in: the same file for two criteria is one document and two submissions.

    ``path`` is for display; ``path_bytes`` is the file's own place on disk, in older rows none, or as it was given.
    ``by_layout``: whether only the names of folders told unit and criterion; unknown in older rows.
    """

    __tablename__ = "submissions"
    __table_args__ = (
        UniqueConstraint("path", "sha256", "unit", "criterion"),
        Index("ix_submissions_unit", "unit", "sha256"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(SHA, ForeignKey("documents.sha256"), index=True)
    path: Mapped[str]
    unit: Mapped[str]
    criterion: Mapped[str]
    received: Mapped[str | None]
    claimed_number: Mapped[str | None]
    claimed_date: Mapped[str | None]
    page: Mapped[int | None]
    at: Mapped[str]
    path_bytes: Mapped[bytes | None] = mapped_column(LargeBinary)
    by_layout: Mapped[bool | None]


class SubmissionChangeRow(Base):
    """A submission moved to another unit or criterion, or withdrawn (``submissions``). No row is ever changed."""

    __tablename__ = "submission_changes"
    id: Mapped[int] = mapped_column(primary_key=True)
    submission: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    action: Mapped[str]
    unit: Mapped[str]
    criterion: Mapped[str]
    author: Mapped[str]
    note: Mapped[str]
    at: Mapped[str]


class RefusalRow(Base):
    """A file that could not even be taken in: no hash, so no document. Taking it in later removes this. It is known by
    ``path_bytes``: two that are shown alike are refused, and taken in later, each for itself."""

    __tablename__ = "refusals"
    __table_args__ = (UniqueConstraint("path", "unit", "criterion", "path_bytes"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str]
    unit: Mapped[str]
    criterion: Mapped[str]
    received: Mapped[str | None]
    problem: Mapped[str]
    message: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[str]
    path_bytes: Mapped[bytes | None] = mapped_column(LargeBinary)


class CorrectionRow(Base):
    """What an appraiser put in the place of the machine's value; no row is ever changed or removed. The last row of a
    field counts; one without a value withdraws those before it."""

    __tablename__ = "corrections"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(SHA, ForeignKey("documents.sha256"), index=True)
    field: Mapped[str]
    value: Mapped[str | None]
    author: Mapped[str]
    at: Mapped[str]
    page: Mapped[int | None]


class StampRow(Base):
    """What a file on disk looked like when it was hashed (``file_stamps``). A cache: may be emptied at any time."""

    __tablename__ = "stamps"
    path: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    stamp: Mapped[str]
    sha256: Mapped[str] = mapped_column(SHA, ForeignKey("documents.sha256"))


class SheetRow(Base):
    """A self-assessment as it was imported, whole; the last one of a unit counts. No row is ever changed."""

    __tablename__ = "sheets"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(SHA)
    claims: Mapped[bytes] = mapped_column(LargeBinary)
    author: Mapped[str]
    at: Mapped[str]
    criteria_set: Mapped[str | None]


class RoundRow(Base):
    """A round of an appraisal, with the findings as they were when it was opened. No row is ever changed."""

    __tablename__ = "rounds"
    id: Mapped[int] = mapped_column(primary_key=True)
    stage: Mapped[str]
    criteria_set: Mapped[str]
    version: Mapped[str]
    as_of: Mapped[str]
    findings: Mapped[bytes] = mapped_column(LargeBinary)
    author: Mapped[str]
    at: Mapped[str]


class DecisionRow(Base):
    """What an appraiser decided or noted in a round; the last on a criterion or requirement counts. No row is ever
    changed. ``judged``: the finding it was made on; ``facts``: what that said (``findings``)."""

    __tablename__ = "decisions"
    id: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    unit: Mapped[str]
    criterion: Mapped[str]
    points: Mapped[str | None]
    note: Mapped[str]
    author: Mapped[str]
    at: Mapped[str]
    requirement: Mapped[str | None]
    act: Mapped[str | None]
    facts: Mapped[str | None]
    judged: Mapped[bytes | None] = mapped_column(LargeBinary)


class CriteriaSetRow(Base):
    """A criteria set as its YAML file, under its name; ``source`` and ``sha256``: the file it came from."""

    __tablename__ = "criteria_sets"
    name: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    source: Mapped[str]
    sha256: Mapped[str] = mapped_column(SHA)
    at: Mapped[str]


class CriteriaVersionRow(Base):
    """A criteria set as people went on with it: accepted in review, or given its units. The last one of a name counts.

    ``answers``: every decision on a proposal; ``last_answer``: the last row of ``review_answers`` that went into it.
    No row is ever changed.
    """

    __tablename__ = "criteria_versions"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(ForeignKey("criteria_sets.name"), index=True)
    act: Mapped[str]
    text: Mapped[str]
    answers: Mapped[bytes] = mapped_column(LargeBinary)
    last_answer: Mapped[int]
    source: Mapped[str]
    sha256: Mapped[str] = mapped_column(SHA)
    author: Mapped[str]
    at: Mapped[str]


class ReviewAnswerRow(Base):
    """A decision on one proposal that waits until the review is finished; the last on a proposal counts."""

    __tablename__ = "review_answers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(ForeignKey("criteria_sets.name"), index=True)
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[str]


class WordingRuleRow(Base):
    """What a person made of an annex's words; offered where a later annex uses them again."""

    __tablename__ = "wording_rules"
    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(index=True)
    rule: Mapped[bytes] = mapped_column(LargeBinary)
    name: Mapped[str]
    author: Mapped[str]
    at: Mapped[str]


LEDGERS = (
    "sheets", "rounds", "decisions", "criteria_sets", "criteria_versions", "review_answers", "wording_rules",
    "submission_changes",
)  # fmt: skip
for _ledger in LEDGERS:
    refuse_changes(_ledger)


class BodyRow(Base):
    """A document of which only the header was read so far: its body waits here, in the order of the headers."""

    __tablename__ = "bodies"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(SHA, ForeignKey("documents.sha256"), unique=True)

"""The tables of kept findings. All but the ledgers of figures (given, shown, proposed, answered) are a cache: made
again from the archive at any time."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from evidence.store.schema_base import SHA, Base, refuse_changes


class StaleMarkRow(Base):
    """Something changed that findings may rest on: a document, or what stands of a unit, or of a set; "" for none.

    Ids only ever grow, so that what was marked again while findings were made is seen to be later.
    """

    __tablename__ = "stale_marks"
    __table_args__ = (UniqueConstraint("sha256", "unit", "criteria_set"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    unit: Mapped[str]
    criteria_set: Mapped[str]


class UnitFindingsRow(Base):
    """The findings of one unit by one set, as a whole: what state of the archive they were made of.

    ``through``: the last mark in ``stale_marks`` that they know of; ``set_version``: the last of the set's versions;
    ``revision`` goes up where anything of them changed. ``scores``: the points of every criterion and in sum.
    ``whole``: held against the whole archive; else against what the unit itself handed in.
    """

    __tablename__ = "unit_findings"
    criteria_set: Mapped[str] = mapped_column(primary_key=True)
    whole: Mapped[bool] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    unit_order: Mapped[int]
    as_of: Mapped[str]
    set_version: Mapped[int]
    program: Mapped[str]
    through: Mapped[int]
    revision: Mapped[int]
    at: Mapped[str]
    lowest: Mapped[str]
    highest: Mapped[str]
    applicable: Mapped[str]
    scores: Mapped[bytes] = mapped_column(LargeBinary)


class FindingRow(Base):
    """One finding (``data``), and what it is counted, filtered and listed by. ``data`` stands last: what lists need is
    read without it.

    ``field``: the criterion at the top of the set that it belongs to; ``facts``: a hash of what it says, whatever the
    words; ``judged``: what the last decision of the round did with it, ``changed`` where it says something else now;
    ``documents``: their hashes, parted by blanks.
    """

    __tablename__ = "findings"
    __table_args__ = (
        Index("ix_findings_place", "criteria_set", "whole", "unit_order", "place"),
        Index(
            "ix_findings_unit", "criteria_set", "whole", "unit", "place", "unit_order", "field", "criterion", "status",
            "judged", "requirement", "decision", "due",
        ),
    )  # fmt: skip
    criteria_set: Mapped[str] = mapped_column(primary_key=True)
    whole: Mapped[bool] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    requirement: Mapped[str] = mapped_column(primary_key=True)
    unit_order: Mapped[int]
    place: Mapped[int]
    field: Mapped[str]
    criterion: Mapped[str]
    status: Mapped[str]
    points_max: Mapped[str]
    points_low: Mapped[str]
    points_high: Mapped[str]
    due: Mapped[str | None]
    facts: Mapped[str]
    judged: Mapped[str]
    decision: Mapped[int | None]
    at: Mapped[str]
    title: Mapped[str]
    documents: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class FindingSourceRow(Base):
    """What a unit's findings rest on beside its own documents: ``document`` (of others, by hash), ``number`` (that it
    bears, so that others may end it), ``letters`` (that numbers of its own end in, so that others may cite it)."""

    __tablename__ = "finding_sources"
    __table_args__ = (Index("ix_finding_sources_value", "kind", "value"),)
    criteria_set: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)


class FindingChangeRow(Base):
    """A finding that became another one: ``before`` and ``after`` are statuses, "" where there was none or is none."""

    __tablename__ = "finding_changes"
    __table_args__ = (Index("ix_finding_changes_at", "criteria_set", "whole", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    criteria_set: Mapped[str]
    whole: Mapped[bool]
    unit: Mapped[str]
    field: Mapped[str]
    requirement: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[str]


class FigureRow(Base):
    """A number that a person gave for one criterion of one unit; the last of a name counts. No row is ever changed."""

    __tablename__ = "figures"
    __table_args__ = (Index("ix_figures_unit", "criteria_set", "unit"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    criteria_set: Mapped[str]
    unit: Mapped[str]
    criterion: Mapped[str]
    name: Mapped[str]
    value: Mapped[str | None]
    author: Mapped[str]
    at: Mapped[str]


class FigureSourceRow(Base):
    """A place that shows a figure, where it was taken from a paper. ``box``: its edges, parted by blanks."""

    __tablename__ = "figure_sources"
    id: Mapped[int] = mapped_column(primary_key=True)
    figure: Mapped[int] = mapped_column(ForeignKey("figures.id"), index=True)
    sha256: Mapped[str] = mapped_column(SHA)
    page: Mapped[int]
    box: Mapped[str | None]
    raw: Mapped[str]
    confidence: Mapped[float]


class FigureProposalRow(Base):
    """A figure as papers of a unit state it, proposed to people; the last of a name is what is proposed now. ``data``
    is None where the papers state it no more; ``facts``: a hash of what is proposed. No row is ever changed."""

    __tablename__ = "figure_proposals"
    __table_args__ = (Index("ix_figure_proposals_unit", "criteria_set", "unit"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    criteria_set: Mapped[str]
    unit: Mapped[str]
    criterion: Mapped[str]
    name: Mapped[str]
    facts: Mapped[str]
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[str]


class FigureAnswerRow(Base):
    """What a person said of a proposal; the last counts. No row is ever changed."""

    __tablename__ = "figure_answers"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal: Mapped[int] = mapped_column(ForeignKey("figure_proposals.id"), index=True)
    answer: Mapped[str]
    value: Mapped[str | None]
    author: Mapped[str]
    note: Mapped[str]
    at: Mapped[str]


for _ledger in ("figures", "figure_sources", "figure_proposals", "figure_answers"):
    refuse_changes(_ledger)

"""The first tables: documents, pages, records, citations, submissions, refusals, outbox, audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SHA = sa.String(64)


def upgrade() -> None:
    """Creates all tables."""
    _documents()
    _records()
    _submissions()
    _ledgers()


def _of_document(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["sha256"], ["documents.sha256"], name=f"fk_{table}_sha256")


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("sha256", SHA, nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_documents"),
    )
    op.create_table(
        "pages",
        sa.Column("sha256", SHA, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "number", name="pk_pages"),
        _of_document("pages"),
    )


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("sha256", SHA, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("grammar", sa.Integer(), nullable=False),
        sa.Column("number_key", sa.String()),
        sa.Column("kind", sa.String()),
        sa.Column("issuer", sa.String()),
        sa.Column("date", sa.String()),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_records"),
        _of_document("records"),
    )
    op.create_index("ix_records_number_key", "records", ["number_key"])
    op.create_table(
        "citations",
        sa.Column("sha256", SHA, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number_key", sa.String()),
        sa.Column("date", sa.String()),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "place", name="pk_citations"),
        _of_document("citations"),
    )
    op.create_index("ix_citations_number_key", "citations", ["number_key"])


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", SHA, nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("received", sa.String()),
        sa.Column("claimed_number", sa.String()),
        sa.Column("claimed_date", sa.String()),
        sa.Column("page", sa.Integer()),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.UniqueConstraint("path", "sha256", "unit", "criterion", name="uq_submissions_path"),
        _of_document("submissions"),
    )
    op.create_index("ix_submissions_sha256", "submissions", ["sha256"])
    op.create_index("ix_submissions_unit", "submissions", ["unit"])
    op.create_table(
        "refusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("received", sa.String()),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_refusals"),
        sa.UniqueConstraint("path", "unit", "criterion", name="uq_refusals_path"),
    )


def _ledgers() -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", SHA, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        _of_document("outbox"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )

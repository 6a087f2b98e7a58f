"""Uploads on their way in, receipts with their files, and jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def upgrade() -> None:
    """Creates the tables; triggers refuse to change or remove a receipt."""
    op.create_table(
        "jobs",
        number("id"), text("kind"), text("subject"), text("unit"), text("state"),
        sa.Column("work", sa.LargeBinary(), nullable=False), number("attempts"), text("worker"),
        sa.Column("lease", sa.Double(), nullable=False), number("done"), number("total"),
        sa.Column("message", sa.LargeBinary(), nullable=True), text("created_at"), text("started_at", True),
        text("ended_at", True),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index("ix_jobs_state", "jobs", ["state", "kind", "id"])
    op.create_index("ix_jobs_subject", "jobs", ["kind", "subject"])
    op.create_table(
        "upload_drafts",
        text("token"), text("unit"), text("author"), text("name"), number("size"),
        sa.Column("sha256", sa.String(64), nullable=False), sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_upload_drafts"),
    )  # fmt: skip
    op.create_index("ix_upload_drafts_unit", "upload_drafts", ["unit"])
    op.create_table(
        "receipts",
        number("id"), text("unit"), text("criteria_set"), text("author"), text("at"), text("due", True),
        number("days_late"),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index("ix_receipts_unit", "receipts", ["unit"])
    op.create_table(
        "receipt_files",
        number("id"), number("receipt"), text("name"), text("criterion"), number("size"),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipt_files"),
        sa.ForeignKeyConstraint(["receipt"], ["receipts.id"], name="fk_receipt_files_receipt"),
    )  # fmt: skip
    op.create_index("ix_receipt_files_receipt", "receipt_files", ["receipt"])
    op.create_index("ix_receipt_files_sha256", "receipt_files", ["sha256"])
    for table in ("receipts", "receipt_files"):
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER tr_{table}_{act} BEFORE {act.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )

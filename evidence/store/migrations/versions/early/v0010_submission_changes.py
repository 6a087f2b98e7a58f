"""Submissions moved or withdrawn: a ledger that only grows; and whether only folder names told unit and criterion."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the ledger with triggers that refuse to change or remove what stands in it; adds ``by_layout``."""
    op.add_column("submissions", sa.Column("by_layout", sa.Boolean()))
    op.create_table(
        "submission_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submission_changes"),
        sa.ForeignKeyConstraint(["submission"], ["submissions.id"], name="fk_submission_changes_submission"),
    )
    op.create_index("ix_submission_changes_submission", "submission_changes", ["submission"])
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER tr_submission_changes_{act} BEFORE {act.upper()} ON submission_changes "
            "BEGIN SELECT RAISE(ABORT, 'submission_changes are append-only'); END"
        )

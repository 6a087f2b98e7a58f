"""Criteria sets kept in the archive under their names; a set never changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates ``criteria_sets``, and triggers that refuse to change or remove a set."""
    op.create_table(
        "criteria_sets",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_criteria_sets"),
    )
    for act in ("update", "delete"):
        op.execute(
            sa.text(
                f"CREATE TRIGGER tr_criteria_sets_{act} BEFORE {act.upper()} ON criteria_sets "
                "BEGIN SELECT RAISE(ABORT, 'criteria_sets are append-only'); END"
            )
        )

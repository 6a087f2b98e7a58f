"""Searches that people keep under a name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the ledger, and triggers that refuse to change or remove what stands in it."""
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_searches"),
    )
    op.create_index("ix_saved_searches_name", "saved_searches", ["name"])
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER tr_saved_searches_{act} BEFORE {act.upper()} ON saved_searches "
            "BEGIN SELECT RAISE(ABORT, 'saved_searches are append-only'); END"
        )

"""Rounds that were closed: a ledger that only grows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the ledger, and triggers that refuse to change or remove what stands in it."""
    op.create_table(
        "round_closings",
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("round", name="pk_round_closings"),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name="fk_round_closings_round"),
    )
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER tr_round_closings_{act} BEFORE {act.upper()} ON round_closings "
            "BEGIN SELECT RAISE(ABORT, 'round_closings are append-only'); END"
        )

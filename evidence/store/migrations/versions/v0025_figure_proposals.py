"""Figures that papers state, kept as proposals, and what people said of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates both tables, whose rows triggers refuse to change or remove."""
    op.create_table(
        "figure_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("criteria_set", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_figure_proposals"),
    )
    op.create_index("ix_figure_proposals_unit", "figure_proposals", ["criteria_set", "unit"])
    op.create_table(
        "figure_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_figure_answers"),
        sa.ForeignKeyConstraint(["proposal"], ["figure_proposals.id"], name="fk_figure_answers_proposal"),
    )
    op.create_index("ix_figure_answers_proposal", "figure_answers", ["proposal"])
    for table in ("figure_proposals", "figure_answers"):
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER tr_{table}_{act} BEFORE {act.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )

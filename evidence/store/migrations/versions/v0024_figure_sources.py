"""What shows a figure that a person confirmed: the document, page, box and words that it was taken from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table, whose rows triggers refuse to change or remove; figures of before have no places."""
    op.create_table(
        "figure_sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("figure", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("box", sa.String(), nullable=True),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_figure_sources"),
        sa.ForeignKeyConstraint(["figure"], ["figures.id"], name="fk_figure_sources_figure"),
    )
    op.create_index("ix_figure_sources_figure", "figure_sources", ["figure"])
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER tr_figure_sources_{act} BEFORE {act.upper()} ON figure_sources "
            "BEGIN SELECT RAISE(ABORT, 'figure_sources are append-only'); END"
        )

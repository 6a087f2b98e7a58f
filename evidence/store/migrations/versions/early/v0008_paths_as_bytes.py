"""The path of a file handed in as bytes, beside its text: what opens it again where two names are shown alike."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds ``path_bytes`` to ``submissions`` and ``refusals``, NULL in the rows that stand."""
    op.add_column("submissions", sa.Column("path_bytes", sa.LargeBinary()))
    op.create_table(
        "refusals_by_bytes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("received", sa.String()),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("path_bytes", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name="pk_refusals"),
        sa.UniqueConstraint("path", "unit", "criterion", "path_bytes", name="uq_refusals_path"),
    )
    columns = "id, path, unit, criterion, received, problem, message, at"
    op.execute(f"INSERT INTO refusals_by_bytes ({columns}) SELECT {columns} FROM refusals")
    op.drop_table("refusals")
    op.rename_table("refusals_by_bytes", "refusals")

"""Documents of which only the header was read so far: what is left to do, written in the same transaction."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates ``bodies``."""
    op.create_table(
        "bodies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bodies"),
        sa.ForeignKeyConstraint(["sha256"], ["documents.sha256"], name="fk_bodies_sha256"),
        sa.UniqueConstraint("sha256", name="uq_bodies_sha256"),
    )

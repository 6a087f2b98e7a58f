"""What appraisers corrected, and the stamps of files that were hashed before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SHA = sa.String(64)


def upgrade() -> None:
    """Creates ``corrections`` and ``stamps``; nothing that stands is changed."""
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", SHA, nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.String()),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sa.ForeignKeyConstraint(["sha256"], ["documents.sha256"], name="fk_corrections_sha256"),
    )
    op.create_index("ix_corrections_sha256", "corrections", ["sha256"])
    op.create_table(
        "stamps",
        sa.Column("path", sa.LargeBinary(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("sha256", SHA, nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_stamps"),
        sa.ForeignKeyConstraint(["sha256"], ["documents.sha256"], name="fk_stamps_sha256"),
    )

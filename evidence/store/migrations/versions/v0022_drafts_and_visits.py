"""Notes that are being written on findings, and when somebody last looked at the overview."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def upgrade() -> None:
    """Creates both tables."""
    op.create_table(
        "draft_notes",
        sa.Column("account", sa.Integer(), nullable=False),
        text("criteria_set"), text("unit"), text("requirement"), text("note"), text("at"),
        sa.PrimaryKeyConstraint("account", "criteria_set", "unit", "requirement", name="pk_draft_notes"),
    )  # fmt: skip
    op.create_table(
        "overview_visits",
        sa.Column("account", sa.Integer(), nullable=False),
        text("criteria_set"), text("seen_at"), text("before"),
        sa.PrimaryKeyConstraint("account", "criteria_set", name="pk_overview_visits"),
    )  # fmt: skip

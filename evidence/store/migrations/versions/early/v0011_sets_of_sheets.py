"""Which criteria set a self-assessment was imported with: its points are none of another set."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds ``criteria_set`` to ``sheets``, NULL in the rows that stand."""
    op.add_column("sheets", sa.Column("criteria_set", sa.String()))

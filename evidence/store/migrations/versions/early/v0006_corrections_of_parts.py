"""A correction of one document among several in a file: the page on which it stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds ``page`` to ``corrections``; those written before are of the file's first document."""
    op.add_column("corrections", sa.Column("page", sa.Integer()))

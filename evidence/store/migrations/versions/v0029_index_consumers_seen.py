"""When an index was last heard of: one that is gone holds back nobody's rows of the log for ever."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from evidence.store.schema_base import TEXT

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; indexes of before are taken to be heard of now."""
    op.add_column("index_consumers", sa.Column("seen", TEXT, nullable=True))
    consumers = sa.table("index_consumers", sa.column("seen", sa.String()))
    op.execute(consumers.update().values(seen=datetime.now(UTC).isoformat(timespec="seconds")))

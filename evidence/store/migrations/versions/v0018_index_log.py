"""What the index has not taken in becomes a log that several indexes read, each by a cursor of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates log and cursors; the log goes on where the outbox stood. Whichever engine made the index of before has
    taken in all but what waits there: both engines' cursors stand at its beginning, and the one without an index is
    forgotten with the first feed."""
    op.create_table(
        "index_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_index_log"),
        sa.ForeignKeyConstraint(["sha256"], ["documents.sha256"], name="fk_index_log_sha256"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "index_consumers",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_index_consumers"),
    )
    op.execute("INSERT INTO index_log (id, sha256) SELECT id, sha256 FROM outbox ORDER BY id")
    for engine in ("whoosh", "tantivy"):
        op.execute(f"INSERT INTO index_consumers (name, position) VALUES ('{engine}@local', 0)")
    op.drop_table("outbox")

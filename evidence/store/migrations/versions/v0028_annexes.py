"""The file that a criteria set was read from, with the places of its proposals: shown beside them in the review."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from evidence.store.engines.append_only import REFUSALS

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table, whose rows triggers refuse to change or remove; sets of before have no file."""
    op.create_table(
        "annexes",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("map", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_annexes"),
        sa.ForeignKeyConstraint(["name"], ["criteria_sets.name"], name="fk_annexes_name"),
    )
    for statement in REFUSALS[op.get_context().dialect.name]("annexes"):
        op.execute(statement)

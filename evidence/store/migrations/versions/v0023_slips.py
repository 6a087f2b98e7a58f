"""What an upload is to be handed in for and why it cannot be read; what appraisers send a unit, and its answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    """Adds the columns, of which nothing is known for uploads that wait; creates the tables, whose rows triggers
    refuse to change or remove."""
    op.add_column("upload_drafts", sa.Column("criterion", sa.String(), nullable=True))
    op.add_column("upload_drafts", sa.Column("fault", sa.LargeBinary(), nullable=True))
    op.create_table(
        "slips",
        number("id"), text("criteria_set"), text("unit"), text("author"), text("at"),
        sa.PrimaryKeyConstraint("id", name="pk_slips"),
    )  # fmt: skip
    op.create_index("ix_slips_unit", "slips", ["unit"])
    op.create_table(
        "slip_decisions",
        number("decision"), number("slip"),
        sa.PrimaryKeyConstraint("decision", name="pk_slip_decisions"),
        sa.ForeignKeyConstraint(["decision"], ["decisions.id"], name="fk_slip_decisions_decision"),
        sa.ForeignKeyConstraint(["slip"], ["slips.id"], name="fk_slip_decisions_slip"),
    )  # fmt: skip
    op.create_index("ix_slip_decisions_slip", "slip_decisions", ["slip"])
    op.create_table(
        "finding_answers",
        number("id"), text("criteria_set"), text("unit"), text("requirement"), number("decision"), text("text"),
        text("author"), text("at"),
        sa.PrimaryKeyConstraint("id", name="pk_finding_answers"),
        sa.ForeignKeyConstraint(["decision"], ["decisions.id"], name="fk_finding_answers_decision"),
    )  # fmt: skip
    op.create_index("ix_finding_answers_unit", "finding_answers", ["unit"])
    for table in ("slips", "slip_decisions", "finding_answers"):
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER tr_{table}_{act} BEFORE {act.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )

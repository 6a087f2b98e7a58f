"""Findings as they are kept, what they rest on and what waits to be found anew; figures; decisions on one finding."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def upgrade() -> None:
    """Creates the caches, the ledger of figures with its triggers, and widens the ledger of decisions."""
    op.create_table(
        "stale_marks",
        number("id"), text("sha256"), text("unit"), text("criteria_set"),
        sa.PrimaryKeyConstraint("id", name="pk_stale_marks"),
        sa.UniqueConstraint("sha256", "unit", "criteria_set", name="uq_stale_marks_sha256"),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_table(
        "unit_findings",
        text("criteria_set"), sa.Column("whole", sa.Boolean(), nullable=False), text("unit"), number("unit_order"),
        text("as_of"), number("set_version"), text("program"), number("through"), number("revision"), text("at"),
        text("lowest"), text("highest"), text("applicable"), sa.Column("scores", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("criteria_set", "whole", "unit", name="pk_unit_findings"),
    )  # fmt: skip
    op.create_table(
        "findings",
        text("criteria_set"), sa.Column("whole", sa.Boolean(), nullable=False), text("unit"), text("requirement"),
        number("unit_order"), number("place"), text("field"), text("criterion"), text("status"), text("points_max"),
        text("points_low"), text("points_high"), text("due", True), text("facts"), text("judged"),
        number("decision", True), text("at"), sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("criteria_set", "whole", "unit", "requirement", name="pk_findings"),
    )  # fmt: skip
    op.create_index("ix_findings_place", "findings", ["criteria_set", "whole", "unit_order", "place"])
    op.create_table(
        "finding_sources",
        text("criteria_set"), text("unit"), text("kind"), text("value"),
        sa.PrimaryKeyConstraint("criteria_set", "unit", "kind", "value", name="pk_finding_sources"),
    )  # fmt: skip
    op.create_index("ix_finding_sources_value", "finding_sources", ["kind", "value"])
    op.create_table(
        "finding_changes",
        number("id"), text("criteria_set"), sa.Column("whole", sa.Boolean(), nullable=False), text("unit"),
        text("field"), text("requirement"), text("before"), text("after"), text("at"),
        sa.PrimaryKeyConstraint("id", name="pk_finding_changes"),
    )  # fmt: skip
    op.create_index("ix_finding_changes_at", "finding_changes", ["criteria_set", "whole", "at"])
    op.create_table(
        "figures",
        number("id"), text("criteria_set"), text("unit"), text("criterion"), text("name"), text("value", True),
        text("author"), text("at"),
        sa.PrimaryKeyConstraint("id", name="pk_figures"),
    )  # fmt: skip
    op.create_index("ix_figures_unit", "figures", ["criteria_set", "unit"])
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER tr_figures_{act} BEFORE {act.upper()} ON figures "
            "BEGIN SELECT RAISE(ABORT, 'figures are append-only'); END"
        )
    for name in ("requirement", "act", "facts"):
        op.add_column("decisions", text(name, True))
    op.add_column("decisions", sa.Column("judged", sa.LargeBinary(), nullable=True))
